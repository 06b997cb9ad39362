#if SQLite
import CKoalrSpawn
import Foundation

/// This program once more, as a process of its own.
struct Child {
  private var child: koalr_child

  static func start(_ arguments: [String]) throws -> Child {
    guard let program = Bundle.main.executablePath else { throw CocoaError(.fileNoSuchFile) }
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
    var environment: [UnsafeMutablePointer<CChar>?] =
      ProcessInfo.processInfo.environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + environment { free(text) } }
    var child = koalr_child()
    let error = koalr_spawn(program, &words, &environment, 0, &child)
    guard error == 0 else { throw POSIXError(POSIXErrorCode(rawValue: error) ?? .ENOENT) }
    return Child(child: child)
  }

  /// Whether it has ended already.
  var hasEnded: Bool { koalr_has_ended(child.pid, 0) == 1 }

  /// Ends it without a word, as a crash or the kernel would.
  func kill() { Foundation.kill(child.pid, SIGKILL) }

  /// Waits for its end and returns what it wrote; a few lines at most, for nobody reads while it runs.
  func finish() -> (status: Int32, output: String, errors: String) {
    _ = koalr_has_ended(child.pid, 1)
    var result = koalr_exit()
    koalr_reap(child.pid, &result)
    defer { for descriptor in [child.output, child.errors] { close(descriptor) } }
    return (result.status, Self.text(of: child.output), Self.text(of: child.errors))
  }

  private static func text(of descriptor: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = read(descriptor, &buffer, buffer.count)
    return String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
  }
}
#endif
