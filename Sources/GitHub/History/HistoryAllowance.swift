import KoalrDomain
import KoalrHTTPTransport
import Synchronization

/// How many requests reading files over the API may cost: what is left of the hourly budget when everything else has had its part.
///
/// One value is shared by all repositories of a run. GitHub tells with every answer how much is left; a caller with a budget of its
/// own may tell instead.
public final class HistoryAllowance: Sendable {
  /// How many requests of the hour are left to others where nothing else is said: a fifth of a user's 5,000.
  public static let usualReserve = 1000

  private struct State {
    var left: Int
    var remaining: Int?
  }
  private let state: Mutex<State>
  private let reserve: Int
  private let leftover: (@Sendable () -> Int?)?

  /// Makes an allowance.
  ///
  /// - Parameters:
  ///   - requests: the most requests in all.
  ///   - reserve: how many of the hour are not touched.
  ///   - leftover: tells how many requests are left in this hour, `nil` where nobody counts; without it the answers tell.
  public init(requests: Int = .max, reserve: Int = usualReserve, leftover: (@Sendable () -> Int?)? = nil) {
    precondition(requests >= 0 && reserve >= 0, "An allowance cannot be negative.")
    state = Mutex(State(left: requests))
    self.reserve = reserve
    self.leftover = leftover
  }

  /// Takes one request, unless there is none.
  func take() -> Bool {
    let told = leftover?()
    return state.withLock { state in
      guard state.left > 0, (told ?? state.remaining).map({ $0 > reserve }) ?? true else { return false }
      state.left -= 1
      // Until its answer comes: others ask meanwhile.
      state.remaining = state.remaining.map { $0 - 1 }
      return true
    }
  }

  /// Remembers what an answer says is left.
  func note(_ response: HTTPResponse) {
    guard let remaining = response.headers["X-RateLimit-Remaining"].flatMap({ Int($0) }) else { return }
    state.withLock { $0.remaining = remaining }
  }

  /// Remembers that GitHub gives no more.
  func end() { state.withLock { $0.left = 0 } }
}
