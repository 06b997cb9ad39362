public import KoalrDomain

/// Where a source wants to be asked next. Opaque: only the source that made it can read it.
public struct Cursor: Hashable, Sendable {
  /// The text as it is stored.
  public var rawValue: String
  /// Wraps a text.
  public init(_ rawValue: String) { self.rawValue = rawValue }
}

/// One page of a list.
public struct Page<Element: Sendable>: Sendable {
  /// The elements of this page; may be empty although more follow.
  public var elements: [Element]
  /// Where the next page begins; `nil` after the last one.
  public var next: Cursor?
  /// What the source would not give although it belongs here; a sync reports it as incomplete.
  public var gaps: [SourceGap]

  /// Makes a page.
  public init(_ elements: [Element], next: Cursor?, gaps: [SourceGap] = []) {
    self.elements = elements
    self.next = next
    self.gaps = gaps
  }
}

/// Something that belongs to an answer and is not in it.
public struct SourceGap: Hashable, Sendable {
  /// What is missing: "reviews of acme/api#12".
  public var what: String
  /// Why, in one sentence that is safe in any log.
  public var why: String

  /// Makes a gap.
  public init(what: String, why: String) {
    self.what = what
    self.why = why
  }
}

/// A question for one page about one repository. Several go to a source at once, so that it can put them into one call.
public struct RepositoryPageRequest: Sendable {
  /// The repository.
  public var repository: Repository
  /// What was updated (or, for deployments, created) before this does not matter.
  public var since: Date
  /// Only changes that are open; ignored by other sources.
  public var openOnly: Bool
  /// Only a first look at changes, to be read whole later: parts that cost further questions may be unknown, which is no gap. A
  /// source may take no notice.
  public var isFirstLook: Bool
  /// How many items are wanted of the list at most, for sources that can ask for so few; others may give more. `nil` means all.
  public var limit: Int?
  /// Where the page begins; `nil` for the first one.
  public var after: Cursor?

  /// Makes a question; a first look is at open changes only, unless ``openOnly`` is changed afterwards.
  public init(
    repository: Repository, since: Date, openOnly: Bool = false, isFirstLook: Bool = false, limit: Int? = nil,
    after: Cursor? = nil
  ) {
    self.repository = repository
    self.since = since
    self.openOnly = openOnly || isFirstLook
    self.isFirstLook = isFirstLook
    self.limit = limit
    self.after = after
  }
}

/// The answer to one ``RepositoryPageRequest``.
public struct RepositoryPage<Element: Sendable>: Sendable {
  /// The repository that was asked about.
  public var repositoryID: RepositoryID
  /// The page, or why this repository has none although others do.
  public var result: Result<Page<Element>, IntegrationError>

  /// Makes an answer.
  public init(repositoryID: RepositoryID, result: Result<Page<Element>, IntegrationError>) {
    self.repositoryID = repositoryID
    self.result = result
  }
}
