/// A step of a glob: a byte, a run of bytes (`*`), a character (`?`), or one of a set (`[a-z]`).
struct GlobToken: BitwiseCopyable, Hashable, Sendable {
  private let code: UInt32

  private init(code: UInt32) { self.code = code }

  static let run = Self(code: 256)
  static let character = Self(code: 257)
  static func byte(_ byte: UInt8) -> Self { Self(code: UInt32(byte)) }
  /// A set by its number.
  static func set(_ number: UInt32) -> Self { Self(code: 258 + number) }

  /// The byte that alone matches, if it is one.
  var byte: UInt8? { UInt8(exactly: code) }
  var set: Int? { code >= 258 ? Int(code - 258) : nil }

  var number: UInt64 { UInt64(code) }
}

/// A set of characters.
struct GlobSet: Hashable, Sendable {
  /// The ranges, in any order.
  var ranges: [ClosedRange<UInt32>]
  /// Whether it is what is outside of the ranges.
  var isNegated = false
}
