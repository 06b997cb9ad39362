public import KoalrCore
import Synchronization

/// A notifier that keeps what it was told.
public final class RecordingNotifier: Notifier {
  private let delivered = Mutex<[Notification]>([])
  private let remote: MockRemote

  /// Makes a notifier; `failures` may make `.notify` fail.
  public init(failures: FailurePlan = .none) { remote = MockRemote(failures: failures) }

  /// What was delivered, in order.
  public var notifications: [Notification] { delivered.withLock { $0 } }

  /// Keeps a message, unless the failure plan says otherwise.
  public func notify(_ notification: Notification) async throws {
    _ = try await remote.enter(MockCall(.notify))
    delivered.withLock { $0.append(notification) }
  }
}

/// An observer that keeps what it saw.
public final class RecordingObserver: SyncObserver {
  private let seen = Mutex<[ObservedEvent]>([])

  /// Makes an observer.
  public init() {}

  /// What happened, in order.
  public var events: [ObservedEvent] { seen.withLock { $0 } }

  /// The texts of the notes, in order.
  public var notes: [String] {
    events.compactMap { event in
      if case .note(let text) = event { text } else { nil }
    }
  }

  /// Keeps an event.
  public func observe(_ event: ObservedEvent) { seen.withLock { $0.append(event) } }
}
