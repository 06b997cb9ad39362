import KoalrCore

extension MockRemote {
  /// Cuts one page out of a list.
  func page<Element>(
    of elements: [Element], after cursor: Cursor?, _ operation: MockOperation
  ) throws(IntegrationError) -> Page<Element> {
    let start = try Self.position(of: cursor, operation)
    let end = min(elements.count, start + pageSizes.elements)
    guard start < end else { return Page([], next: nil) }
    let next = end < elements.count ? Cursor("\(operation.rawValue):\(end)") : nil
    return Page(Array(elements[start..<end]), next: next)
  }

  /// Answers questions from the front, as many as fit into one call.
  func pages<Element: Sendable>(
    _ operation: MockOperation, _ requests: [RepositoryPageRequest],
    elements: (MockRepository, RepositoryPageRequest) -> [Element]
  ) async throws -> [RepositoryPage<Element>] {
    let asked = Array(requests.prefix(pageSizes.questions))
    let answer = try await enter(MockCall(operation, asked), answersEach: true)
    return asked.map { request in
      let id = request.repository.id
      return RepositoryPage(
        repositoryID: id,
        result: Result { () throws(IntegrationError) in
          if let error = answer.failed[id] { throw error }
          guard let found = answer.world[id] else { throw Self.unknown(request.repository, operation) }
          return try page(of: elements(found, request), after: request.after, operation)
        })
    }
  }

  static func unknown(_ repository: Repository, _ operation: MockOperation) -> IntegrationError {
    IntegrationError(
      .notFound, service: operation.service, operation: "\(operation.rawValue) of \(repository.name)",
      reason: "the mock world has no such repository; add it to its repositories")
  }

  private static func position(of cursor: Cursor?, _ operation: MockOperation) throws(IntegrationError) -> Int {
    guard let cursor else { return 0 }
    let parts = cursor.rawValue.split(separator: ":")
    guard parts.count == 2, parts[0] == operation.rawValue, let position = Int(parts[1]), position >= 0 else {
      throw IntegrationError(
        .unexpectedResponse, service: operation.service, operation: "page through \(operation.rawValue)",
        reason: "the cursor was not made by this source; start from the first page")
    }
    return position
  }
}

extension Sequence {
  /// Sorts by a time, newest first, those of one moment by a text so that the order is always the same.
  func newestFirst(by time: (Element) -> Date, _ text: (Element) -> String) -> [Element] {
    sorted { left, right in
      let (leftTime, rightTime) = (time(left), time(right))
      return leftTime == rightTime ? text(left) < text(right) : leftTime > rightTime
    }
  }
}
