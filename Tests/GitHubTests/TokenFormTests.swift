import KoalrCore
import Testing

@testable import KoalrGitHub

/// What the form of a token tells. The tokens are made up: their check digits were computed for these tests.
struct TokenFormTests {
  /// Thirty characters, and their check digits as zlib and the alphabet of GitHub's article give them.
  static let whole = "ghp_" + "abcdefghijklmnopqrstuvwxyz0123" + "2LolCm"

  @Test func `check digits are the CRC-32 to the base 62`() {
    // The check value of CRC-32 for these nine digits is 0xCBF43926 (ISO 3309), 3,421,780,262.
    #expect(String(decoding: Base62Checksum.of("123456789".utf8), as: UTF8.self) == "3jZRME")
    #expect(String(decoding: Base62Checksum.of("".utf8), as: UTF8.self) == "000000")
    #expect(Base62Checksum.fits("1234567893jZRME".utf8) && !Base62Checksum.fits("1234567803jZRME".utf8))
  }

  @Test(arguments: [
    ("ghp_", "classic token"), ("gho_", "OAuth app token"), ("ghu_", "app user token"), ("ghs_", "installation token"),
    ("github_pat_", "fine-grained token"), ("ghr_", "refresh token"),
  ])
  func `the beginning tells the kind`(prefix: String, kind: String) throws {
    #expect(TokenForm(try #require(Secret(prefix + "x"))).kind?.rawValue == kind)
  }

  @Test(arguments: [
    (whole, "it is whole, so it has expired or was revoked"),
    (String(whole.dropLast(3)), "it is 37 characters long instead of 40, so it was cut off; copy it again"),
    (whole.replacing("klm", with: "kml"), "its check digits do not fit, so it was mistyped or cut off; copy it again"),
    ("github_pat_11AAAAAAA0short", "it is 26 characters long instead of 93, so it was cut off"),
    ("\"\(whole)\"", "it has quotation marks around it"),
    ("“\(whole)”", "it has quotation marks around it"),
    ("Bearer \(whole)", "it begins with a word of a header"),
    ("token \(whole)", "it begins with a word of a header"),
    ("Authorization: Bearer \(whole)", "it begins with a word of a header"),
    ("ghp_abcdef ghijkl", "it holds a space or a line break"),
    ("ghp_abcd...wxyz", "copied from where it is shown shortened"),
    ("ghp_abcd…wxyz", "copied from where it is shown shortened"),
    ("ghr_x", "it is a refresh token"),
    ("hunter2", "it does not look like one"),
    (String(repeating: "a1", count: 20), "the token is wrong, expired or revoked; make a new one"),
  ])
  func `a refusal says what the form tells`(token: String, says: String) throws {
    let refusal = TokenForm(try #require(Secret(token))).refusal
    #expect(refusal.contains(says), "\(refusal)")
    #expect(!refusal.contains("abcdef"))
  }

  @Test func `only what HTTP cannot carry is not tried`() throws {
    #expect(try !TokenForm(#require(Secret("ghp_a\nb"))).isSendable)
    for token in ["\"ghp_a\"", "Bearer x", "hunter2", "ghp_"] { #expect(try TokenForm(#require(Secret(token))).isSendable) }
  }

  @Test func `a form holds nothing of its token`() throws {
    #expect(try !String(reflecting: TokenForm(#require(Secret(Self.whole)))).contains("abcdef"))
  }
}
