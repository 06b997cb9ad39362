/// A text compared by its bytes, as a file or a database compares it. Swift's own `==` says that two ways to write "é" are equal.
struct ByteText: Hashable, Comparable, Sendable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (left: Self, right: Self) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

  static func < (left: Self, right: Self) -> Bool { compare(left, right) < 0 }

  /// Below, at or above zero.
  static func compare(_ left: Self, _ right: Self) -> Int {
    let quick = left.text.utf8.withContiguousStorageIfAvailable { left in
      right.text.utf8.withContiguousStorageIfAvailable { right in compare(left, right) }
    }
    if let quick, let result = quick { return result }
    if left.text.utf8.lexicographicallyPrecedes(right.text.utf8) { return -1 }
    return left == right ? 0 : 1
  }

  private static func compare(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
    for index in 0..<min(left.count, right.count) where left[index] != right[index] {
      return left[index] < right[index] ? -1 : 1
    }
    return left.count - right.count
  }
}

/// A record's place in its table.
struct RowKey: Hashable, Sendable {
  let connection: ByteText
  let id: ByteText
}

/// A record's place in the order of its table: by time (none first), connection and id.
struct OrderKey: Comparable, Sendable {
  let seconds: Double
  let row: RowKey

  static func == (left: Self, right: Self) -> Bool { left.seconds == right.seconds && left.row == right.row }

  static func < (left: Self, right: Self) -> Bool {
    if left.seconds != right.seconds { return left.seconds < right.seconds }
    let connections = ByteText.compare(left.row.connection, right.row.connection)
    return connections == 0 ? left.row.id < right.row.id : connections < 0
  }
}
