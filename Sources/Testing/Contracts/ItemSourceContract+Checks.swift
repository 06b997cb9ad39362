import KoalrCore

extension ItemSourceContract {
  private var repositories: [RepositoryID: Repository] {
    Dictionary(expected.repositories.map { ($0.repository.id, $0.repository) }, uniquingKeysWith: { first, _ in first })
  }

  private func requests<Item>(_ items: [Item], id: (Item) -> String, in repository: (Item) -> RepositoryID) -> [ItemRequest] {
    let known = repositories
    return items.compactMap { item in
      known[repository(item)].map { ItemRequest(repository: $0, id: SourceID(unchecked: id(item))) }
    }
  }

  private var changes: [ItemRequest] { requests(expected.changes, id: \.id.rawValue, in: \.repositoryID) }
  private var deployments: [ItemRequest] { requests(expected.deployments, id: \.id.rawValue, in: \.repositoryID) }
  private var issues: [ItemRequest] { requests(expected.issues, id: \.id.rawValue, in: \.repositoryID) }

  func checkAnswersTheFirst(_ source: any ItemSource) async throws {
    for (asked, answered) in try await answers(source) {
      try require(answered.first == asked.first, .answersTheFirst, "Of \(asked.count) questions, the first had no answer.")
    }
  }

  func checkAnswersFromTheFront(_ source: any ItemSource) async throws {
    for (asked, answered) in try await answers(source) {
      let isFront = answered.count <= asked.count && Array(asked.prefix(answered.count)) == answered
      try require(isFront, .answersFromTheFront, "Asked for \(asked.prefix(5)) …, it answered \(answered.prefix(5)) ….")
    }
  }

  func checkAsTheLists(_ source: any ItemSource) async throws {
    let found = try await all(expected.repositories.map(\.repository.id)) { try await source.repositories(again: $0) }
    try same(found, as: expected.repositories)
    try same(try await all(changes) { try await source.changes(again: $0) }, as: expected.changes)
    try same(try await all(deployments) { try await source.deployments(again: $0) }, as: expected.deployments)
    try same(try await all(issues) { try await source.issues(again: $0) }, as: expected.issues)
  }

  func checkChecks(_ source: any ItemSource) async throws {
    let found = try await all(changes) { try await source.checks(again: $0) }
    for (answer, change) in zip(found, expected.changes) {
      let checks = try answer.result.get()
      try require(checks == change.checks ?? [], .checksAsTheLists, "Those of \(change.id) are \(checks ?? []).")
    }
  }

  func checkRollups(_ source: any ItemSource) async throws {
    guard let source = source as? any CheckRollupSource else { return }
    let found = try await all(changes) { try await source.checkRollups(again: $0) }
    for (answer, change) in zip(found, expected.changes) {
      let (verdict, expected) = (try answer.result.get(), (change.checks ?? []).rollup)
      try require(
        verdict == expected, .rollupsAsTheChecks,
        "That of \(change.id) is \(verdict.map { "\($0)" } ?? "nil") instead of \(expected).")
    }
  }

  func checkGone(_ source: any ItemSource) async throws {
    guard let change = changes.first else { return }
    let gone = ItemRequest(repository: change.repository, id: gone)
    try expectGone(try await source.changes(again: [gone, change]), "changes")
    try expectGone(try await source.checks(again: [gone, change]), "checks")
    if let source = source as? any CheckRollupSource {
      try expectGone(try await source.checkRollups(again: [gone, change]), "verdicts of checks")
    }
    if let other = deployments.first { try expectGone(try await source.deployments(again: [gone, other]), "deployments") }
    if let other = issues.first { try expectGone(try await source.issues(again: [gone, other]), "tickets") }
    let ids = [RepositoryID(unchecked: self.gone.rawValue), change.repository.id]
    try expectGone(try await source.repositories(again: ids), "repositories")
  }

  func checkCancels(_ source: any ItemSource) async throws {
    let (changes, deployments, issues, ids) = (changes, deployments, issues, expected.repositories.map(\.repository.id))
    let calls: [@Sendable () async throws -> Void] = [
      { _ = try await source.repositories(again: ids) }, { _ = try await source.changes(again: changes) },
      { _ = try await source.checks(again: changes) }, { _ = try await source.deployments(again: deployments) },
      { _ = try await source.issues(again: issues) },
    ]
    for call in calls { try await ContractCheck.cancelled(Promise.cancels.rawValue, call) }
  }

  private func answers(_ source: any ItemSource) async throws -> [(asked: [SourceID], answered: [SourceID])] {
    let ids = expected.repositories.map(\.repository.id)
    return [
      (ids.map { SourceID(unchecked: $0.rawValue) }, try await source.repositories(again: ids).map(\.id)),
      (changes.map(\.id), try await source.changes(again: changes).map(\.id)),
      (changes.map(\.id), try await source.checks(again: changes).map(\.id)),
      (deployments.map(\.id), try await source.deployments(again: deployments).map(\.id)),
      (issues.map(\.id), try await source.issues(again: issues).map(\.id)),
    ]
  }

  private func all<Request, Element>(
    _ requests: [Request], _ ask: ([Request]) async throws -> [ItemAnswer<Element>]
  ) async throws -> [ItemAnswer<Element>] {
    var answers: [ItemAnswer<Element>] = []
    while answers.count < requests.count {
      let more = try await ask(Array(requests.dropFirst(answers.count)))
      try require(!more.isEmpty, .answersTheFirst, "\(requests.count - answers.count) questions had no answer.")
      answers += more
    }
    return answers
  }

  private func same<Element: Equatable>(_ answers: [ItemAnswer<Element>], as expected: [Element]) throws {
    for (answer, item) in zip(answers, expected) {
      let found = try answer.result.get()
      try require(found == item && answer.gaps.isEmpty, .asTheLists, "\(answer.id) came as \(found.map { "\($0)" } ?? "nil").")
    }
  }

  private func expectGone<Element>(_ answers: [ItemAnswer<Element>], _ noun: String) throws {
    for (index, answer) in answers.prefix(2).enumerated() {
      switch answer.result {
      case .success(let item):
        try require(
          (item == nil) == (index == 0), .goneIsNil, "Of \(noun), \(answer.id) came as \(item.map { "\($0)" } ?? "nil").")
      case .failure(let error): try require(false, .goneIsNil, "Of \(noun), \(answer.id) failed: \(error)")
      }
    }
  }

  private func require(_ isKept: Bool, _ promise: Promise, _ detail: @autoclosure () -> String) throws {
    try ContractCheck.require(isKept, promise.rawValue, detail())
  }
}
