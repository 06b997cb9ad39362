import KoalrDomain
import KoalrIntegrationProtocols

/// The lists that an interrupted run left in the middle, and what is asked about each.
///
/// First the front, down to when that run began: what was updated since has moved there, past the place where reading stopped. It
/// leaves no checkpoint, so that a run which is killed meanwhile asks for it again. Then the rest, from that place. When that
/// fails, whatever the source says, the list is read from its beginning: each source has its own words for a place that it does
/// not know any more.
struct ResumedLists {
  /// How far the clocks of this machine and of a service may differ, in seconds.
  static let clockTolerance: TimeInterval = 900

  private enum Step {
    case front(then: RepositoryPageRequest)
    case place
  }

  private var steps: [RepositoryID: Step] = [:]

  /// Notes a list that was left at a place; returns the first question about it.
  mutating func add(_ request: RepositoryPageRequest, leftAt place: Cursor, runBegan: Date) -> RepositoryPageRequest {
    var (front, rest) = (request, request)
    front.since = runBegan.addingTimeInterval(-Self.clockTolerance)
    rest.after = place
    steps[request.repository.id] = .front(then: rest)
    return front
  }

  /// Whether a question is about the front of a list.
  func isFront(_ request: RepositoryPageRequest) -> Bool {
    if case .front? = steps[request.repository.id] { true } else { false }
  }

  /// Notes an answer; returns the question for the rest of a list whose front ended with it.
  mutating func answered(_ request: RepositoryPageRequest, isLast: Bool) -> RepositoryPageRequest? {
    switch steps[request.repository.id] {
    case .front(let rest)?:
      guard isLast else { return nil }
      steps[request.repository.id] = .place
      return rest
    case .place?:
      steps[request.repository.id] = nil
      return nil
    case nil: return nil
    }
  }

  /// Notes a failure; returns the question that begins the list again when it was the place that failed.
  mutating func failed(_ request: RepositoryPageRequest) -> RepositoryPageRequest? {
    guard case .place? = steps.removeValue(forKey: request.repository.id) else { return nil }
    var beginning = request
    beginning.after = nil
    return beginning
  }
}
