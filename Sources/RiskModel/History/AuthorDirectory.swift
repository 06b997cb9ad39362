import KoalrDomain

/// Who wrote how many commits. A person is an account, or a lower-cased address where no account is known; a commit that carries
/// both joins them, unless the address already belongs to another account.
struct AuthorDirectory: Sendable {
  typealias AuthorID = Int32

  /// One person under all the names that were joined.
  struct Person: Hashable, Sendable {
    var ids: [AuthorID]
    var commits: Int
  }

  private var ids: [String: AuthorID] = [:]
  private var commits: [Int] = []
  private var accountOfAddress: [String: AuthorID] = [:]
  private var addressesOfAccount: [AuthorID: [AuthorID]] = [:]
  private var commitsWithAccount = 0

  /// Counts a commit and returns its author; `nil` when it names nobody.
  mutating func record(login: Login?, email: String) -> AuthorID? {
    let address = email.lowercased()
    guard let login else {
      guard !address.isEmpty else { return nil }
      return count(id(for: address))
    }
    commitsWithAccount += 1
    let account = id(for: Self.key(login))
    if !address.isEmpty, accountOfAddress[address] == nil {
      accountOfAddress[address] = account
      addressesOfAccount[account, default: []].append(id(for: address))
    }
    return count(account)
  }

  /// Returns the person behind the author of a change.
  func identify(login: Login?, email: String?) -> Evidence<Person> {
    let address = email.map { $0.lowercased() }.flatMap { $0.isEmpty ? nil : $0 }
    guard login != nil || address != nil else { return .missing(reason: "the author of the change is not known") }
    if let login, address == nil, commitsWithAccount == 0, !commits.isEmpty {
      return .missing(reason: "no commit that was read names an account, so those of \(login) cannot be told")
    }
    var found: [AuthorID] = []
    if let account = login.map(Self.key).flatMap({ ids[$0] }) ?? address.flatMap({ accountOfAddress[$0] }) {
      found = [account] + (addressesOfAccount[account] ?? [])
    }
    if let own = address.flatMap({ ids[$0] }), !found.contains(own) { found.append(own) }
    return .known(Person(ids: found, commits: found.reduce(0) { $0 + commits[Int($1)] }))
  }

  private mutating func count(_ id: AuthorID) -> AuthorID {
    commits[Int(id)] += 1
    return id
  }

  private mutating func id(for key: String) -> AuthorID {
    if let id = ids[key] { return id }
    let id = AuthorID(commits.count)
    ids[key] = id
    commits.append(0)
    return id
  }

  // A slash keeps accounts and addresses apart: a login cannot hold one, and "login/x" is no address.
  private static func key(_ login: Login) -> String { "login/" + login.rawValue.lowercased() }
}
