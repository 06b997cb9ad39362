import KoalrCodeOwnersParser
public import KoalrDomain

extension Contributions {
  /// Returns the accounts that addresses without one plainly belong to, by the address in lower case: those where the part before
  /// the `@`, without what follows a `+`, or the author's name is one of the given logins, in any case, and not both of them two.
  ///
  /// That is a guess, so nothing in this library makes it unasked. Who wants it gives the answer to an `OwnerDirectory` as
  /// `addresses`, and takes ``ContributionRecorder/contributions(directory:)`` anew.
  ///
  /// - Parameter logins: Accounts that are known to belong to the repository, such as those that its CODEOWNERS file names.
  public func accounts(namedLike logins: some Sequence<Login>) -> [String: Login] {
    let known = Dictionary(logins.map { ($0.folded, $0) }, uniquingKeysWith: min)
    var accounts: [String: Login] = [:]
    for person in people where person.account == nil {
      guard let address = person.addresses.first, let at = address.lastIndex(of: "@") else { continue }
      let names = [String(address[..<at].prefix { $0 != "+" }), person.author.name.lowercased()]
      let found = Set(names.compactMap { known[$0] })
      if found.count == 1 { accounts[address] = found.first }
    }
    return accounts
  }
}
