import KoalrCore
import KoalrTesting
import Testing

@testable import KoalrCryptography

struct KeyringSealerTests {
  private typealias Sample = KeyringSample

  @Test(arguments: SealerContract.Promise.allCases)
  func `the sealer keeps`(_ promise: SealerContract.Promise) async throws {
    try await SealerContract { try Sample.strangeSealer() }.check(promise)
  }

  @Test(arguments: SecretStoreContract.Promise.allCases)
  func `a secret store in memory that it seals keeps`(_ promise: SecretStoreContract.Promise) async throws {
    try await SecretStoreContract { SealedSecretStore(.inMemory, sealer: try Sample.sealer(0)) }.check(promise)
  }

  @Test func `a text that another program sealed by the documented form opens`() throws {
    // Made with AESGCM of Python's cryptography: key 00…1f, nonce 64…6f, associated data as documented.
    let sealed = SealedSecret(rawValue: "k1.2026-03.ZGVmZ2hpamtsbW5vIG6wEhybZLNXDHKcsgBHni6nZ3j_8_SwSDke59kryYsAhCeD")
    #expect(try Sample.sealer(0).open(sealed, from: Sample.place()).reveal() == "hunter2-in-the-clear")
    #expect(try Sample.sealer(1, 0).open(sealed, from: Sample.place()).reveal() == "hunter2-in-the-clear")
  }

  @Test func `every flipped bit of a sealed text is refused`() throws {
    let sealer = try Sample.sealer(0, 1)
    for length in 1...7 {
      let sealed = try sealer.seal(Sample.secret(String(repeating: "s", count: length)), for: Sample.place())
      let bytes = Array(sealed.rawValue.utf8)
      for bit in 0..<bytes.count * 8 {
        var changed = bytes
        changed[bit / 8] ^= 1 << UInt8(bit % 8)
        let text = SealedSecret(rawValue: String(decoding: changed, as: UTF8.self))
        #expect(throws: SealingError.self, "bit \(bit) of \(sealed.rawValue)") { try sealer.open(text, from: Sample.place()) }
      }
    }
  }

  @Test func `every flipped bit of nonce, ciphertext and tag is refused`() throws {
    let sealer = try Sample.sealer(0)
    let sealed = try sealer.seal(Sample.secret(), for: Sample.place())
    let form = try #require(SealedForm(sealed, largest: KeyringSealer.longestSecret))
    #expect(form.text == sealed)
    for bit in 0..<form.bytes.count * 8 {
      var changed = form.bytes
      changed[bit / 8] ^= 1 << UInt8(bit % 8)
      let error = #expect(throws: SealingError.self, "bit \(bit)") {
        try sealer.open(SealedForm(keyID: form.keyID, bytes: changed).text, from: Sample.place())
      }
      #expect(error?.code == .refused)
    }
  }

  @Test func `a text under the id of another key is refused, even when that key has the same bytes`() throws {
    let bytes = try #require(Sample.lines[0].split(separator: ":").last)
    let sealer = KeyringSealer(keys: try SealingKeys(text: "a:\(bytes)\nb:\(bytes)"))
    let sealed = try sealer.seal(Sample.secret(), for: Sample.place())
    let moved = SealedSecret(rawValue: sealed.rawValue.replacing("k1.a.", with: "k1.b."))
    #expect(throws: SealingError.self) { try sealer.open(moved, from: Sample.place()) }
    #expect(try sealer.open(sealed, from: Sample.place()) == Sample.secret())
  }

  @Test func `what is authenticated tells places apart whose texts join to the same`() {
    let places = [("ab", "c"), ("a", "bc"), ("abc", ""), ("", "abc")]
    let contexts = places.map { KeyringSealer.context(keyID: "k", place: Sample.place($0, $1)) }
    #expect(Set(contexts).count == places.count)
    #expect(
      contexts[0] == [0, 0, 0, 2] + Array("k1".utf8) + [0, 0, 0, 1] + Array("k".utf8) + [0, 0, 0, 2] + Array("ab".utf8)
        + [0, 0, 0, 1] + Array("c".utf8))
  }

  @Test func `another spelling of the same bytes is refused`() throws {
    for bytes in [[0xFB, 0xFF, 0xFE], [0xFB, 0xFF], [0xFB]] as [[UInt8]] {
      let text = Base64URL.encode(bytes)
      #expect(Base64URL.decode(text[...].utf8) == bytes)
      for wrong in [text + "=", text.replacing("-", with: "+"), text + "\n", " " + text]
        + (bytes.count < 3 ? [text.dropLast() + "x"] : [])
      {
        #expect(Base64URL.decode(wrong[...].utf8) == nil, "\(wrong)")
      }
    }
  }

  @Test func `errors say what to do`() throws {
    let old = try Sample.sealer(1).seal(Sample.secret(), for: Sample.place())
    let sealer = try Sample.sealer(0, 2)
    func message(_ text: SealedSecret, from place: SecretPlace = Sample.place()) -> String? {
      #expect(throws: SealingError.self) { try sealer.open(text, from: place) }?.description
    }
    #expect(
      message(old)
        == "Could not open the secret \"token\" of \"github\": it was sealed with the key 2025-09, which is not among the keys at "
        + "hand (2026-03, 2025-03); add that key, or save the secret anew.")
    #expect(
      message(SealedSecret(rawValue: "k2.2026-03.AAAA"))
        == "Could not open the secret \"token\" of \"github\": what is stored is no sealed secret of a form this version knows; save "
        + "it anew.")
    #expect(
      message(try sealer.seal(Sample.secret(), for: Sample.place()), from: Sample.place("snyk"))
        == "Could not open the secret \"token\" of \"snyk\": it was changed, or sealed for another place or with another key of the "
        + "same id; save it anew.")
    let large = try Sample.secret(String(repeating: "x", count: 65_537))
    #expect(
      #expect(throws: SealingError.self) { try sealer.seal(large, for: Sample.place()) }?.description
        == "Could not seal the secret \"token\" of \"github\": it has 65537 bytes; the longest may have 65536.")
  }

  @Test(arguments: [
    (CryptographyError.Code.unavailable, SealingError.Code.unavailable, "install it."), (.failed, .failed, "install it."),
    (
      .refused, .refused,
      "it was changed, or sealed for another place or with another key of the same id; save it anew."
    ),
  ])
  func `a failure of the cipher becomes one of the secret`(
    code: CryptographyError.Code, expected: SealingError.Code, reason: String
  ) {
    let failure = CryptographyError(code, operation: "use cryptography", reason: "install it.")
    let error = KeyringSealer.error(failure, "open", Sample.place())
    #expect(error.code == expected)
    #expect(error.description == "Could not open the secret \"token\" of \"github\": \(reason)")
  }

  @Test func `the longest secret is sealed and opens`() throws {
    let secret = try Sample.secret(String(repeating: "x", count: 65_536))
    let sealer = try Sample.sealer(0)
    #expect(try sealer.open(sealer.seal(secret, for: Sample.place()), from: Sample.place()) == secret)
  }
}
