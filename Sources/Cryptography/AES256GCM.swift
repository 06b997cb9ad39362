import KoalrDomain

/// Encrypts and authenticates bytes with AES-256 in Galois/Counter Mode (NIST SP 800-38D): nonces of 12 bytes, tags of 16.
///
/// ```swift
/// let cipher = try AES256GCM(key: key)
/// let sealed = try cipher.seal(message, authenticating: context)
/// let message = try cipher.open(sealed, authenticating: context)
/// ```
///
/// The work is done by CryptoKit where it can be imported and by libcrypto elsewhere. Each sealing takes a new random nonce, so a key
/// is good for 2³² messages (section 8.3 of the standard). No rendering shows the key.
public struct AES256GCM: Sendable {
  /// The size of a key in bytes.
  public static let keySize = 32
  /// The size of a nonce in bytes.
  public static let nonceSize = 12
  /// The size of a tag in bytes.
  public static let tagSize = 16

  private let key: [UInt8]

  /// Takes a key.
  ///
  /// - Throws: ``CryptographyError`` with `wrongSize` when it is not 32 bytes long.
  public init(key: [UInt8]) throws(CryptographyError) {
    guard key.count == Self.keySize else {
      throw CryptographyError(
        .wrongSize, operation: "take a key for AES-256-GCM", reason: "it has \(key.count) bytes instead of \(Self.keySize).")
    }
    self.key = key
  }

  /// Seals a message with a new random nonce.
  ///
  /// - Parameters:
  ///   - message: what to hide; may be empty.
  ///   - context: what is not hidden and must be the same when it is opened.
  /// - Returns: nonce, ciphertext and tag, one after the other: 28 bytes more than the message.
  /// - Throws: ``CryptographyError``.
  public func seal(_ message: [UInt8], authenticating context: [UInt8]) throws(CryptographyError) -> [UInt8] {
    let nonce = RandomBytes.make(Self.nonceSize)
    return nonce + (try seal(message, nonce: nonce, authenticating: context))
  }

  /// Opens what ``seal(_:authenticating:)`` returned.
  ///
  /// - Throws: ``CryptographyError``: `refused` when anything is not as it was sealed, and then nothing of the message is returned;
  ///   `wrongSize` when there is no room for a nonce and a tag.
  public func open(_ sealed: [UInt8], authenticating context: [UInt8]) throws(CryptographyError) -> [UInt8] {
    guard sealed.count >= Self.nonceSize + Self.tagSize else {
      throw CryptographyError(
        .wrongSize, operation: "open what AES-256-GCM sealed",
        reason: "it has \(sealed.count) bytes, fewer than a nonce and a tag.")
    }
    let nonce = Array(sealed.prefix(Self.nonceSize))
    return try open(Array(sealed.dropFirst(Self.nonceSize)), nonce: nonce, authenticating: context)
  }

  /// Seals with a given nonce, for published test vectors; a nonce that is used twice gives the key's messages away.
  package func seal(
    _ message: [UInt8], nonce: [UInt8], authenticating context: [UInt8]
  ) throws(CryptographyError) -> [UInt8] {
    try Self.check(nonce: nonce, count: message.count)
    return try Primitives.seal(message, key: key, nonce: nonce, context: context)
  }

  /// Opens ciphertext and tag with a given nonce.
  package func open(
    _ sealed: [UInt8], nonce: [UInt8], authenticating context: [UInt8]
  ) throws(CryptographyError) -> [UInt8] {
    try Self.check(nonce: nonce, count: sealed.count)
    return try Primitives.open(sealed, key: key, nonce: nonce, context: context)
  }

  /// libcrypto counts bytes in 31 bits; whoever has more cuts it into messages.
  static let longestMessage = 1 << 30

  private static func check(nonce: [UInt8], count: Int) throws(CryptographyError) {
    guard nonce.count == nonceSize else {
      throw CryptographyError(
        .wrongSize, operation: "use AES-256-GCM", reason: "the nonce has \(nonce.count) bytes instead of \(nonceSize).")
    }
    guard count <= longestMessage else {
      throw CryptographyError(
        .wrongSize, operation: "use AES-256-GCM", reason: "the message has \(count) bytes; cut it into parts of up to 2^30.")
    }
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension AES256GCM: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { "AES256GCM(key: <redacted>)" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
