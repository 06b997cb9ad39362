import KoalrCore

/// What all contracts share: asking for every page, and calls whose task is cancelled.
enum ContractCheck {
  /// More pages than any list in a test has.
  static let mostPages = 10_000

  static func require(_ isKept: Bool, _ promise: String, _ detail: @autoclosure () -> String) throws {
    if !isKept { throw BrokenPromise(promise, detail()) }
  }

  /// Returns all pages of a list, in order.
  static func pages<Element: Sendable>(
    _ promise: String, _ ask: (Cursor?) async throws -> Page<Element>
  ) async throws -> [Page<Element>] {
    var pages: [Page<Element>] = []
    var cursor: Cursor?
    repeat {
      let page = try await ask(cursor)
      pages.append(page)
      try require(page.next == nil || page.next != cursor, promise, "Page \(pages.count) leads to itself.")
      try require(pages.count <= mostPages, promise, "There are more than \(mostPages) pages.")
      cursor = page.next
    } while cursor != nil
    return pages
  }

  /// Checks that a call whose task is cancelled before it begins throws `CancellationError`.
  static func cancelled(_ promise: String, _ call: @escaping @Sendable () async throws -> Void) async throws {
    let outcome = await withTaskGroup(of: String?.self) { group in
      group.addTask {
        withUnsafeCurrentTask { $0?.cancel() }
        do {
          try await call()
          return "The call was answered."
        } catch is CancellationError {
          return nil
        } catch {
          return "The call threw \(type(of: error)): \(error)"
        }
      }
      return await group.next() ?? nil
    }
    if let outcome { throw BrokenPromise(promise, outcome) }
  }

  /// Checks that the ids differ.
  static func unique(_ promise: String, _ ids: [String]) throws {
    var seen: Set<String> = []
    for id in ids { try require(seen.insert(id).inserted, promise, "\(id) came twice.") }
  }

  /// Checks that no time is later than the one before it.
  static func newestFirst(_ promise: String, _ times: [(id: String, time: Date)]) throws {
    for (before, after) in zip(times, times.dropFirst()) {
      try require(after.time <= before.time, promise, "\(after.id) comes after \(before.id), which is older.")
    }
  }

  /// Checks the answer of a source whose credential is dead.
  static func deadCredential(_ promise: String, _ source: any ConnectionTestable) async throws {
    do {
      let connection = try await source.testConnection()
      try require(connection.status == .failed, promise, "The status is \(connection.status.rawValue).")
      try require(connection.message?.isEmpty == false, promise, "It does not say why.")
    } catch let error as IntegrationError {
      throw BrokenPromise(promise, "It threw: \(error)")
    }
  }
}
