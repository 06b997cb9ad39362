import KoalrCore
import PeerSupport

/// Compares what came through the adapter with the truth, and names each difference.
struct TruthComparison {
  let truth: Truth
  var differences: [String] = []

  init(_ truth: Truth) { self.truth = truth }

  mutating func check<Value: Equatable>(_ what: @autoclosure () -> String, _ found: Value, _ expected: Value) {
    if found != expected { differences.append("\(what()): \(found) instead of \(expected)") }
  }

  mutating func repositories(_ found: [DiscoveredRepository]) {
    let byID = Dictionary(uniqueKeysWithValues: found.map { ($0.repository.id.rawValue, $0) })
    check("repositories", Set(byID.keys), Set(truth.repositories.map(\.nodeId)))
    for expected in truth.repositories {
      guard let one = byID[expected.nodeId] else { continue }
      let repository = one.repository
      let name = expected.name
      check("\(name) name", repository.name.rawValue, "\(truth.org)/\(name)")
      check("\(name) branch", repository.defaultBranch, expected.defaultBranch)
      check("\(name) head", repository.headSHA?.rawValue, expected.head)
      check("\(name) archived", repository.archived, expected.archived)
      check("\(name) fork", repository.fork, expected.fork)
      check("\(name) visibility", repository.visibility, expected.private ? .private : .public)
      check("\(name) language", repository.language, expected.empty ? nil : expected.language)
      check("\(name) newest change", repository.newestChangeAt, time(expected.pulls.map(\.updated).max()))
      check("\(name) newest deployment", repository.newestDeploymentAt, time(expected.deployments.map(\.created).max()))
      codeOwners(one.codeOwners, expected.codeowners, name)
    }
  }

  private mutating func codeOwners(
    _ found: DiscoveredRepository.CodeOwnersFinding, _ expected: Truth.CodeOwners?, _ name: String
  ) {
    guard let expected else { return check("\(name) CODEOWNERS", found, .none) }
    guard case .found(let file) = found else { return check("\(name) CODEOWNERS", "\(found)", "found") }
    check("\(name) CODEOWNERS path", file.path, expected.path)
    check("\(name) CODEOWNERS sha", file.sha.rawValue, expected.sha)
    check("\(name) CODEOWNERS text", file.text, expected.text)
    check(
      "\(name) CODEOWNERS errors", file.errors?.map { Truth.CodeOwners.Problem(line: $0.line, kind: $0.kind) }, expected.errors)
  }

  mutating func changes(_ found: [RepositoryID: [Change]], openOnly: Bool = false) {
    for repository in truth.repositories {
      let expected = repository.pulls.filter { $0.inWindow && (!openOnly || $0.state == "OPEN") }
      let changes = RepositoryID(rawValue: repository.nodeId).flatMap { found[$0] } ?? []
      let byID = Dictionary(changes.map { ($0.id.rawValue, $0) }, uniquingKeysWith: { $1 })
      check("\(repository.name) pull requests", Set(byID.keys), Set(expected.map(\.nodeId)))
      for pull in expected {
        if let change = byID[pull.nodeId] { self.change(change, pull, "\(repository.name)#\(pull.number)") }
      }
    }
  }

  private mutating func change(_ change: Change, _ pull: Truth.Pull, _ name: String) {
    check("\(name) number", change.number, pull.number)
    check("\(name) title", change.title, pull.title)
    check("\(name) state", change.state.rawValue, pull.state.lowercased())
    check("\(name) author", change.author?.rawValue, account(pull.author))
    check("\(name) draft", change.draft, pull.draft)
    check("\(name) created", change.createdAt, time(pull.created))
    check("\(name) updated", change.updatedAt, time(pull.updated))
    check("\(name) closed", change.closedAt, time(pull.closed))
    check("\(name) merged", change.mergedAt, time(pull.merged))
    check("\(name) head", change.headSHA?.rawValue, pull.head)
    check("\(name) base", change.baseSHA?.rawValue, pull.base)
    check("\(name) merge", change.mergeSHA?.rawValue, pull.mergeCommit)
    check("\(name) additions", change.additions, pull.additions)
    check("\(name) deletions", change.deletions, pull.deletions)
    check("\(name) comments", change.commentCount, pull.comments + pull.reviewComments)
    check("\(name) comments of the conversation", change.comments?.count { $0.path == nil }, pull.comments)
    check("\(name) comments on lines", change.comments?.count { $0.path != nil }, pull.reviewComments)
    check("\(name) comments oldest first", change.comments?.map(\.createdAt), change.comments?.map(\.createdAt).sorted())
    check("\(name) comes from a fork", change.fromFork, pull.headRepository != "same")
    check("\(name) has a branch", change.headBranch?.isEmpty, false)
    check("\(name) labels", change.labels, pull.labels)
    check("\(name) files", change.files, nil)
    check(
      "\(name) reviews", change.reviews?.map { [$0.id.rawValue, $0.author?.rawValue, $0.state.rawValue] },
      pull.reviews.map { [$0.nodeId, account($0.author), $0.state] })
    check("\(name) review times", change.reviews?.map(\.submittedAt), pull.reviews.map { time($0.submitted) })
    check("\(name) checks", rollup(change.checks), pull.checks)
    for (context, state) in pull.statuses {
      let verdict = change.checks?.first { $0.name == context }?.conclusion
      check("\(name) \(context)", verdict, state == "pending" ? nil : state)
    }
  }

  mutating func deployments(_ found: [RepositoryID: [Deployment]], since: Date) {
    for repository in truth.repositories {
      let expected = repository.deployments.filter { time($0.created).map { $0 >= since } ?? false }
      let deployments = RepositoryID(rawValue: repository.nodeId).flatMap { found[$0] } ?? []
      let byID = Dictionary(deployments.map { ($0.id.rawValue, $0) }, uniquingKeysWith: { $1 })
      check("\(repository.name) deployments", Set(byID.keys), Set(expected.map(\.nodeId)))
      for one in expected {
        guard let deployment = byID[one.nodeId] else { continue }
        check("\(one.nodeId) environment", deployment.environment, one.environment)
        check("\(one.nodeId) sha", deployment.sha.rawValue, one.sha)
        check("\(one.nodeId) created", deployment.createdAt, time(one.created))
        check("\(one.nodeId) updated", deployment.updatedAt, time(one.updated))
        check("\(one.nodeId) statuses", deployment.statuses.map(\.state.rawValue), one.statuses)
      }
    }
  }

  mutating func issues(_ found: [RepositoryID: [Issue]], since: Date) {
    for repository in truth.repositories {
      let expected = repository.issues.filter { time($0.updated).map { $0 >= since } ?? false }
      let issues = RepositoryID(rawValue: repository.nodeId).flatMap { found[$0] } ?? []
      let byID = Dictionary(issues.map { ($0.id.rawValue, $0) }, uniquingKeysWith: { $1 })
      check("\(repository.name) issues", Set(byID.keys), Set(expected.map(\.nodeId)))
      for one in expected {
        guard let issue = byID[one.nodeId] else { continue }
        check("\(one.nodeId) number", issue.number, one.number)
        check("\(one.nodeId) title", issue.title, one.title)
        check("\(one.nodeId) state", issue.state.rawValue, one.state.lowercased())
        check("\(one.nodeId) author", issue.author?.rawValue, account(one.author))
        check(
          "\(one.nodeId) times", [issue.createdAt, issue.updatedAt, issue.closedAt],
          [time(one.created), time(one.updated), time(one.closed)])
        check("\(one.nodeId) labels", issue.labels, one.labels)
        check("\(one.nodeId) comments", issue.commentCount, one.comments)
      }
    }
  }

  mutating func people(_ entries: [PeopleEntry]) {
    var teams: [String: Team] = [:]
    var members: Set<String> = []
    for entry in entries {
      switch entry {
      case .team(let team): teams[team.slug] = team
      case .contributor(let person): members.insert(person.login.rawValue)
      }
    }
    check("teams", Set(teams.keys), Set(truth.teams.map(\.slug)))
    for team in truth.teams {
      check("team \(team.slug)", teams[team.slug]?.members.map(\.rawValue).sorted(), team.members)
      check("parent of \(team.slug)", teams[team.slug]?.parent, team.parent)
      check("name of \(team.slug)", teams[team.slug]?.name, team.name)
    }
    check("members", members, Set(truth.people.filter { !$0.left && !$0.login.hasSuffix("[bot]") }.map(\.login)))
  }

  private func account(_ login: String) -> String? { login == "ghost" ? nil : login }

  private func time(_ text: String?) -> Date? { text.flatMap(ISO8601Time.parse) }

  private func rollup(_ checks: [Check]?) -> String? {
    guard let checks else { return nil }
    if checks.contains(where: { $0.conclusion == nil }) { return "PENDING" }
    return checks.contains { $0.conclusion == "failure" || $0.conclusion == "error" } ? "FAILURE" : "SUCCESS"
  }
}
