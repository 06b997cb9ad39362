import KoalrDomain

/// What GraphQL answers with status 200: data, errors, or both.
struct GraphQLEnvelope<Answer: Decodable>: Decodable {
  var data: Answer?
  var errors: [GraphQLErrorWire]
  /// The points it cost; `nil` on a server without limits.
  var cost: Int?

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: EnvelopeKey.self)
    data = try container.decodeIfPresent(Answer.self, forKey: .data)
    errors = try container.decodeIfPresent([GraphQLErrorWire].self, forKey: .errors) ?? []
    cost = (try? container.decodeIfPresent(PricedWire.self, forKey: .data))?.rateLimit?.cost
  }
}

private enum EnvelopeKey: String, CodingKey { case data, errors }

/// The part of every answer that says what it cost.
private struct PricedWire: Decodable {
  struct Rate: Decodable { var cost: Int? }
  var rateLimit: Rate?
}

/// One error of a GraphQL answer.
struct GraphQLErrorWire: Decodable, Sendable {
  var type: String?
  var message: String?
  var path: [Step]?
  var extensions: Extensions?

  struct Extensions: Decodable, Sendable {
    var samlFailure: Bool?
    private enum CodingKeys: String, CodingKey { case samlFailure = "saml_failure" }
  }

  /// A step of a path: a field or an index.
  enum Step: Decodable, Hashable, Sendable {
    case field(String)
    case index(Int)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let index = try? container.decode(Int.self) {
        self = .index(index)
      } else {
        self = .field(try container.decode(String.self))
      }
    }
  }
}
