import KoalrDomain

/// Reads the `Retry-After` header (RFC 9110 §10.2.3): seconds, or a date in the form every server must send today.
enum RetryAfter {
  /// The longest pause believed; anything longer is cut to it.
  static let longest: Duration = .seconds(7 * 86_400)

  static func duration(of response: HTTPResponse, now: Date) -> Duration? {
    guard let value = response.headers["Retry-After"] else { return nil }
    let words = value.split(separator: " ")
    guard words.count == 1 else { return date(words).map { pause($0.timeIntervalSince(now)) } }
    guard words[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Double(words[0]).map(pause)
  }

  private static func pause(_ seconds: Double) -> Duration {
    min(longest, .milliseconds(Int64(min(max(seconds, 0), 1e9) * 1000)))
  }

  // `Sun, 06 Nov 1994 08:49:37 GMT`; the two obsolete forms are not read.
  private static func date(_ words: [Substring]) -> Date? {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    guard words.count == 6, words[5] == "GMT", let month = months.firstIndex(of: String(words[2])) else { return nil }
    let number = String(month + 1)
    return ISO8601Time.parse("\(words[3])-\(number.count == 1 ? "0" : "")\(number)-\(words[1])T\(words[4])Z")
  }
}
