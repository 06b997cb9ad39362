extension ActivitySummary {
  /// A set of names, each kept as 64 bits: small, and enough to tell the records of one day apart.
  ///
  /// Of 10,000 names in one day two look the same with a chance below one in 300 billion; the second would then not be counted.
  /// Written as 16 hexadecimal digits for each, in ascending order.
  public struct Fingerprints: Hashable, Sendable, Codable {
    private var values: [UInt64] = []

    private static let digits = 16

    /// Makes an empty set.
    public init() {}

    /// How many names it holds.
    public var count: Int { values.count }

    /// Adds a name. Returns whether it was not there yet.
    public mutating func insert(_ name: String) -> Bool {
      let value = Fingerprint.value(of: name)
      let index = partition(value)
      guard index == values.count || values[index] != value else { return false }
      values.insert(value, at: index)
      return true
    }

    /// Where the first value lies that is not below `value`.
    private func partition(_ value: UInt64) -> Int {
      var (low, high) = (0, values.count)
      while low < high {
        let middle = low + (high - low) / 2
        if values[middle] < value { low = middle + 1 } else { high = middle }
      }
      return low
    }

    /// Decodes the digits.
    ///
    /// - Throws: `DecodingError` when they are not what `encode(to:)` writes.
    public init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      let text = Array(try container.decode(String.self).utf8)
      for start in stride(from: 0, to: text.count, by: Self.digits) {
        let word = text[start..<min(start + Self.digits, text.count)]
        guard let value = UInt64(String(decoding: word, as: UTF8.self), radix: 16), Self.text(value).utf8.elementsEqual(word),
          values.last.map({ $0 < value }) ?? true
        else {
          throw DecodingError.dataCorruptedError(
            in: container, debugDescription: "These are not fingerprints of \(Self.digits) digits each in ascending order.")
        }
        values.append(value)
      }
    }

    /// Encodes the digits as one text.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(values.map(Self.text).joined())
    }

    private static func text(_ value: UInt64) -> String {
      let text = String(value, radix: 16)
      return String(repeating: "0", count: digits - text.utf8.count) + text
    }
  }
}
