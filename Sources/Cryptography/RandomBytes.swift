/// Bytes that nobody can guess.
public enum RandomBytes {
  /// Returns new random bytes.
  ///
  /// The standard library's `SystemRandomNumberGenerator` draws each word from the operating system: `getrandom(2)` on Linux,
  /// `arc4random_buf` on Apple's platforms (its documentation names them; `stdlib/public/stubs/Random.cpp` of Swift is the source).
  /// It has no state of its own that a forked process could repeat.
  public static func make(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in generator.next() }
  }
}
