package import KoalrDomain

/// Reads the date of a header in the form every server must send today: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7). The two
/// obsolete forms are not read.
package enum HTTPDate {
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// Returns the time, or `nil` when the text is not one.
  package static func parse(_ text: String) -> Date? {
    let words = text.split(separator: " ").map(String.init)
    guard words.count == 6, words[5] == "GMT", let month = months.firstIndex(of: words[2]) else { return nil }
    let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
    return ISO8601Time.parse("\(words[3])-\(number)-\(words[1])T\(words[4])Z")
  }
}
