public import KoalrDomain
public import KoalrStorage

/// Seals secrets with AES-256-GCM under one of several keys.
///
/// ```swift
/// guard let keys = try SealingKeys(environment: ProcessInfo.processInfo.environment) else { … }
/// let secrets = SealedSecretStore(storage, sealer: KeyringSealer(keys: keys))
/// ```
///
/// The form on disk is `k1.<key id>.<base64url of nonce ‖ ciphertext ‖ tag>`, without padding. What is authenticated beside the
/// secret is `k1`, the key's id, the connection and the name, each as its number of bytes (32 bits, big-endian) and its bytes in
/// UTF-8. So a sealed text opens at its own place and under its own key alone. It tells the length of the secret and nothing else.
/// <doc:SealingSecrets> says more.
public struct KeyringSealer: Sendable {
  private let keys: SealingKeys

  /// The size of the longest secret, in bytes.
  public static let longestSecret = 65_536

  /// Makes a sealer that seals with the first key and opens with all of them.
  public init(keys: SealingKeys) { self.keys = keys }

  /// What is authenticated beside the secret. Lengths before the parts keep `ab` + `c` apart from `a` + `bc`.
  static func context(keyID: String, place: SecretPlace) -> [UInt8] {
    [SealedForm.version, keyID, place.connection.rawValue, place.name.rawValue].flatMap { part in
      withUnsafeBytes(of: UInt32(part.utf8.count).bigEndian, Array.init) + Array(part.utf8)
    }
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension KeyringSealer: Sealer {
  public func seal(_ secret: Secret, for place: SecretPlace) throws -> SealedSecret {
    let message = Array(secret.reveal().utf8)
    guard message.count <= Self.longestSecret else {
      throw Self.error(.tooLarge, "seal", place, "it has \(message.count) bytes; the longest may have \(Self.longestSecret).")
    }
    let key = keys.entries[0]
    do throws(CryptographyError) {
      let bytes = try key.cipher.seal(message, authenticating: Self.context(keyID: key.id, place: place))
      return SealedForm(keyID: key.id, bytes: bytes).text
    } catch {
      throw Self.error(error, "seal", place)
    }
  }

  public func open(_ sealed: SealedSecret, from place: SecretPlace) throws -> Secret {
    guard let form = SealedForm(sealed, largest: Self.longestSecret) else {
      throw Self.error(.refused, "open", place, "what is stored is no sealed secret of a form this version knows; save it anew.")
    }
    guard let key = keys.entries.first(where: { $0.id == form.keyID }) else {
      throw Self.error(
        .unknownKey, "open", place,
        "it was sealed with the key \(form.keyID), which is not among the keys at hand (\(keys.ids.joined(separator: ", "))); "
          + "add that key, or save the secret anew.")
    }
    do throws(CryptographyError) {
      let message = try key.cipher.open(form.bytes, authenticating: Self.context(keyID: key.id, place: place))
      guard let text = String(validating: message, as: UTF8.self), let secret = Secret(text) else { throw .tagDoesNotFit }
      return secret
    } catch {
      throw Self.error(error, "open", place)
    }
  }

  public func isCurrent(_ sealed: SealedSecret) -> Bool {
    SealedForm(sealed, largest: Self.longestSecret)?.keyID == keys.entries[0].id
  }
}

extension KeyringSealer {
  private static func error(_ code: SealingError.Code, _ verb: String, _ place: SecretPlace, _ reason: String) -> SealingError {
    SealingError(code, operation: "\(verb) the secret \"\(place.name)\" of \"\(place.connection)\"", reason: reason)
  }

  static func error(_ failure: CryptographyError, _ verb: String, _ place: SecretPlace) -> SealingError {
    switch failure.code {
    case .unavailable: error(.unavailable, verb, place, failure.reason)
    case .failed: error(.failed, verb, place, failure.reason)
    default:
      error(
        .refused, verb, place,
        "it was changed, or sealed for another place or with another key of the same id; save it anew.")
    }
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension KeyringSealer: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { "KeyringSealer(\(keys))" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: ["keys": keys.ids]) }
}
