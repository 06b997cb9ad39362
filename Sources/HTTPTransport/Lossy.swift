/// An element that may be null or unreadable without spoiling its list; the mapping states a gap for each.
package struct Lossy<Value: Decodable>: Decodable {
  /// The element, or `nil` when it has another form than expected.
  package var value: Value?

  package init(from decoder: any Decoder) { value = try? Value(from: decoder) }
}

extension Lossy: Sendable where Value: Sendable {}
