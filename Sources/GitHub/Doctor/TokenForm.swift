import KoalrDomain

/// What the form of a token tells without asking GitHub. It holds nothing of the token, and it decides nothing: whether a token
/// works is for the server to say, and the form only helps to say why not.
struct TokenForm: Hashable, Sendable {
  /// The kind, by its beginning; `nil` for old tokens, which have none.
  let kind: ConnectionDiagnosis.Credential.Kind?
  /// What is wrong with it and what to do.
  let complaint: String?
  /// Whether it ends with the right check digits; `nil` for forms without them.
  let checksumFits: Bool?
  /// Whether HTTP can carry it at all.
  let isSendable: Bool

  /// Looks at a token.
  init(_ token: Secret) {
    let text = token.reveal()
    let bytes = Array(text.utf8)
    isSendable = bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    let shape = Self.shapes.first { text.hasPrefix($0.prefix) }
    kind = shape?.kind
    let body = bytes.dropFirst(shape?.prefix.utf8.count ?? 0)
    let isWhole = shape.map { body.count == $0.length } ?? false
    checksumFits = isWhole && shape?.hasChecksum == true ? Base62Checksum.fits(body) : nil
    complaint = Self.pasted(text) ?? Self.misshapen(body, shape, text, checksumFits)
  }

  /// The form of a token that nobody could give.
  static let unknown = TokenForm(kind: nil, complaint: nil, checksumFits: nil, isSendable: true)

  private init(kind: ConnectionDiagnosis.Credential.Kind?, complaint: String?, checksumFits: Bool?, isSendable: Bool) {
    (self.kind, self.complaint, self.checksumFits, self.isSendable) = (kind, complaint, checksumFits, isSendable)
  }

  /// Why GitHub does not accept the token, as far as its form tells, and what to do.
  var refusal: String {
    let fact = "GitHub does not accept the token"
    if let complaint { return "\(fact): \(complaint), or make a new one if it has expired or was revoked" }
    return checksumFits == true
      ? "\(fact): it is whole, so it has expired or was revoked; make a new one" : Advice.deadToken
  }

  /// What to say of a token that cannot be sent.
  var unsendable: String { "the token holds a line break or another character that no token has; copy the token alone" }

  private struct Shape {
    var prefix: String
    var kind: ConnectionDiagnosis.Credential.Kind
    /// How long the rest is.
    var length: Int
    var hasChecksum: Bool
  }

  // Source: docs.github.com, "About authentication to GitHub", "GitHub's token formats". How long a fine-grained token is and what
  // its check digits cover is not published; the length is that of those GitHub makes.
  private static let shapes = [
    Shape(prefix: "github_pat_", kind: .fineGrainedToken, length: 82, hasChecksum: false),
    Shape(prefix: "ghp_", kind: .classicToken, length: 36, hasChecksum: true),
    Shape(prefix: "gho_", kind: .oauth, length: 36, hasChecksum: true),
    Shape(prefix: "ghu_", kind: .appUser, length: 36, hasChecksum: true),
    Shape(prefix: "ghs_", kind: .installation, length: 36, hasChecksum: true),
    Shape(prefix: "ghr_", kind: .refresh, length: 76, hasChecksum: true),
  ]

  private static let quotes: Set<Character> = ["\"", "'", "`", "“", "”", "„", "‘", "’", "«", "»"]

  // What copying brings along.
  private static func pasted(_ text: String) -> String? {
    if let first = text.first, let last = text.last, quotes.contains(first) || quotes.contains(last) {
      return "it has quotation marks around it; copy the token alone"
    }
    let lower = text.lowercased()
    if ["bearer ", "token ", "authorization:", "basic "].contains(where: lower.hasPrefix) {
      return "it begins with a word of a header, such as Bearer; copy the token alone"
    }
    if text.contains(where: \.isWhitespace) { return "it holds a space or a line break; copy the token alone" }
    guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !text.contains("***"), !text.contains("...") else {
      return "it holds characters that no token has, as when it was copied from where it is shown shortened; copy it whole"
    }
    return nil
  }

  private static func misshapen(_ body: ArraySlice<UInt8>, _ shape: Shape?, _ text: String, _ checksumFits: Bool?) -> String? {
    guard let shape else {
      // Until 2021 tokens were forty hexadecimal digits.
      let isOld = text.utf8.count == 40 && text.allSatisfy(\.isHexDigit)
      return isOld ? nil : "it does not look like one, which begin with ghp_, github_pat_, gho_, ghu_ or ghs_; copy it again"
    }
    if shape.kind == .refresh { return "it is a refresh token, which opens nothing by itself; use the token that came with it" }
    if body.count < shape.length {
      return "it is \(text.utf8.count) characters long instead of \(shape.prefix.utf8.count + shape.length), so it was cut off; "
        + "copy it again"
    }
    return checksumFits == false ? "its check digits do not fit, so it was mistyped or cut off; copy it again" : nil
  }
}
