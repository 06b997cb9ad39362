import CKoalrSpawn
import KoalrDomain
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The thread behind a running child and what it shares with the consumer.
///
/// No continuation is resumed while the lock is held, and cancelling only sets a flag and writes to the wake pipe, so that neither
/// can wait for the other.
final class ChildPump: Sendable {
  /// The most blocks that wait for the consumer.
  static let maximumWaitingBlocks = 4
  /// The most bytes in one block; a pipe holds as much.
  static let blockSize = 65_536
  /// The most bytes of standard error that are kept.
  static let maximumErrorText = 65_536
  /// How long a cancelled child may take to tidy up.
  static let grace: Duration = .seconds(2)

  private struct State {
    var blocks: [[UInt8]] = []
    var outputEnded = false
    var cancelled = false
    var exit: ChildExit?
    var wake: Int32 = -1
    var reader: CheckedContinuation<[UInt8]?, Never>?
    var waiter: CheckedContinuation<ChildExit, Never>?
  }

  let child: koalr_child
  let wakeReading: Int32
  let input: [UInt8]
  let timeLimit: Duration?
  private let state: Mutex<State>

  private init(child: koalr_child, wakeReading: Int32, wakeWriting: Int32, command: ChildCommand) {
    self.child = child
    self.wakeReading = wakeReading
    input = command.input ?? []
    timeLimit = command.timeLimit
    state = Mutex(State(wake: wakeWriting))
  }

  static func start(_ command: ChildCommand) throws -> ChildPump {
    var reading: Int32 = -1
    var writing: Int32 = -1
    let failure = koalr_pipe(&reading, &writing)
    guard failure == 0 else { throw ChildStartError(code: failure) }
    var child = koalr_child()
    let refused = spawn(command, &child)
    guard refused == 0 else {
      close(reading)
      close(writing)
      throw ChildStartError(code: refused)
    }
    let pump = ChildPump(child: child, wakeReading: reading, wakeWriting: writing, command: command)
    let retained = Unmanaged.passRetained(pump)
    let unstarted = koalr_start_thread(
      { context in
        let pump = Unmanaged<ChildPump>.fromOpaque(context).takeRetainedValue()
        var loop = ChildLoop(pump: pump)
        loop.run()
      }, retained.toOpaque())
    guard unstarted == 0 else {
      retained.release()
      pump.cancel()
      var loop = ChildLoop(pump: pump)
      loop.run()
      throw ChildStartError(code: unstarted)
    }
    return pump
  }

  private static func spawn(_ command: ChildCommand, _ child: inout koalr_child) -> Int32 {
    let words = [command.program] + command.arguments
    let settings = command.environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    // A NUL inside would cut the word short and change its meaning.
    guard (words + settings).allSatisfy({ !$0.utf8.contains(0) }) else { return EINVAL }
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var environment: [UnsafeMutablePointer<CChar>?] = settings.map { strdup($0) } + [nil]
    defer { for text in arguments + environment { free(text) } }
    return koalr_spawn(command.program, &arguments, &environment, command.input == nil ? 0 : 1, &child)
  }
}

// MARK: the consumer's side

extension ChildPump {
  func next() async -> [UInt8]? {
    await withCheckedContinuation { continuation in
      let ready: [UInt8]?? = state.withLock { state in
        if !state.blocks.isEmpty {
          // The thread waits for room only where there is none.
          if state.blocks.count >= Self.maximumWaitingBlocks { Self.wake(state) }
          return state.blocks.removeFirst()
        }
        if state.outputEnded { return .some(nil) }
        state.reader = continuation
        return .none
      }
      if let ready { continuation.resume(returning: ready) }
    }
  }

  func exit() async -> ChildExit {
    await withCheckedContinuation { continuation in
      let ready: ChildExit? = state.withLock { state in
        if state.exit == nil { state.waiter = continuation }
        return state.exit
      }
      if let ready { continuation.resume(returning: ready) }
    }
  }

  func cancel() {
    state.withLock { state in
      state.cancelled = true
      Self.wake(state)
    }
  }

  /// Stops the child unless its output was read to the end.
  func abandon() {
    state.withLock { state in
      guard !state.outputEnded || !state.blocks.isEmpty else { return }
      state.cancelled = true
      Self.wake(state)
    }
  }

  private static func wake(_ state: borrowing State) {
    guard state.wake >= 0 else { return }
    var byte: UInt8 = 1
    _ = write(state.wake, &byte, 1)
  }
}

// MARK: the thread's side

extension ChildPump {
  var isCancelled: Bool { state.withLock { $0.cancelled } }

  var hasRoom: Bool { state.withLock { $0.blocks.count < Self.maximumWaitingBlocks } }

  func deliver(_ block: [UInt8]) {
    let reader = state.withLock { state -> CheckedContinuation<[UInt8]?, Never>? in
      if state.cancelled { return nil }
      guard let reader = state.reader.take() else {
        state.blocks.append(block)
        return nil
      }
      return reader
    }
    reader?.resume(returning: block)
  }

  /// Hands over the end of the output and of the program: together, because the consumer needs both and each wakes it.
  func finish(_ exit: ChildExit) {
    let (reader, waiter) = state.withLock { state in
      state.exit = exit
      state.outputEnded = true
      // Both ends under the lock: a late wake must not meet a pipe without a reader, which would raise SIGPIPE.
      close(state.wake)
      close(wakeReading)
      state.wake = -1
      return (state.reader.take(), state.waiter.take())
    }
    reader?.resume(returning: nil)
    waiter?.resume(returning: exit)
  }
}
