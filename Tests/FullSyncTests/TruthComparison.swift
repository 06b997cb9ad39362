import Foundation
import PeerSupport

/// Compares an exported store with the truth, record by record and field by field, and lists what differs.
struct TruthComparison {
  let truth: Truth
  let store: ExportedStore
  /// Accounts that no longer exist: the truth knows their names, no interface gives them.
  static let deletedAccounts: Set<String> = ["ghost"]

  var differences: [String] = []

  /// The repositories that the coverage service lists; it answers for no other, although the truth has their coverage.
  let measured: Set<String>

  init(truth: Truth, store: ExportedStore, measured: Set<String>) {
    self.truth = truth
    self.store = store
    self.measured = measured
    comparePeople()
    compareKeys("repository", expected: truth.repositories.map(name))
    for repository in truth.repositories { compare(repository) }
    compareAllKeys()
  }

  private func name(_ repository: Truth.Repository) -> String { "\(truth.org)/\(repository.name)" }

  private mutating func compare(_ repository: Truth.Repository) {
    let name = name(repository)
    guard let value = store["repository"][name] else { return }
    expect("\(name) default branch", value["defaultBranch"], repository.defaultBranch)
    expect("\(name) head", value["headSHA"], repository.head)
    expect("\(name) archived", value.bool("archived"), repository.archived)
    expect("\(name) fork", value.bool("fork"), repository.fork)
    expect("\(name) visibility", value["visibility"], repository.private ? "private" : "public")
    compareCodeOwners(of: repository)
    for pull in repository.pulls where pull.inWindow {
      let key = "\(name)#\(pull.number)"
      compare(pull, key: key)
      if let coverage = pull.coverage, measured.contains(repository.name) { compare(coverage, key: key) }
    }
    compareCoverage(of: repository)
    compareFindings(of: repository)
    for commit in repository.commits { compare(commit, key: "\(name)@\(commit.sha)") }
    for issue in repository.issues where issue.updated >= truth.since { compare(issue, key: "\(name)!\(issue.number)") }
    for deployment in repository.deployments { compare(deployment, key: "\(name)/\(deployment.nodeId)") }
  }

  private mutating func compareCodeOwners(of repository: Truth.Repository) {
    let name = name(repository)
    guard let expected = repository.codeowners, let value = store["codeowners"][name] else { return }
    expect("\(name) CODEOWNERS path", value["path"], expected.path)
    expect("\(name) CODEOWNERS sha", value["sha"], expected.sha)
    let errors = (value.list("errors") ?? []).map { "\($0.int("line") ?? 0) \($0["kind"] ?? "")" }.sorted()
    expect("\(name) CODEOWNERS errors", errors, expected.errors.map { "\($0.line) \($0.kind)" }.sorted())
  }

  private mutating func compare(_ pull: Truth.Pull, key: String) {
    guard let value = store["change"][key] else { return }
    expect("\(key) title", value["title"], pull.title)
    expect("\(key) state", value["state"], pull.state.lowercased())
    expect("\(key) draft", value.bool("draft"), pull.draft)
    expect("\(key) author", value["author"], Self.account(pull.author))
    expect("\(key) created", value["createdAt"], pull.created)
    expect("\(key) merged", value["mergedAt"], pull.merged)
    expect("\(key) closed", value["closedAt"], pull.closed)
    expect("\(key) head", value["headSHA"], pull.head)
    expect("\(key) base", value["baseSHA"], pull.base)
    expect("\(key) merge commit", value["mergeSHA"], pull.mergeCommit)
    expect("\(key) from a fork", value.bool("fromFork"), pull.headRepository != "same")
    expect("\(key) comments", value.list("comments")?.count { $0["path"] == nil }, pull.comments)
    expect("\(key) comments on lines", value.list("comments")?.count { $0["path"] != nil }, pull.reviewComments)
    if pull.state == "OPEN" { compareDependencies(pull, key: key) }
    expect("\(key) labels", value.strings("labels")?.sorted(), pull.labels.sorted())
    compareFiles(value, pull.files, key: key)
    let reviews = value.list("reviews")?.map { "\($0["author"] ?? "-") \($0["state"] ?? "-") \($0["submittedAt"] ?? "-")" }
      .sorted()
    let expected = pull.reviews.map { "\(Self.account($0.author) ?? "-") \($0.state) \($0.submitted ?? "-")" }.sorted()
    expect("\(key) reviews", reviews, expected)
    let checks = value.list("checks") ?? []
    for (context, state) in pull.statuses {
      expect("\(key) status \(context)", checks.first { $0["name"] == context }?["conclusion"], state)
    }
  }

  private mutating func compareDependencies(_ pull: Truth.Pull, key: String) {
    let changes = store["dependencies"][key]?.list("changes") ?? []
    let added = changes.filter { $0["kind"] == "added" }.compactMap { $0.object("package") }
    expect(
      "\(key) added packages", Set(added.map { [$0["name"] ?? "", $0["version"] ?? ""] }), Set(pull.addedDependencies))
    if let found = store["dependencies"][key] { expect("\(key) compared at", found["headSHA"], pull.head) }
  }

  private mutating func compare(_ commit: Truth.Commit, key: String) {
    guard let value = store["commit"][key] else { return }
    expect("\(key) author", value["author"], Self.account(commit.author))
    expect("\(key) email", value["authorEmail"], commit.email)
    expect("\(key) committed", value["committedAt"], commit.committed)
    expect("\(key) parents", value.strings("parents"), commit.parents)
    compareFiles(value, commit.files, key: key)
  }

  private mutating func compareFiles(_ value: ExportedStore.Value, _ files: [Truth.File], key: String) {
    let found = value.list("files")?.map {
      "\($0["path"] ?? "-") \($0["previousPath"] ?? "-") \($0["status"] ?? "-") +\($0.int("additions") ?? -1) -\($0.int("deletions") ?? -1)"
    }.sorted()
    let expected = files.map { "\($0.path) \($0.previous ?? "-") \($0.status) +\($0.additions) -\($0.deletions)" }.sorted()
    guard found != expected else { return }
    let missing = Set(expected).subtracting(found ?? []), extra = Set(found ?? []).subtracting(expected)
    differences.append("\(key) files: missing \(missing.sorted().prefix(3)), extra \(extra.sorted().prefix(3))")
  }

  private mutating func compare(_ issue: Truth.Issue, key: String) {
    guard let value = store["issue"][key] else { return }
    expect("\(key) title", value["title"], issue.title)
    expect("\(key) state", value["state"], issue.state.lowercased())
    expect("\(key) created", value["createdAt"], issue.created)
    expect("\(key) updated", value["updatedAt"], issue.updated)
    expect("\(key) closed", value["closedAt"], issue.closed)
    expect("\(key) labels", value.strings("labels")?.sorted(), issue.labels.sorted())
  }

  private mutating func compare(_ deployment: Truth.Deployment, key: String) {
    guard let value = store["deployment"][key] else { return }
    expect("\(key) environment", value["environment"], deployment.environment)
    expect("\(key) sha", value["sha"], deployment.sha)
    expect("\(key) created", value["createdAt"], deployment.created)
    expect("\(key) statuses", value.list("statuses")?.map { $0["state"] ?? "-" }, deployment.statuses)
  }

  private mutating func comparePeople() {
    compareKeys("team", expected: truth.teams.map { "\(truth.org)/\($0.slug)" })
    for team in truth.teams {
      expect("team \(team.slug)", store["team"]["\(truth.org)/\(team.slug)"]?.strings("members")?.sorted(), team.members.sorted())
    }
    let members = truth.people.filter { !$0.left }
    compareKeys("contributor", expected: members.map(\.login))
    for person in members {
      let teams = truth.teams.filter { $0.members.contains(person.login) }.map(\.slug).sorted()
      expect("\(person.login) name", store["contributor"][person.login]?["name"], person.name)
      expect("\(person.login) teams", store["contributor"][person.login]?.strings("teams")?.sorted(), teams)
    }
  }

  static func account(_ login: String) -> String? { deletedAccounts.contains(login) ? nil : login }

  // MARK: Keys

  private mutating func compareAllKeys() {
    let all = truth.repositories
    compareKeys("codeowners", expected: all.filter { $0.codeowners != nil }.map(name))
    compareKeys("change", expected: all.flatMap { one in one.pulls.filter(\.inWindow).map { "\(name(one))#\($0.number)" } })
    compareKeys("commit", expected: all.flatMap { one in one.commits.map { "\(name(one))@\($0.sha)" } })
    compareKeys(
      "issue",
      expected: all.flatMap { one in one.issues.filter { $0.updated >= truth.since }.map { "\(name(one))!\($0.number)" } })
    compareKeys("deployment", expected: all.flatMap { one in one.deployments.map { "\(name(one))/\($0.nodeId)" } })
  }

  mutating func compareKeys(_ kind: String, expected: [String]) {
    let found = Set(store[kind].keys), expected = Set(expected)
    for key in expected.subtracting(found).sorted().prefix(5) { differences.append("\(kind) \(key) is missing") }
    for key in found.subtracting(expected).sorted().prefix(5) { differences.append("\(kind) \(key) is not in the truth") }
  }

  mutating func expect<Value: Equatable>(_ what: String, _ found: Value?, _ expected: Value?) {
    if found != expected {
      differences.append("\(what): \(found.map { "\($0)" } ?? "null") instead of \(expected.map { "\($0)" } ?? "null")")
    }
  }
}
