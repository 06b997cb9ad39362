import KoalrDomain
import KoalrIntegrationProtocols

extension AuthorSample {
  /// The bot whose address this is: GitHub writes its number and its account's name into it. A person's account may have another
  /// name by now, so those are asked for.
  ///
  /// Source: docs.github.com, "Email addresses reference", "Your noreply email address".
  var bot: Login? {
    guard let email, let at = email.firstIndex(of: "@"), email[at...].hasPrefix("@users.noreply.") else { return nil }
    let name = email[..<at].split(separator: "+", maxSplits: 1).last ?? ""
    return name.hasSuffix("[bot]") ? Login(rawValue: String(name)) : nil
  }
}
