public import KoalrDomain

/// A proof key for one authorisation by OAuth (PKCE, RFC 7636): whoever steals the code cannot use it without the verifier.
///
/// The challenge goes out with the first step, in the address that the browser opens; the verifier stays here until the code is
/// exchanged. The method is always `S256`.
public struct ProofKey: Hashable, Sendable {
  /// What is shown last: 43 to 128 characters of `A-Z a-z 0-9 - . _ ~`.
  public let verifier: Secret
  /// What is shown first: the base64url of the verifier's SHA-256, 43 characters.
  public let challenge: String

  /// How many random bytes a new verifier has: 256 bits, as section 7.1 of the RFC asks.
  static let entropy = 32

  /// Makes a key from new random bytes.
  ///
  /// - Parameter random: gives as many bytes as it is asked for; tests give fixed ones.
  /// - Throws: ``CryptographyError`` with `unavailable` where there is no cryptography.
  public init(random: (Int) -> [UInt8] = RandomBytes.make) throws(CryptographyError) {
    try self.init(verifier: Base64URL.encode(random(Self.entropy)))
  }

  /// Makes the key of a verifier.
  ///
  /// - Throws: ``CryptographyError``: `wrongSize` when it is none, `unavailable` where there is no cryptography.
  public init(verifier: String) throws(CryptographyError) {
    guard (43...128).contains(verifier.utf8.count), verifier.utf8.allSatisfy(Self.isUnreserved), let secret = Secret(verifier)
    else {
      throw CryptographyError(
        .wrongSize, operation: "take a verifier for PKCE",
        reason: "it has not 43 to 128 characters of A-Z, a-z, 0-9, -, ., _ and ~; make a new one.")
    }
    self.verifier = secret
    challenge = Base64URL.encode(try SHA256Hash.digest(of: Array(verifier.utf8)))
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
    default: false
    }
  }
}
