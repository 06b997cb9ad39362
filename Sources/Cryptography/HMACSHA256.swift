public import KoalrDomain

/// Authenticates messages with a shared key: HMAC (RFC 2104) over SHA-256.
///
/// ```swift
/// guard try HMACSHA256.isValid(signature, for: body, key: secret) else { … }
/// ```
public enum HMACSHA256 {
  /// The size of a code in bytes.
  public static let codeSize = 32

  /// Returns the authentication code of a message: 32 bytes.
  ///
  /// - Parameters:
  ///   - message: any bytes (`Data`, `[UInt8]`); they are read in place.
  ///   - key: any bytes.
  /// - Throws: ``CryptographyError`` with `unavailable` where there is no cryptography.
  public static func authenticationCode(
    for message: some ContiguousBytes, key: some ContiguousBytes
  ) throws(CryptographyError) -> [UInt8] {
    let result = message.withUnsafeBytes { message in
      key.withUnsafeBytes { key in
        Result { () throws(CryptographyError) in try Primitives.authenticationCode(for: message, key: key) }
      }
    }
    return try result.get()
  }

  /// Whether a code is that of a message, compared in constant time.
  ///
  /// Only whole codes of 32 bytes are valid; a shortened one never is.
  ///
  /// - Throws: ``CryptographyError`` with `unavailable` where there is no cryptography.
  public static func isValid(
    _ code: some ContiguousBytes, for message: some ContiguousBytes, key: some ContiguousBytes
  ) throws(CryptographyError) -> Bool {
    try constantTimeEqual(code, authenticationCode(for: message, key: key))
  }

  /// Returns the authentication code of a message under a secret text, such as that of a webhook.
  ///
  /// - Throws: ``CryptographyError`` with `unavailable` where there is no cryptography.
  public static func authenticationCode(
    for message: some ContiguousBytes, key: Secret
  ) throws(CryptographyError) -> [UInt8] {
    try authenticationCode(for: message, key: Array(key.reveal().utf8))
  }

  /// Whether a code is that of a message under a secret text, compared in constant time.
  ///
  /// - Throws: ``CryptographyError`` with `unavailable` where there is no cryptography.
  public static func isValid(
    _ code: some ContiguousBytes, for message: some ContiguousBytes, key: Secret
  ) throws(CryptographyError) -> Bool {
    try isValid(code, for: message, key: Array(key.reveal().utf8))
  }
}

/// Whether two rows of bytes are equal, in a time that depends on their number alone; different numbers are told apart at once.
///
/// The platform's own function looks at every byte and has no early exit: `CRYPTO_memcmp` of libcrypto ("takes an amount of time
/// dependent on len, but independent of the contents", CRYPTO_memcmp(3)), `timingsafe_bcmp` of Darwin.
///
/// - Throws: ``CryptographyError`` with `unavailable` where there is no cryptography.
public func constantTimeEqual(
  _ left: some ContiguousBytes, _ right: some ContiguousBytes
) throws(CryptographyError) -> Bool {
  let result = left.withUnsafeBytes { left in
    right.withUnsafeBytes { right in
      Result { () throws(CryptographyError) in
        guard left.count == right.count else { return false }
        return try Primitives.areEqual(left, right)
      }
    }
  }
  return try result.get()
}
