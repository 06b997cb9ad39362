import Foundation
import KoalrDomain
import Testing

@testable import KoalrCryptography

struct ProofKeyTests {
  /// The first three are NIST's examples for FIPS 180-4 (one block, two blocks, the empty message), the last one its million of "a".
  @Test(arguments: [
    ("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    ("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("a", 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
  ])
  func `a digest is that of the published vector`(text: String, times: Int, expected: String) throws {
    let message = Array(String(repeating: text, count: times).utf8)
    let digest = try SHA256Hash.digest(of: message)
    #expect(digest.map { String(UInt16($0) + 256, radix: 16).suffix(2) }.joined() == expected)
    #expect(try SHA256Hash.digest(of: Data(message)) == digest)
  }

  /// RFC 7636, appendix B.
  private let octets: [UInt8] = [
    116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105, 214, 191, 240, 91, 88, 5,
    88, 83, 132, 141, 121,
  ]

  @Test func `the key of the RFC's octets has the RFC's verifier and challenge`() throws {
    let key = try ProofKey { count in
      #expect(count == 32)
      return octets
    }
    #expect(key.verifier.reveal() == "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    #expect(key.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    #expect(try ProofKey(verifier: key.verifier.reveal()) == key)
  }

  @Test func `no two keys are the same, and none shows its verifier`() throws {
    let keys = try (0..<1_000).map { _ in try ProofKey() }
    #expect(Set(keys.map { $0.verifier.reveal() }).count == 1_000 && Set(keys.map(\.challenge)).count == 1_000)
    var dumped = ""
    dump(keys[0], to: &dumped)
    for text in ["\(keys[0])", String(reflecting: keys[0]), dumped] { #expect(!text.contains(keys[0].verifier.reveal())) }
  }

  @Test(arguments: [
    String(repeating: "a", count: 42), String(repeating: "a", count: 129), String(repeating: "+", count: 43), "",
    String(repeating: "a", count: 42) + " ",
  ])
  func `what is no verifier is refused`(text: String) {
    let error = #expect(throws: CryptographyError.self) { try ProofKey(verifier: text) }
    #expect(error?.code == .wrongSize)
    #expect(
      error?.description
        == "Could not take a verifier for PKCE: it has not 43 to 128 characters of A-Z, a-z, 0-9, -, ., _ and ~; make a new one.")
  }

  @Test(arguments: [([], ""), ([0xFF], "_w"), ([0xFB, 0xEF], "--8"), ([0, 0, 0], "AAAA")] as [([UInt8], String)])
  func `base64 for addresses has no padding and two letters of its own`(bytes: [UInt8], text: String) {
    #expect(Base64URL.encode(bytes) == text)
    #expect(Base64URL.decode(text[...].utf8) == bytes)
  }
}
