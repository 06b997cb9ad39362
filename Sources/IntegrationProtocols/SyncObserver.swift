public import KoalrDomain

/// Told what happens, for the logs and metrics of the host. Calls must return at once; they come from many tasks.
public protocol SyncObserver: Sendable {
  /// Something happened.
  func observe(_ event: ObservedEvent)
}

/// Something worth a log line or a counter.
public enum ObservedEvent: Sendable {
  /// One exchange with a service ended. `resource` is the vendor's word for the budget: `rest`, `graphql`.
  case request(service: Connection.Service, resource: String, operation: String, status: Int?, duration: Duration)
  /// A service charged something beside the request itself: GraphQL points.
  case charge(service: Connection.Service, unit: String, amount: Int)
  /// A failure is tried again after a pause.
  case retry(service: Connection.Service, operation: String, attempt: Int, delay: Duration, reason: String)
  /// Requests to a service wait until then, because of a limit: `reason` says of which, safe in any log.
  case wait(service: Connection.Service, until: Date, reason: String)
  /// A child process ended, and the processor time it took.
  case childProcess(program: String, cpu: Duration)
  /// Something a person may want to know; safe in any log.
  case note(String)
}

/// An observer that does nothing.
public struct SilentObserver: SyncObserver {
  /// Makes the observer.
  public init() {}
  /// Does nothing.
  public func observe(_ event: ObservedEvent) {}
}

extension SyncObserver where Self == SilentObserver {
  /// An observer that does nothing.
  public static var silent: SilentObserver { SilentObserver() }
}
