#if canImport(CryptoKit)
import CryptoKit
import KoalrDomain

#if canImport(Darwin)
import Darwin
#endif

/// The primitives of CryptoKit. This file was compiled and run against swift-crypto, which has the same interface, and was not run with
/// CryptoKit; `timingsafe_bcmp` of Darwin was not run at all.
enum Primitives {
  static func seal(
    _ message: [UInt8], key: [UInt8], nonce: [UInt8], context: [UInt8]
  ) throws(CryptographyError) -> [UInt8] {
    do {
      let box = try AES.GCM.seal(
        message, using: SymmetricKey(data: key), nonce: AES.GCM.Nonce(data: nonce), authenticating: context)
      return Array(box.ciphertext) + Array(box.tag)
    } catch {
      throw CryptographyError(.failed, operation: "seal with AES-256-GCM", reason: "CryptoKit refused to.")
    }
  }

  static func open(
    _ sealed: [UInt8], key: [UInt8], nonce: [UInt8], context: [UInt8]
  ) throws(CryptographyError) -> [UInt8] {
    do {
      let box = try AES.GCM.SealedBox(
        nonce: AES.GCM.Nonce(data: nonce), ciphertext: sealed.dropLast(AES256GCM.tagSize), tag: sealed.suffix(AES256GCM.tagSize))
      return Array(try AES.GCM.open(box, using: SymmetricKey(data: key), authenticating: context))
    } catch {
      throw .tagDoesNotFit
    }
  }

  static func authenticationCode(
    for message: UnsafeRawBufferPointer, key: UnsafeRawBufferPointer
  ) throws(CryptographyError) -> [UInt8] {
    var hmac = HMAC<SHA256>(key: SymmetricKey(data: key))
    hmac.update(data: message)
    return Array(hmac.finalize())
  }

  static func digest(of message: UnsafeRawBufferPointer) throws(CryptographyError) -> [UInt8] {
    var digest = SHA256()
    digest.update(data: message)
    return Array(digest.finalize())
  }

  static func areEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) throws(CryptographyError) -> Bool {
    guard let first = left.baseAddress, let second = right.baseAddress else { return true }
    return timingsafe_bcmp(first, second, left.count) == 0
  }
}
#endif
