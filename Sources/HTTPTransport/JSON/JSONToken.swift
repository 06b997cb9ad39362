/// One value of a JSON text, or the name of a member.
struct JSONToken {
  enum Kind: UInt8 {
    case object, list
    /// A text: ASCII, with other bytes, and with escapes, which are not what its bytes say.
    case plainString, unicodeString, escapedString
    case number, yes, no, null

    var isText: Bool { self == .plainString || self == .unicodeString || self == .escapedString }
  }

  var kind: Kind
  /// The first byte: inside of the quotes for a text.
  var start: Int32
  /// The end of a text or number; how many values an object or a list has.
  var end: Int32 = 0
  /// Which token comes behind the value and everything in it.
  var next: Int32 = 0
}

/// What was read is no JSON.
struct JSONFault: Error {}
