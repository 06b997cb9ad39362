import KoalrDomain
import KoalrIntegrationProtocols

extension GitHubCodeHost {
  /// Reads one page of a list that every organisation has; behind the last page of one comes the first of the next.
  ///
  /// Where there are several, one that refuses is a gap and the others are read all the same.
  func organizationPage<Element>(
    after cursor: Cursor?, _ noun: String, ask: (String, Cursor?) async throws -> Page<Element>
  ) async throws -> Page<Element> {
    guard let position = OrganizationCursor(cursor, of: organizations) else {
      throw IntegrationError(
        .misconfigured, service: .gitHub, operation: "list \(noun)",
        reason: "the saved position is in an organisation that is not asked for any more; begin the list anew")
    }
    var page: Page<Element>
    do {
      page = try await ask(position.organization, position.place)
    } catch let error as IntegrationError where organizations.count > 1 && error.isRefusal {
      page = Page([], next: nil, gaps: [gap(noun, of: position.organization, error.reason)])
    }
    page.next = position.next(page.next, of: organizations)
    return page
  }
}

extension IntegrationError {
  /// Whether one organisation says no, and another may say yes.
  fileprivate var isRefusal: Bool { code == .forbidden || code == .notFound }
}
