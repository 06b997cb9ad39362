import KoalrCore
import Synchronization

/// The other side of the mock adapters: a world, what goes wrong, and the calls that were made.
///
/// Several adapters may share one, as the services of one organisation do. All of it may be changed while a sync runs.
public final class MockRemote: Sendable {
  private let state: Mutex<State>

  /// How much comes at once.
  public let pageSizes: MockPageSizes

  /// Makes a remote side.
  public init(_ world: MockWorld = MockWorld(), failures: FailurePlan = .none, pageSizes: MockPageSizes = MockPageSizes()) {
    state = Mutex(State(world: world, failures: failures))
    self.pageSizes = pageSizes
  }

  /// What the services know now.
  public var world: MockWorld { state.withLock { $0.world } }

  /// The calls so far, in order; those that failed as well.
  public var calls: [MockCall] { state.withLock { $0.calls } }

  /// The number of calls of one operation.
  public func callCount(_ operation: MockOperation) -> Int { state.withLock { $0.calls.count { $0.operation == operation } } }

  /// Lets something happen in the world.
  public func update(_ change: (inout MockWorld) -> Void) { state.withLock { change(&$0.world) } }

  /// Replaces what goes wrong from now on.
  public func setFailures(_ failures: FailurePlan) { state.withLock { $0.failures = failures } }

  /// Forgets the calls so far, so that the failure plan counts from the start.
  public func forgetCalls() { state.withLock { $0.calls = [] } }

  /// Records a call and meets its failures.
  ///
  /// - Returns: the world, and the repositories that fail in a call about several.
  func enter(_ call: MockCall, answersEach: Bool = false) async throws -> MockAnswer {
    try Task.checkCancellation()
    let rules = state.withLock { state in
      defer { state.calls.append(call) }
      return state.failures.rules(for: call, after: state.calls)
    }
    var failed: [RepositoryID: IntegrationError] = [:]
    for rule in rules {
      switch rule.outcome {
      case .action(let action): await action()
      case .cancellation: throw CancellationError()
      case .failure(let error):
        guard answersEach, let repository = rule.repository else { throw error }
        failed[repository] = error
      }
    }
    try Task.checkCancellation()
    return MockAnswer(world: world, failed: failed)
  }

  private struct State {
    var world: MockWorld
    var failures: FailurePlan
    var calls: [MockCall] = []
  }
}

struct MockAnswer {
  var world: MockWorld
  var failed: [RepositoryID: IntegrationError]
}

/// How much the mock adapters give at once.
public struct MockPageSizes: Sendable, Hashable {
  /// Elements on a page, of every kind.
  public var elements: Int
  /// Questions answered in one call.
  public var questions: Int

  /// Makes sizes.
  public init(elements: Int = 25, questions: Int = 8) {
    precondition(elements > 0 && questions > 0, "A page holds at least one element and a call answers at least one question.")
    self.elements = elements
    self.questions = questions
  }
}
