import KoalrCodeOwnersParser
import KoalrDomain

/// Tells apart who made commits. What git and the host wrote on a commit is its signature; signatures with the same account are one
/// person, and those without an account are one person by address.
struct AuthorTable: Sendable {
  typealias SignatureID = Int32

  struct Signature: Hashable, Sendable {
    var login: Login?
    var email: String
    var name: String
  }

  private(set) var signatures: [Signature] = []
  private var commits: [Int] = []
  private var ids: [Signature: SignatureID] = [:]
  private let automation: Set<String>

  /// - Parameter automation: Accounts and addresses of programs whose names do not say so.
  init(automation: Set<String>) { self.automation = Set(automation.map { $0.lowercased() }) }

  mutating func record(_ commit: Commit) -> SignatureID {
    let signature = Signature(
      login: commit.author ?? NoReplyAddress.login(commit.authorEmail), email: commit.authorEmail, name: commit.authorName)
    let id = ids[signature] ?? SignatureID(signatures.count)
    if id == signatures.count {
      ids[signature] = id
      signatures.append(signature)
      commits.append(0)
    }
    commits[Int(id)] += 1
    return id
  }

  /// Whether commits with this signature are a program's; `login` is the account behind it.
  func isAutomatic(_ signature: Signature, login: Login?) -> Bool {
    if login?.isBot ?? signature.name.hasSuffix(Login.botSuffix) { return true }
    return automation.contains(login?.folded ?? signature.name.lowercased()) || automation.contains(signature.email.lowercased())
  }

  /// The account behind each address: the directory's, else the one that used it most.
  func accounts(directory: OwnerDirectory) -> [String: Login] {
    var uses: [String: [String: (login: Login, commits: Int)]] = [:]
    for (signature, count) in zip(signatures, commits) {
      guard let login = signature.login, !signature.email.isEmpty else { continue }
      let known = uses[signature.email.lowercased()]?[login.folded]
      uses[signature.email.lowercased(), default: [:]][login.folded] =
        (min(known?.login ?? login, login), (known?.commits ?? 0) + count)
    }
    var accounts = uses.compactMapValues { candidates in
      candidates.max { ($0.value.commits, $1.key) < ($1.value.commits, $0.key) }?.value.login
    }
    for signature in signatures where !signature.email.isEmpty {
      if let login = directory.account(of: .email(signature.email)) { accounts[signature.email.lowercased()] = login }
    }
    return accounts
  }
}
