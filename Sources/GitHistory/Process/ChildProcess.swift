import CKoalrSpawn
import KoalrDomain

/// A program to run.
struct ChildCommand: Sendable {
  /// Its name, looked up in PATH, or its path.
  var program: String
  /// Its arguments, without its name.
  var arguments: [String]
  /// Its whole environment.
  var environment: [String: String]
  /// What it reads from standard input; nothing when `nil`.
  var input: [UInt8]?
  /// It is stopped when it takes longer.
  var timeLimit: Duration?
}

/// How a program ended.
struct ChildExit: Sendable {
  /// Its exit status; `nil` when a signal ended it.
  var status: Int?
  /// The signal that ended it.
  var signal: Int?
  /// The processor time it and its finished descendants took.
  var cpu: Duration
  /// The beginning of what it wrote to standard error.
  var errorText: [UInt8]
  /// Whether it was stopped for taking longer than its limit.
  var timedOut: Bool
}

/// Why a program could not be started.
struct ChildStartError: Error {
  /// An `errno` value.
  var code: Int32
}

/// Runs programs: one thread a child that reads, writes and waits with `poll`, a bounded queue towards the consumer.
///
/// Foundation's `Process` with pipes loses data on Linux and `waitUntilExit` waits for grandchildren; this does neither.
enum ChildProcess {
  /// Starts the program, hands its standard output to `body`, and returns when the program has ended.
  ///
  /// When the task is cancelled, or `body` returns early or throws, the program and everything it started are stopped.
  static func run<Outcome>(
    _ command: ChildCommand, body: (ChildOutput) async throws -> Outcome
  ) async throws -> (outcome: Outcome, exit: ChildExit) {
    try Task.checkCancellation()
    let pump = try ChildPump.start(command)
    let result: Result<Outcome, any Error>
    do {
      let outcome = try await withTaskCancellationHandler {
        try await body(ChildOutput(pump: pump))
      } onCancel: {
        pump.cancel()
      }
      result = .success(outcome)
    } catch {
      result = .failure(error)
    }
    let exit = await withTaskCancellationHandler {
      pump.abandon()
      return await pump.exit()
    } onCancel: {
      pump.cancel()
    }
    let outcome = try result.get()
    try Task.checkCancellation()
    return (outcome, exit)
  }
}

/// A running program's standard output, block by block.
struct ChildOutput: Sendable {
  fileprivate let pump: ChildPump

  /// Returns the next block, or `nil` at the end. Reading on is what makes the program go on: at most a few blocks wait.
  func next() async throws -> [UInt8]? {
    let block = await pump.next()
    try Task.checkCancellation()
    return block
  }

  /// Returns all that is left, up to `limit` bytes; the rest is read and dropped.
  func collect(limit: Int) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    while let block = try await next() {
      bytes += block.prefix(max(0, limit - bytes.count))
    }
    return bytes
  }
}
