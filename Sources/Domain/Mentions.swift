/// What a text for people names of a repository: commits by their digits, changes by their numbers.
///
/// Finds `0123abc`, `#12` and the ends of addresses such as `…/pull/12`. Digits alone are no commit unless there are 40 of them, and
/// `other/repository#12` is none of this repository's.
package enum Mentions {
  /// The most bytes that are looked at.
  package static let maximumBytes = 65_536

  /// Returns what is named, in order, each once, at most ``Issue/maximumMentions``.
  package static func find(in texts: String?...) -> [String] {
    var found: [String] = []
    for text in texts {
      let bytes = Array((text ?? "").utf8.prefix(maximumBytes))
      var start = 0
      while start < bytes.count, found.count < Issue.maximumMentions {
        let end = bytes[start...].firstIndex { !isWord($0) } ?? bytes.count
        if let name = mention(bytes, start..<end), !found.contains(name) { found.append(name) }
        start = end + 1
      }
    }
    return found
  }

  /// Reads one word together with what stands before it.
  private static func mention(_ bytes: [UInt8], _ range: Range<Int>) -> String? {
    let word = bytes[range]
    if (1...9).contains(word.count), word.allSatisfy(isDigit), word.first != 0x30 {
      return isNumbered(bytes[..<range.lowerBound]) ? "#" + String(decoding: word, as: UTF8.self) : nil
    }
    let isCommit = (7...40).contains(word.count) && word.allSatisfy { isDigit($0) || (0x61...0x66).contains($0) }
    guard isCommit, word.count == 40 || !word.allSatisfy(isDigit) else { return nil }
    return String(decoding: word, as: UTF8.self)
  }

  /// Whether a number after this is that of a change: after a `#` that begins a word, or in an address.
  private static func isNumbered(_ before: ArraySlice<UInt8>) -> Bool {
    if before.last == UInt8(ascii: "#") { return before.dropLast().last.map { !isWord($0) } ?? true }
    return before.suffix(6).elementsEqual("/pull/".utf8)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// Letters, digits, the underscore and everything beyond ASCII.
  private static func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || byte == 0x5F || byte >= 0x80
  }
}
