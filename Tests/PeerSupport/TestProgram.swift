import CKoalrSpawn
import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A program that a test runs. Not Foundation's `Process`: on Linux its `run` reads the list of open descriptors while other tests
/// open and close theirs, and crashes once in some hundred starts; its pipes lose data.
public final class TestProgram: Sendable {
  /// How it ended, and all that it wrote.
  public struct Outcome: Sendable {
    /// What it exited with, or the number of the signal that killed it.
    public var exitCode: Int32
    /// What it wrote to standard output.
    public var standardOutput: String
    /// What it wrote to standard error.
    public var standardError: String
  }

  private let child: koalr_child

  /// Starts a program, looked up in PATH, in a process group of its own.
  ///
  /// - Parameter environment: all of its environment; that of the tests when `nil`.
  public init(_ words: [String], environment: [String: String]? = nil, wantsInput: Bool = false) throws {
    let variables = (environment ?? ProcessInfo.processInfo.environment).map { "\($0.key)=\($0.value)" }
    var child = koalr_child()
    let code = Self.withPointers(words) { words in
      Self.withPointers(variables) { variables in
        words[0].map { koalr_spawn($0, words, variables, wantsInput ? 1 : 0, &child) } ?? EINVAL
      }
    }
    guard code == 0 else {
      throw PeerError(description: "\(words.first ?? "Nothing") did not start: \(String(cString: strerror(code)))")
    }
    self.child = child
  }

  /// Runs a program to its end on a thread of its own, so that no thread of the tests waits for it.
  ///
  /// - Parameters:
  ///   - input: what it reads; nothing when `nil`.
  ///   - heard: told all that came on standard error whenever more came.
  public static func run(
    _ words: [String], environment: [String: String]? = nil, input: String? = nil,
    hearing heard: (@Sendable (String, TestProgram) -> Void)? = nil
  ) async throws -> Outcome {
    try await onThread {
      let process = try TestProgram(words, environment: environment, wantsInput: input != nil)
      if let input { process.write(input) }
      return process.finish(hearing: heard)
    }
  }

  /// Does blocking work on a thread of its own.
  static func onThread<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { continuation.resume(with: Swift.Result { try body() }) }
    }
  }

  /// Sends a signal to it and all that it started.
  public func signal(_ number: Int32) { kill(-child.pid, number) }

  /// Sends a signal to it alone.
  public func signalItself(_ number: Int32) { kill(child.pid, number) }

  /// Writes a short text to its standard input and ends that.
  func write(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty, koalr_poll(child.input, -1, -1, -1, -1) & Int32(KOALR_INPUT) != 0 {
      let count = rest.withUnsafeBytes { Glibc.write(child.input, $0.baseAddress, $0.count) }
      guard count > 0 else { break }
      rest = rest.dropFirst(count)
    }
    closeInput()
  }

  /// Ends its standard input.
  func closeInput() { close(child.input) }

  /// Returns the first line that it writes, or what there is when it ends without one.
  func firstLine() -> Data {
    var line: [UInt8] = []
    while !line.contains(UInt8(ascii: "\n")), read(child.output, into: &line) {}
    return Data(line.prefix { $0 != UInt8(ascii: "\n") })
  }

  /// Waits for its end and returns whether it exited with 0; what it writes is not read, so that has to be little.
  public func isEndingWell() -> Bool { finish(hearing: nil).exitCode == 0 }

  /// Whether it has ended.
  public var hasEnded: Bool { koalr_has_ended(child.pid, 0) != 0 }

  /// Kills it, unless it has ended, and forgets it: whatever it still writes is lost.
  ///
  /// - Returns: what it exited with, or the number of the signal that killed it.
  @discardableResult
  public func discard() -> Int32 {
    signal(SIGKILL)
    return reap()
  }

  private func reap() -> Int32 {
    var exit = koalr_exit()
    koalr_reap(child.pid, &exit)
    close(child.output)
    close(child.errors)
    return Int32(exit.signal == 0 ? exit.status : exit.signal)
  }

  private func finish(hearing heard: (@Sendable (String, TestProgram) -> Void)?) -> Outcome {
    var output: [UInt8] = [], errors: [UInt8] = []
    var open = (output: child.output, errors: child.errors)
    while open.output >= 0 || open.errors >= 0 {
      let ready = koalr_poll(-1, open.output, open.errors, -1, -1)
      if ready & Int32(KOALR_OUTPUT) != 0, !read(open.output, into: &output) { open.output = -1 }
      if ready & Int32(KOALR_ERRORS) != 0 {
        if !read(open.errors, into: &errors) { open.errors = -1 }
        heard?(String(decoding: errors, as: UTF8.self), self)
      }
    }
    return Outcome(
      exitCode: reap(), standardOutput: String(decoding: output, as: UTF8.self),
      standardError: String(decoding: errors, as: UTF8.self))
  }

  /// Waits for bytes and adds them; returns whether more may come.
  private func read(_ descriptor: Int32, into bytes: inout [UInt8]) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        bytes += buffer[..<count]
        return true
      }
      guard count < 0, errno == EAGAIN || errno == EINTR else { return false }
      _ = koalr_poll(-1, descriptor, -1, -1, -1)
    }
  }

  private static func withPointers<Result>(_ words: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result) -> Result {
    let pointers = words.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers + [nil])
  }
}
