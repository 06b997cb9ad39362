// What Snyk's REST API sends (JSON:API), as far as it is read. Words are open sets in practice and stay text; everything but the
// frame is optional.

/// One page of any list.
struct SnykPageWire<Row: Decodable & Sendable>: Decodable, Sendable {
  var data: [Row]
  var links: LinksWire?

  struct LinksWire: Decodable, Sendable {
    var next: LinkWire?
  }
}

/// One thing.
struct SnykItemWire<Item: Decodable & Sendable>: Decodable, Sendable {
  var data: Item
}

/// A link: a text, or an object that holds one.
struct LinkWire: Decodable, Sendable {
  var href: String?

  private enum CodingKeys: String, CodingKey { case href }

  init(from decoder: any Decoder) throws {
    if let object = try? decoder.container(keyedBy: CodingKeys.self) {
      href = try object.decodeIfPresent(String.self, forKey: .href)
    } else {
      href = try decoder.singleValueContainer().decode(String.self)
    }
  }
}

/// Who the token belongs to.
struct SelfWire: Decodable, Sendable {
  var attributes: Attributes?

  struct Attributes: Decodable, Sendable {
    var name: String?
    var username: String?
    var defaultOrgContext: String?

    enum CodingKeys: String, CodingKey {
      case name, username
      case defaultOrgContext = "default_org_context"
    }
  }
}

struct OrganizationWire: Decodable, Sendable {
  var id: String?
  var attributes: Attributes?

  struct Attributes: Decodable, Sendable {
    var name: String?
    var slug: String?
  }
}

/// A reference to another thing, with the attributes that were asked for along with it.
struct ReferenceWire<Attributes: Decodable & Sendable>: Decodable, Sendable {
  var data: Reference?

  struct Reference: Decodable, Sendable {
    var id: String?
    var attributes: Attributes?
  }
}

struct ProjectWire: Decodable, Sendable {
  var id: String?
  var attributes: Attributes?
  var relationships: Relationships?

  struct Attributes: Decodable, Sendable {
    var name: String?
    var targetFile: String?

    enum CodingKeys: String, CodingKey {
      case name
      case targetFile = "target_file"
    }
  }

  struct Relationships: Decodable, Sendable {
    var target: ReferenceWire<Target>?
  }

  struct Target: Decodable, Sendable {
    var displayName: String?
    var url: String?

    enum CodingKeys: String, CodingKey {
      case url
      case displayName = "display_name"
    }
  }
}
