public import KoalrDomain

/// Where incidents come from, beside those the engine derives from deployments, labelled tickets and reverts.
///
/// *Using one:* ``ReportedIncidents`` reads a file. *Writing one:* pin each incident to a repository where the tool knows it, say how
/// sure it is, and report under a source of its own: `deployment`, `issue` and `revert` are the engine's.
public protocol IncidentSource: Sendable {
  /// Returns one page of the incidents that began or ended at `since` or later.
  ///
  /// - Throws: ``IntegrationError``, `CancellationError`.
  func incidents(in repositories: RepositoryDirectory, since: Date, after cursor: Cursor?) async throws -> Page<Incident>
}

/// Delivers messages to people: to a chat, to a mailbox.
///
/// What is worth telling is decided elsewhere; how it looks is the notifier's business.
public protocol Notifier: Sendable {
  /// Delivers one message.
  ///
  /// - Throws: ``IntegrationError``, `CancellationError`.
  func notify(_ notification: Notification) async throws
}

/// Something to tell.
public struct Notification: Sendable, Hashable {
  /// One line.
  public var title: String
  /// Plain text, a few lines.
  public var body: String

  /// Makes a notification.
  public init(title: String, body: String) {
    self.title = title
    self.body = body
  }
}
