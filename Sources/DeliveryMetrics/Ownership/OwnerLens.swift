import KoalrCodeOwnersParser
import KoalrDomain

/// Compares people who made commits with owners. Each owner is looked up once.
struct OwnerLens {
  /// Who stands behind an owner.
  struct Known {
    /// Accounts in lower case; `nil` when they are not known.
    var accounts: Set<String>?
    /// The address in lower case, where the owner is one.
    var address: String?

    /// Whether a person is behind the owner, or `nil` when it cannot be told. Two addresses without accounts are two people.
    func contains(_ person: Person) -> Bool? {
      if let address, person.addresses.contains(address) { return true }
      guard let accounts else { return address != nil && person.account == nil && !person.addresses.isEmpty ? false : nil }
      guard let account = person.account else { return accounts.isEmpty ? false : nil }
      return accounts.contains(account)
    }
  }

  private let directory: OwnerDirectory
  private let dialect: CodeOwnersParser.Dialect
  /// Those behind addresses, in lower case.
  private let accounts: [String: Login]
  private let contributors: Set<String>
  private var known: [String: Known] = [:]

  init(_ directory: OwnerDirectory, _ dialect: CodeOwnersParser.Dialect, _ contributions: Contributions) {
    self.directory = directory
    self.dialect = dialect
    accounts = contributions.accounts
    contributors = Set(contributions.people.compactMap(\.account))
  }

  mutating func look(at owner: Owner) -> Known {
    if let known = known[owner.folded] { return known }
    let people = mayBeGroup(owner) ? nil : directory.people(behind: owner).map { Set($0.map(\.folded)) }
    var result = Known(accounts: people)
    if case .email = owner {
      result.address = owner.folded
      result.accounts = people ?? accounts[owner.folded].map { [$0.folded] }
    }
    known[owner.folded] = result
    return result
  }

  /// GitLab writes a group like a user; one that nobody knows as either may have any members.
  private func mayBeGroup(_ owner: Owner) -> Bool {
    guard dialect == .gitLab, case .user(let text) = owner, directory.members(of: text) == nil else { return false }
    return directory.access(of: owner) == .unknown && !contributors.contains(String(text.dropFirst()).lowercased())
  }
}

extension Collection<OwnerLens.Known> {
  /// Whether a person is behind any of the owners, or `nil` when it cannot be told.
  func contain(_ person: Person) -> Bool? {
    var answer: Bool? = false
    for owner in self {
      guard let isBehind = owner.contains(person) else {
        answer = nil
        continue
      }
      if isBehind { return true }
    }
    return answer
  }
}
