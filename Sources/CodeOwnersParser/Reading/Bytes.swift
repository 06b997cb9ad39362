extension UInt8 {
  static let newline = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let slash = UInt8(ascii: "/")
  static let backslash = UInt8(ascii: "\\")
  static let star = UInt8(ascii: "*")
  static let question = UInt8(ascii: "?")
  static let hash = UInt8(ascii: "#")
  static let at = UInt8(ascii: "@")
  static let dot = UInt8(ascii: ".")
  static let dash = UInt8(ascii: "-")
  static let underscore = UInt8(ascii: "_")
  static let colon = UInt8(ascii: ":")
  static let caret = UInt8(ascii: "^")
  static let bang = UInt8(ascii: "!")
  static let openingBracket = UInt8(ascii: "[")
  static let closingBracket = UInt8(ascii: "]")

  var isBlank: Bool { self == 0x20 || self == 0x09 }

  /// Whether it goes on with a character that an earlier byte began.
  var isUTF8Continuation: Bool { self & 0xC0 == 0x80 }

  var isLetter: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }

  var isDigit: Bool { (0x30...0x39).contains(self) }

  var isLetterOrDigit: Bool { isLetter || isDigit }
}
