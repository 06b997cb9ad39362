/// The answer to `nodes(ids:)`: one slot an id, in their order.
struct NodesWire<Node: Decodable>: Decodable {
  /// What lies at the place of an id.
  enum Slot: Decodable {
    /// Nothing: it is gone, hidden, or was left out; the errors tell which.
    case null
    /// Something that is no such item.
    case unreadable
    case item(Node)

    init(from decoder: any Decoder) throws {
      if try decoder.singleValueContainer().decodeNil() {
        self = .null
      } else {
        self = (try? Node(from: decoder)).map { .item($0) } ?? .unreadable
      }
    }
  }
  var slots: [Slot]

  init(from decoder: any Decoder) throws { slots = try decoder.singleValueContainer().decode([Slot].self) }
}

extension NodesWire: Sendable where Node: Sendable {}
extension NodesWire.Slot: Sendable where Node: Sendable {}
