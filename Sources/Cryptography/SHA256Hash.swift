public import KoalrDomain

/// The hash function SHA-256 (FIPS 180-4).
public enum SHA256Hash {
  /// The size of a digest in bytes.
  public static let digestSize = 32

  /// Returns the digest of a message: 32 bytes.
  ///
  /// - Parameter message: any bytes (`Data`, `[UInt8]`); they are read in place.
  /// - Throws: ``CryptographyError`` with `unavailable` where there is no cryptography.
  public static func digest(of message: some ContiguousBytes) throws(CryptographyError) -> [UInt8] {
    let result = message.withUnsafeBytes { message in
      Result { () throws(CryptographyError) in try Primitives.digest(of: message) }
    }
    return try result.get()
  }
}
