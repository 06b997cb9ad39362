import KoalrDomain

/// Reads the `Retry-After` header (RFC 9110 §10.2.3): seconds, or a date in the form every server must send today.
enum RetryAfter {
  /// The longest pause believed; anything longer is cut to it.
  static let longest: Duration = .seconds(7 * 86_400)

  static func duration(of response: HTTPResponse, now: Date) -> Duration? {
    guard let value = response.headers["Retry-After"] else { return nil }
    if let date = HTTPDate.parse(value) { return pause(date.timeIntervalSince(now)) }
    let digits = value.split(separator: " ")
    guard digits.count == 1, digits[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Double(digits[0]).map(pause)
  }

  private static func pause(_ seconds: Double) -> Duration {
    min(longest, .milliseconds(Int64(min(max(seconds, 0), 1e9) * 1000)))
  }
}
