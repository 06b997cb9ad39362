import KoalrDomain
import KoalrIntegrationProtocols

/// A GraphQL question under construction: outside values go into variables, never into the text.
struct GraphQLQuery: Sendable {
  /// What it is for, in words for errors and logs.
  var operation: String
  /// Of questions that wait for their turn the one with the highest goes first: the longest chains of questions, so that there
  /// are others to ask while an answer of such a chain is read.
  var urgency = 0
  private(set) var variables: [String: Value] = [:]
  private var declarations: [String] = []
  private var fields: [String] = []
  private var fragments: [String] = []

  enum Value: Encodable, Sendable {
    case text(String)
    case number(Int)
    case list([String])

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .text(let text): try container.encode(text)
      case .number(let number): try container.encode(number)
      case .list(let list): try container.encode(list)
      }
    }
  }

  init(_ operation: String) { self.operation = operation }

  /// Declares a variable and returns how to refer to it.
  mutating func variable(_ name: String, _ type: String, _ value: Value) -> String {
    if variables.updateValue(value, forKey: name) == nil { declarations.append("$\(name): \(type)") }
    return "$\(name)"
  }

  /// Adds a field of the root.
  mutating func add(_ field: String) { fields.append(field) }

  /// Adds a fragment, once.
  mutating func add(fragment: String) {
    if !fragments.contains(fragment) { fragments.append(fragment) }
  }

  /// The text of the question; it asks for its own price as well.
  var text: String {
    let header = declarations.isEmpty ? "query" : "query(\(declarations.joined(separator: ", ")))"
    return "\(header) {\n\(fields.joined(separator: "\n"))\nrateLimit { cost }\n}\n" + fragments.joined(separator: "\n")
  }

  /// The body of the request.
  func body() throws -> Data {
    struct Body: Encodable {
      var query: String
      var variables: [String: Value]
    }
    do {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      return try encoder.encode(Body(query: text, variables: variables))
    } catch {
      throw IntegrationError(
        .misconfigured, service: .gitHub, operation: operation, reason: "the question could not be written", underlying: error)
    }
  }
}
