import Foundation
import KoalrDomain
import KoalrTesting
import Testing

@testable import KoalrCryptography

struct PrimitiveTests {
  private let key = (0..<32).map { UInt8($0) }

  @Test(arguments: [0, 1, 15, 16, 17, 100_000])
  func `a sealed message opens`(size: Int) throws {
    let cipher = try AES256GCM(key: key)
    let message = [UInt8](repeating: 7, count: size)
    let sealed = try cipher.seal(message, authenticating: [1, 2, 3])
    #expect(sealed.count == size + 28)
    #expect(try cipher.open(sealed, authenticating: [1, 2, 3]) == message)
    #expect(throws: CryptographyError.self) { try cipher.open(sealed, authenticating: [1, 2]) }
    #expect(throws: CryptographyError.self) { try cipher.open(sealed, authenticating: []) }
    #expect(throws: CryptographyError.self) { try AES256GCM(key: key.reversed()).open(sealed, authenticating: [1, 2, 3]) }
  }

  @Test(arguments: [0, 1, 27])
  func `what has no room for nonce and tag is refused`(size: Int) throws {
    let cipher = try AES256GCM(key: key)
    let error = #expect(throws: CryptographyError.self) {
      try cipher.open([UInt8](repeating: 0, count: size), authenticating: [])
    }
    #expect(
      error?.description
        == "Could not open what AES-256-GCM sealed: it has \(size) bytes, fewer than a nonce and a tag.")
    #expect(throws: CryptographyError.self) { try cipher.open([1], nonce: Array(key.prefix(12)), authenticating: []) }
  }

  @Test func `a refusal says what it may be`() throws {
    let error = #expect(throws: CryptographyError.self) {
      try AES256GCM(key: key).open([UInt8](repeating: 0, count: 28), authenticating: [])
    }
    #expect(error?.code == .refused)
    #expect(
      error?.description
        == "Could not open what AES-256-GCM sealed: it was sealed with another key or for another use, or it was changed.")
  }

  @Test func `nonces do not repeat`() throws {
    let cipher = try AES256GCM(key: key)
    let nonces = try (0..<10_000).map { _ in try cipher.seal([], authenticating: []).prefix(12) }
    #expect(Set(nonces).count == 10_000)
  }

  @Test func `many tasks seal and open at once`() async throws {
    let cipher = try AES256GCM(key: key)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for worker in 0..<8 {
        group.addTask {
          for number in 0..<500 {
            let message = [UInt8](repeating: UInt8(worker), count: number)
            let sealed = try cipher.seal(message, authenticating: [UInt8(worker)])
            #expect(try cipher.open(sealed, authenticating: [UInt8(worker)]) == message)
          }
        }
      }
      try await group.waitForAll()
    }
  }

  @Test func `a webhook's signature is checked with its secret text`() throws {
    // The example of GitHub's documentation: "Validating webhook deliveries".
    let secret = try #require(Secret("It's a Secret to Everybody"))
    let body = Data("Hello, World!".utf8)
    let code = try HMACSHA256.authenticationCode(for: body, key: secret)
    let hex = code.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    #expect(hex == "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")
    #expect(try HMACSHA256.isValid(code, for: body, key: secret))
    #expect(try HMACSHA256.isValid(code, for: Data("Hello, World?".utf8), key: secret) == false)
    #expect(try HMACSHA256.isValid(code.dropLast(), for: body, key: secret) == false)
    #expect(try HMACSHA256.isValid([UInt8](), for: body, key: secret) == false)
  }

  @Test func `nothing has a code as well, under nothing`() throws {
    let code = try HMACSHA256.authenticationCode(for: Data(), key: [UInt8]())
    // RFC 2104 with an empty key and message; the same under the key of 64 zeros that it is padded to.
    #expect(try HMACSHA256.authenticationCode(for: [UInt8](), key: [UInt8](repeating: 0, count: 64)) == code)
    #expect(code.prefix(4) == [0xB6, 0x13, 0x67, 0x9A])
  }

  @Test func `bytes are equal when all of them are`() throws {
    var generator = SeededGenerator(seed: "constant time")
    for size in [0, 1, 2, 31, 32, 33, 1000] {
      let bytes = (0..<size).map { _ in UInt8(generator.number(in: 0...255)) }
      #expect(try constantTimeEqual(bytes, Data(bytes)))
      #expect(try constantTimeEqual(bytes, bytes + [0]) == false)
      for index in bytes.indices {
        var other = bytes
        other[index] ^= UInt8(1 << generator.number(in: 0...7))
        #expect(try constantTimeEqual(bytes, other) == false)
      }
    }
  }
}

#if !canImport(CryptoKit)
struct LibCryptoTests {
  @Test func `a machine without the library is told what to install`() {
    let error = #expect(throws: CryptographyError.self) { try LibCrypto(names: ["libkoalr-1.so", "libkoalr-2.so"]) }
    #expect(error?.code == .unavailable)
    #expect(
      error?.description
        == "Could not use cryptography: libkoalr-1.so or libkoalr-2.so is not on this machine; install OpenSSL 3 (Debian and "
        + "Ubuntu: libssl3, Fedora: openssl-libs, Alpine: libcrypto3) and start again.")
  }

  @Test func `a library without the functions is passed over and named`() throws {
    let error = #expect(throws: CryptographyError.self) { try LibCrypto(names: ["libm.so.6"]) }
    #expect(error?.reason.hasPrefix("libm.so.6 has no function EVP_CIPHER_CTX_new; install OpenSSL 3") == true)
    _ = try LibCrypto(names: ["libm.so.6"] + LibCrypto.names)
  }
}
#endif
