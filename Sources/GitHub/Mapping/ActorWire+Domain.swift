import KoalrDomain

extension ActorWire {
  /// The account; `nil` for a mannequin, which stands for somebody without an account here.
  ///
  /// GraphQL leaves out the `[bot]` that REST, commits and people write behind a bot's name.
  var asLogin: Login? {
    guard let login, __typename != "Mannequin" else { return nil }
    let isBareBot = __typename == "Bot" && !login.hasSuffix("[bot]")
    return Login(rawValue: isBareBot ? login + "[bot]" : login)
  }
}
