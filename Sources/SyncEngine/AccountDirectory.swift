import KoalrDomain
import KoalrIntegrationProtocols

/// Knows whose account is behind an address that git has, and asks the code host once for each address it does not know.
actor AccountDirectory {
  private let resolver: (any AuthorResolver)?
  /// Addresses in lower case; a `nil` login says that the host knows no account.
  private var logins: [String: Login?] = [:]
  /// What is to be asked about addresses that nobody has been asked about yet.
  private var queued: [String: AuthorSample] = [:]
  private var isAsking = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

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

  /// Returns the commits with the accounts of their authors, where they can be known. One caller asks at a time, and for what
  /// the others wait for as well.
  ///
  /// - Throws: `IntegrationError` when the host could not be asked; ``known(_:)`` still answers what is known.
  func resolve(_ commits: [Commit], of repository: Repository) async throws -> [Commit] {
    var asked: Set<String> = []
    for commit in commits {
      let email = commit.authorEmail.lowercased()
      guard !email.isEmpty else { continue }
      if let login = commit.author {
        logins[email] = login
      } else if logins[email] == nil, asked.insert(email).inserted, queued[email] == nil {
        queued[email] = AuthorSample(repository: repository, sha: commit.sha, email: email)
      }
    }
    if let resolver, !asked.isEmpty {
      await takeTurn()
      defer { endTurn() }
      if asked.contains(where: { logins[$0] == nil }) { try await ask(resolver) }
    }
    return known(commits)
  }

  private func ask(_ resolver: any AuthorResolver) async throws {
    let samples = queued.filter { logins[$0.key] == nil }.sorted { $0.value.sha < $1.value.sha }
    let found = try await resolver.authors(of: samples.map(\.value))
    for (email, sample) in samples {
      logins[email] = .some(found[sample.sha])
      queued[email] = nil
    }
  }

  private func takeTurn() async {
    while isAsking { await withCheckedContinuation { waiting.append($0) } }
    isAsking = true
  }

  private func endTurn() {
    isAsking = false
    if !waiting.isEmpty { waiting.removeFirst().resume() }
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
