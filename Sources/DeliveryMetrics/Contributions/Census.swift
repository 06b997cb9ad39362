import KoalrCodeOwnersParser
import KoalrDomain

/// Somebody who made commits, under all names that were joined.
struct Person: Sendable {
  var author: CommitAuthor
  /// The account in lower case.
  var account: String?
  /// The addresses in lower case.
  var addresses: Set<String>
}

/// The people behind the signatures of commits.
struct Census {
  private(set) var people: [Person] = []
  /// For each signature its person; `nil` for a program.
  private(set) var personOf: [Int?]
  let accounts: [String: Login]

  /// - Parameter order: The commits, oldest first.
  init(_ recorder: ContributionRecorder, order: [Int], directory: OwnerDirectory) {
    let table = recorder.authors
    accounts = table.accounts(directory: directory)
    personOf = Array(repeating: nil, count: table.signatures.count)
    var ids: [String: Int] = [:]
    var isSeen = Array(repeating: false, count: table.signatures.count)
    // The newest first, because a person goes by the name on the newest.
    for commit in order.lazy.reversed().map({ recorder.commits[$0] }) where !commit.touches.isEmpty {
      let id = Int(commit.author)
      guard !isSeen[id] else { continue }
      isSeen[id] = true
      let signature = table.signatures[id]
      let login = signature.login ?? accounts[signature.email.lowercased()]
      guard !table.isAutomatic(signature, login: login) else { continue }
      let key = Self.key(login, signature)
      let person = ids[key] ?? people.count
      ids[key] = person
      personOf[id] = person
      note(signature, login, at: person)
    }
  }

  private mutating func note(_ signature: AuthorTable.Signature, _ login: Login?, at person: Int) {
    if person == people.count {
      let author = CommitAuthor(login: login, name: signature.name, email: signature.email)
      people.append(Person(author: author, account: login?.folded, addresses: []))
    }
    if !signature.email.isEmpty { people[person].addresses.insert(signature.email.lowercased()) }
  }

  // Two spaces keep the kinds apart: neither a login nor an address has one at its beginning.
  private static func key(_ login: Login?, _ signature: AuthorTable.Signature) -> String {
    if let login { return login.folded }
    return signature.email.isEmpty ? "  " + signature.name : " " + signature.email.lowercased()
  }
}
