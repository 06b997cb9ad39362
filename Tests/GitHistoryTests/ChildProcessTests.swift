import Foundation
import PeerSupport
import KoalrDomain
import Testing

@testable import KoalrGitHistory

struct ChildProcessTests {
  private func shell(_ script: String, input: [UInt8]? = nil, limit: Duration? = nil) -> ChildCommand {
    ChildCommand(
      program: "sh", arguments: ["-c", script], environment: ["PATH": "/usr/bin:/bin"], input: input, timeLimit: limit)
  }

  @Test func `a large output arrives whole, also through many children at once`() async throws {
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<24 {
        group.addTask {
          let command = shell("head -c 1000000 /dev/zero; echo failed >&2; exit 3")
          let (output, exit) = try await ChildProcess.run(command) { try await $0.collect(limit: .max) }
          #expect(exit.status == 3 && exit.errorText == Array("failed\n".utf8))
          return output.count
        }
      }
      for try await count in group { #expect(count == 1_000_000) }
    }
  }

  @Test func `input is fed while output is read`() async throws {
    let input = [UInt8](repeating: 65, count: 3_000_000)
    let (output, exit) = try await ChildProcess.run(shell("cat", input: input)) { try await $0.collect(limit: .max) }
    #expect(output == input && exit.status == 0)
  }

  @Test func `a child that does not want its input is no harm`() async throws {
    let input = [UInt8](repeating: 65, count: 3_000_000)
    let (output, exit) = try await ChildProcess.run(shell("echo done", input: input)) { try await $0.collect(limit: 100) }
    #expect(output == Array("done\n".utf8) && exit.status == 0)
  }

  @Test func `errors are kept up to a limit and never block`() async throws {
    let command = shell("head -c 500000 /dev/zero | tr '\\0' x >&2; echo end")
    let (output, exit) = try await ChildProcess.run(command) { try await $0.collect(limit: 100) }
    #expect(output == Array("end\n".utf8) && exit.errorText.count == ChildPump.maximumErrorText)
  }

  @Test func `cancelling ends the child and what it started`() async throws {
    let folder = try ScratchFolder()
    let task = Task {
      let script = "trap '' TERM; sleep 600 & echo $! >'\(folder.path)/grandchild'; echo ready; wait; sleep 600"
      _ = try await ChildProcess.run(shell(script)) { output in
        _ = try await output.next()
        withUnsafeCurrentTask { $0?.cancel() }
        while try await output.next() != nil {}
      }
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    let grandchild = try #require(Int32(folder.read("grandchild").trimmingCharacters(in: .newlines)))
    #expect(try await Self.goes(grandchild))
  }

  /// Whether a process that was killed ends: it does when it is scheduled the next time.
  private static func goes(_ pid: Int32) async throws -> Bool {
    for _ in 0..<1000 {
      if try isGone(pid) { return true }
      try await Task.sleep(for: .milliseconds(10))
    }
    return false
  }

  /// A killed process may still be a zombie that nobody reaps in a container.
  private static func isGone(_ pid: Int32) throws -> Bool {
    guard kill(pid, 0) == 0 else { return true }
    let status = (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)) ?? ""
    return status.contains(") Z ") || status.isEmpty
  }

  @Test func `leaving early stops the child`() async throws {
    let (first, exit) = try await ChildProcess.run(shell("yes")) { try await $0.next()?.first }
    #expect(first == UInt8(ascii: "y") && exit.status == nil && exit.signal != nil)
  }

  @Test func `a child that takes too long is stopped`() async throws {
    let (_, exit) = try await ChildProcess.run(shell("exec sleep 600", limit: .milliseconds(50))) {
      try await $0.collect(limit: 10)
    }
    #expect(exit.timedOut && exit.signal == 15)
  }

  @Test func `a background process that keeps standard error open does not hold up the end`() async throws {
    let (output, exit) = try await ChildProcess.run(shell("sleep 20 >/dev/null & echo done")) { try await $0.collect(limit: 10) }
    #expect(output == Array("done\n".utf8) && exit.status == 0)
  }

  @Test func `a missing program and a NUL in an argument are errors`() async throws {
    let missing = ChildCommand(program: "koalr-no-such-program", arguments: [], environment: [:])
    await #expect(throws: ChildStartError.self) { try await ChildProcess.run(missing) { _ in } }
    await #expect(throws: ChildStartError.self) { try await ChildProcess.run(shell("echo a\u{0}b")) { _ in } }
  }

  @Test func `a child gets default signals and no descriptors but its own`() async throws {
    let leaked = open("/dev/null", O_RDONLY)
    defer { close(leaked) }
    let (output, _) = try await ChildProcess.run(shell("ls /proc/self/fd 2>/dev/null; grep SigIgn /proc/self/status")) {
      try await $0.collect(limit: 1000)
    }
    let lines = String(decoding: output, as: UTF8.self).split(separator: "\n")
    // ls itself opens the folder it lists.
    #expect(lines.isEmpty || (lines.count <= 5 && !lines.contains("\(leaked)") || leaked <= 3))
    // Signals 32 and 33 belong to the C library.
    let ignored = lines.last.flatMap { UInt64($0.suffix(16), radix: 16) }
    #expect(lines.isEmpty || ignored.map { $0 & 0x7FFF_FFFF } == 0)
  }

  @Test func `descriptors do not pile up`() async throws {
    // Pipes are what a child leaves behind; other tests open files meanwhile.
    func count() -> Int {
      let folder = "/proc/self/fd"
      let open = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      return open.count {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)"))?.hasPrefix("pipe:") == true
      }
    }
    let before = count()
    for _ in 0..<200 { _ = try await ChildProcess.run(shell("exit 0")) { try await $0.collect(limit: 1) } }
    // Other tests run meanwhile.
    #expect(count() < before + 150)
  }
}
