public import KoalrDomain

/// Something that happened at a code host, as far as it tells what to look at again.
///
/// It names things and brings no facts about them: events come late, twice and out of order, the host's answer does not.
public struct HostEvent: Hashable, Sendable, Codable {
  /// The delivery's id: the same when the host delivers it again.
  public var delivery: SourceID
  /// The host's word for it: `pull_request`.
  public var name: String
  /// The host's word for what was done: `opened`.
  public var action: String?
  /// The repository it happened in.
  public var repository: RepositoryID?
  /// What that is called now.
  public var repositoryName: RepositoryName?
  /// The version of the thing that the event tells of, where the host says: whoever holds a newer one need not ask again.
  public var version: Date?
  /// What to look at again; nothing for an event that changes nothing we keep.
  public var subjects: [Subject]
  /// Whether the kind of event is known. An unknown one is accepted, counted and dropped.
  public var isKnown: Bool

  /// Something to look at again.
  public enum Subject: Hashable, Sendable, Codable {
    /// The repository itself: its name, its state, whether it is there.
    case repository
    /// Commits that were pushed to a branch, with the newest one before and after; `forced` when it may have lost commits.
    case branch(String, before: CommitID?, after: CommitID?, forced: Bool)
    /// A change.
    case change(ChangeID)
    /// The checks of a commit.
    case checks(CommitID)
    /// A deployment.
    case deployment(SourceID)
    /// A ticket.
    case ticket(SourceID)
    /// Members and teams.
    case people
    /// The webhook: it works.
    case hook
  }

  /// Makes an event.
  public init(
    delivery: SourceID, name: String, action: String? = nil, repository: RepositoryID? = nil,
    repositoryName: RepositoryName? = nil, version: Date? = nil, subjects: [Subject], isKnown: Bool = true
  ) {
    self.delivery = delivery
    self.name = name
    self.action = action
    self.repository = repository
    self.repositoryName = repositoryName
    self.version = version
    self.subjects = subjects
    self.isKnown = isKnown
  }

  /// What a person calls it: `pull_request opened of acme/api`.
  public var title: String {
    ([name] + [action].compactMap(\.self)).joined(separator: " ") + (repositoryName.map { " of \($0)" } ?? "")
  }
}
