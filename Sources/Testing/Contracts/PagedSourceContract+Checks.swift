import KoalrCore

extension PagedSourceContract {
  private var questions: [RepositoryPageRequest] { repositories.map { RepositoryPageRequest(repository: $0, since: since) } }

  func checkAnswersTheFirst(_ ask: Ask) async throws {
    for count in 1...max(1, questions.count) {
      let asked = Array(questions.suffix(count))
      guard let first = asked.first else { return }
      let answered = try await ask(asked).first?.repositoryID
      try require(
        answered == first.repository.id, .answersTheFirst, "Of \(count) questions, \(first.repository.name) had no answer.")
    }
  }

  func checkAnswersFromTheFront(_ ask: Ask) async throws {
    let asked = questions.map(\.repository.id)
    let answered = try await ask(questions).map(\.repositoryID)
    try require(
      answered.count <= asked.count && Array(asked.prefix(answered.count)) == answered, .answersFromTheFront,
      "Asked about \(asked), it answered about \(answered).")
  }

  func checkBelongs(_ ask: Ask) async throws {
    for repository in repositories {
      for element in try await elements(ask, of: repository) {
        try require(
          traits.repository(element) == repository.id, .belongs,
          "\(traits.id(element)) of \(traits.repository(element)) came for \(repository.id).")
      }
    }
  }

  func checkNewestFirst(_ ask: Ask) async throws {
    for repository in repositories {
      let times = try await elements(ask, of: repository).map { (id: traits.id($0), time: traits.time($0)) }
      try ContractCheck.newestFirst(Promise.newestFirst.rawValue, times)
    }
  }

  func checkEndsAtSince(_ ask: Ask) async throws {
    for repository in repositories {
      for (place, page) in try await pages(ask, of: repository).enumerated() where !page.elements.isEmpty {
        let isOver = page.elements.allSatisfy { traits.time($0) < since }
        try require(!isOver || page.next == nil, .endsAtSince, "Page \(place + 1) of \(repository.name) has a next one.")
      }
    }
  }

  func checkUniqueIDs(_ ask: Ask) async throws {
    for repository in repositories {
      try ContractCheck.unique(Promise.uniqueIDs.rawValue, try await elements(ask, of: repository).map(traits.id))
    }
  }

  func checkOpenOnly(_ ask: Ask) async throws {
    for repository in repositories {
      for element in try await elements(ask, of: repository, openOnly: true) {
        try require(traits.isOpen(element), .openOnly, "\(traits.id(element)) is decided.")
      }
    }
  }

  func checkCancels(_ ask: @escaping Ask) async throws {
    let questions = questions
    try await ContractCheck.cancelled(Promise.cancels.rawValue) { _ = try await ask(questions) }
  }

  func pages(_ ask: Ask, of repository: Repository, openOnly: Bool = false) async throws -> [Page<Element>] {
    try await ContractCheck.pages(Promise.ends.rawValue) { cursor in
      let question = RepositoryPageRequest(repository: repository, since: since, openOnly: openOnly, after: cursor)
      let answers = try await ask([question])
      guard let answer = answers.first else {
        throw BrokenPromise(Promise.answersTheFirst.rawValue, "\(repository.name) had no answer.")
      }
      return try answer.result.get()
    }
  }

  private func elements(_ ask: Ask, of repository: Repository, openOnly: Bool = false) async throws -> [Element] {
    try await pages(ask, of: repository, openOnly: openOnly).flatMap(\.elements)
  }

  private func require(_ isKept: Bool, _ promise: Promise, _ detail: @autoclosure () -> String) throws {
    try ContractCheck.require(isKept, promise.rawValue, detail())
  }
}
