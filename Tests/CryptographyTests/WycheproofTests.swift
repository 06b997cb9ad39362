import Foundation
import KoalrCryptography
import PeerSupport
import Testing

/// Published vectors that lie beside the project and are not part of it.
@Suite(.enabled(if: Wycheproof.available, Comment(rawValue: Wycheproof.absence)))
struct WycheproofTests {
  struct Cipher: WycheproofCase {
    var tcId: Int
    var key, iv, aad, msg, ct, tag: Hex
    var result: String
  }

  struct Code: WycheproofCase {
    var tcId: Int
    var key, msg, tag: Hex
    var result: String
  }

  /// A fault of the vectors' own, of which there should be none.
  private func isValid(_ vector: some WycheproofCase) throws -> Bool {
    try #require(["valid", "invalid"].contains(vector.result), "test \(vector.tcId) is \(vector.result)")
    return vector.result == "valid"
  }

  @Test func `AES-256-GCM agrees with every vector, and refuses the sizes that it does not take`() throws {
    let file = try Wycheproof.load(Cipher.self, "aes_gcm_test.json")
    var counts: [String: Int] = [:]
    for vector in file.vectors {
      let sizes = (vector.key.bytes.count, vector.iv.bytes.count, vector.tag.bytes.count)
      let expectation: String
      switch sizes {
      case (32, 12, 16): expectation = try isValid(vector) ? try checkValid(vector) : try checkInvalid(vector)
      case (32, _, 16): expectation = try checkNonceRefused(vector)
      default: expectation = checkKeyRefused(vector)
      }
      counts[expectation, default: 0] += 1
    }
    #expect(counts == ["valid": 39, "invalid": 27, "nonce of another size": 39, "key of another size": 211])
    #expect(file.vectors.count == file.numberOfTests)
  }

  private func checkValid(_ vector: Cipher) throws -> String {
    let cipher = try AES256GCM(key: vector.key.bytes)
    let sealed = try cipher.seal(vector.msg.bytes, nonce: vector.iv.bytes, authenticating: vector.aad.bytes)
    #expect(sealed == vector.ct.bytes + vector.tag.bytes, "test \(vector.tcId)")
    #expect(try cipher.open(sealed, nonce: vector.iv.bytes, authenticating: vector.aad.bytes) == vector.msg.bytes)
    #expect(try cipher.open(vector.iv.bytes + sealed, authenticating: vector.aad.bytes) == vector.msg.bytes)
    return "valid"
  }

  private func checkInvalid(_ vector: Cipher) throws -> String {
    let cipher = try AES256GCM(key: vector.key.bytes)
    let error = #expect(throws: CryptographyError.self, "test \(vector.tcId)") {
      try cipher.open(vector.iv.bytes + vector.ct.bytes + vector.tag.bytes, authenticating: vector.aad.bytes)
    }
    #expect(error?.code == .refused)
    return "invalid"
  }

  private func checkNonceRefused(_ vector: Cipher) throws -> String {
    let cipher = try AES256GCM(key: vector.key.bytes)
    for isOpening in [false, true] {
      let error = #expect(throws: CryptographyError.self, "test \(vector.tcId)") {
        if isOpening {
          try cipher.open(vector.ct.bytes + vector.tag.bytes, nonce: vector.iv.bytes, authenticating: vector.aad.bytes)
        } else {
          try cipher.seal(vector.msg.bytes, nonce: vector.iv.bytes, authenticating: vector.aad.bytes)
        }
      }
      #expect(
        error?.description == "Could not use AES-256-GCM: the nonce has \(vector.iv.bytes.count) bytes instead of 12.")
    }
    return "nonce of another size"
  }

  private func checkKeyRefused(_ vector: Cipher) -> String {
    let error = #expect(throws: CryptographyError.self, "test \(vector.tcId)") { try AES256GCM(key: vector.key.bytes) }
    #expect(
      error?.description
        == "Could not take a key for AES-256-GCM: it has \(vector.key.bytes.count) bytes instead of 32.")
    return "key of another size"
  }

  @Test func `HMAC-SHA256 agrees with every vector, and takes no shortened code`() throws {
    let file = try Wycheproof.load(Code.self, "hmac_sha256_test.json")
    var counts: [String: Int] = [:]
    for vector in file.vectors {
      let code = try HMACSHA256.authenticationCode(for: vector.msg.bytes, key: vector.key.bytes)
      let shortened = Array(code.prefix(vector.tag.bytes.count))
      let isValid = try isValid(vector)
      #expect(try constantTimeEqual(shortened, vector.tag.bytes) == isValid, "test \(vector.tcId)")
      let isWhole = vector.tag.bytes.count == HMACSHA256.codeSize
      #expect(
        try HMACSHA256.isValid(vector.tag.bytes, for: vector.msg.bytes, key: vector.key.bytes) == (isValid && isWhole),
        "test \(vector.tcId)")
      counts["\(vector.result), \(vector.tag.bytes.count) bytes", default: 0] += 1
    }
    #expect(
      counts == ["valid, 32 bytes": 33, "invalid, 32 bytes": 54, "valid, 16 bytes": 33, "invalid, 16 bytes": 54])
    #expect(file.vectors.count == file.numberOfTests)
  }
}
