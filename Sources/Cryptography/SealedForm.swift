import KoalrDomain
import KoalrStorage

/// A sealed secret taken apart: `k1.<key id>.<base64url>`.
struct SealedForm {
  /// The first part: cipher, nonce, tag and what is authenticated, all as ``KeyringSealer`` says.
  static let version = "k1"

  let keyID: String
  /// Nonce, ciphertext and tag.
  let bytes: [UInt8]

  init(keyID: String, bytes: [UInt8]) {
    self.keyID = keyID
    self.bytes = bytes
  }

  /// Takes a text apart; `nil` when it is none of this form, or of a secret larger than `largest` bytes.
  init?(_ sealed: SealedSecret, largest: Int) {
    let overhead = AES256GCM.nonceSize + AES256GCM.tagSize
    let parts = sealed.rawValue.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].elementsEqual(Self.version.utf8), SealingKeys.isID(Substring(parts[1])),
      parts[2].count <= (largest + overhead) * 4 / 3 + 4, let bytes = Base64URL.decode(parts[2]), bytes.count >= overhead
    else { return nil }
    keyID = String(Substring(parts[1]))
    self.bytes = bytes
  }

  /// The text on disk.
  var text: SealedSecret { SealedSecret(rawValue: "\(Self.version).\(keyID).\(Base64URL.encode(bytes))") }
}
