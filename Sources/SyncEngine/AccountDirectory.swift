import KoalrDomain
import KoalrIntegrationProtocols

/// Knows whose account is behind an address that git has, and asks the code host once for each address it does not know.
actor AccountDirectory {
  private let resolver: (any AuthorResolver)?
  /// Addresses in lower case; a `nil` login says that the host knows no account.
  private var logins: [String: Login?] = [:]

  init(resolver: (any AuthorResolver)?, contributors: [Contributor]) {
    self.resolver = resolver
    for contributor in contributors {
      if let email = contributor.email, !email.isEmpty { logins[email.lowercased()] = contributor.login }
    }
  }

  /// Takes over what is known of commits that were stored before.
  func learn(_ commits: [Commit]) {
    for commit in commits {
      if let login = commit.author, !commit.authorEmail.isEmpty { logins[commit.authorEmail.lowercased()] = login }
    }
  }

  /// Returns the commits with the accounts of their authors, where they can be known.
  ///
  /// - Throws: `IntegrationError` when the host could not be asked; ``known(_:)`` still answers what is known.
  func resolve(_ commits: [Commit], of repository: Repository) async throws -> [Commit] {
    var samples: [CommitID: String] = [:]
    var asked: Set<String> = []
    for commit in commits {
      let email = commit.authorEmail.lowercased()
      guard !email.isEmpty else { continue }
      if let login = commit.author {
        logins[email] = login
      } else if logins[email] == nil, asked.insert(email).inserted {
        samples[commit.sha] = email
      }
    }
    if let resolver, !samples.isEmpty {
      let found = try await resolver.authors(of: samples.keys.sorted().map { AuthorSample(repository: repository, sha: $0) })
      for (sha, email) in samples { logins[email] = .some(found[sha]) }
    }
    return known(commits)
  }

  /// Returns the commits with those accounts that are known without asking.
  func known(_ commits: [Commit]) -> [Commit] {
    commits.map { commit in
      guard commit.author == nil, let login = logins[commit.authorEmail.lowercased()] else { return commit }
      var commit = commit
      commit.author = login
      return commit
    }
  }
}
