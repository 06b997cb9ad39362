public import KoalrDomain

/// Somebody who made commits: an account, or a name and an address where no account is known.
public struct CommitAuthor: Hashable, Sendable, CustomStringConvertible {
  /// The account; `nil` when the address belongs to no known one.
  public var login: Login?
  /// The name on the newest commit.
  public var name: String
  /// The address on the newest commit; empty when git has none.
  public var email: String

  /// Makes an author.
  public init(login: Login?, name: String, email: String) {
    self.login = login
    self.name = name
    self.email = email
  }

  /// What a reader knows them by: `@mona`, or `Mona <mona@example.org>` without an account.
  public var description: String {
    if let login { return "@\(login)" }
    return email.isEmpty ? name : "\(name) <\(email)>"
  }
}

/// How much of some work one person did.
public struct ContributorShare: Hashable, Sendable {
  /// Who.
  public var author: CommitAuthor
  /// Their commits.
  public var commits: Int
  /// Their part of all commits by people, weighted by age, 0 to 1.
  public var share: Double

  /// Makes a share.
  public init(author: CommitAuthor, commits: Int, share: Double) {
    self.author = author
    self.commits = commits
    self.share = share
  }
}
