import Foundation
import Synchronization

#if canImport(Glibc)
import Glibc
private let streamSocket = Int32(SOCK_STREAM.rawValue)
#elseif canImport(Musl)
import Musl
private let streamSocket = SOCK_STREAM
#else
import Darwin
private let streamSocket = SOCK_STREAM
#endif

/// Waits on 127.0.0.1 for the one request that brings a browser back, answers it with a plain page, and ends.
///
/// It serves one connection at a time, on a thread of its own, and reads no more of a request than its head.
final class LoopbackListener: Sendable {
  /// The most connections that are looked at.
  static let mostConnections = 100
  /// How long one connection may take for its request, in seconds.
  static let patience = 5.0
  /// How often the thread looks whether it should stop, in milliseconds.
  private static let tick: Int32 = 100

  /// The port, also where a free one was asked for.
  let port: UInt16
  private let descriptor: Int32
  private let isStopped = Atomic(false)

  /// Listens.
  ///
  /// - Parameter wanted: the port, 0 for a free one.
  /// - Throws: ``CommandError``.
  init(port wanted: UInt16) throws(CommandError) {
    let descriptor = socket(AF_INET, streamSocket, 0)
    guard descriptor >= 0 else { throw Self.refused(wanted) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    var reuses: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &reuses, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = wanted.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isUp = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && listen(descriptor, 16) == 0 && getsockname(descriptor, $0, &size) == 0
      }
    }
    guard isUp else {
      let error = Self.refused(wanted)
      close(descriptor)
      throw error
    }
    self.descriptor = descriptor
    port = UInt16(bigEndian: address.sin_port)
  }

  deinit { close(descriptor) }

  private static func refused(_ port: UInt16) -> CommandError {
    let place = port == 0 ? "127.0.0.1" : "127.0.0.1:\(port)"
    return CommandError("Could not listen on \(place): \(String(cString: strerror(errno))). Name another port with --port.")
  }

  /// Ends the waiting with a `CancellationError`.
  func stop() { isStopped.store(true, ordering: .relaxed) }

  /// Waits for a request to `path` and returns what `read` makes of its address; the browser is told whether that went well.
  ///
  /// - Throws: ``CommandError`` when nobody came in time, what `read` throws, `CancellationError`.
  func callback<Outcome: Sendable>(
    at path: String, within limit: TimeInterval, read: @escaping @Sendable (URL) throws -> Outcome
  ) async throws -> Outcome {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread {
          continuation.resume(with: Result { try self.wait(for: path, until: Self.now + limit, read) })
        }
      }
    } onCancel: {
      stop()
    }
  }

  private func wait<Outcome>(for path: String, until end: TimeInterval, _ read: (URL) throws -> Outcome) throws -> Outcome {
    for _ in 0..<Self.mostConnections {
      let connection = try accept(until: end)
      defer { close(connection) }
      guard let head = receive(connection), let target = CallbackRequest(head)?.target(at: path),
        let url = URL(string: "http://127.0.0.1:\(port)\(target)")
      else {
        send(CallbackPage.notHere, connection)
        continue
      }
      do {
        let outcome = try read(url)
        send(CallbackPage.done, connection)
        return outcome
      } catch {
        send(CallbackPage.failed, connection)
        throw error
      }
    }
    throw CommandError("Too many requests came that were none of GitHub's. Start again.")
  }

  private func accept(until end: TimeInterval) throws -> Int32 {
    while true {
      if isStopped.load(ordering: .relaxed) { throw CancellationError() }
      guard Self.now < end else { throw CommandError("Nobody authorised in time. Start again.") }
      guard Self.isReadable(descriptor) else { continue }
      #if canImport(Glibc)
      let connection = Glibc.accept(descriptor, nil, nil)
      #elseif canImport(Musl)
      let connection = Musl.accept(descriptor, nil, nil)
      #else
      let connection = Darwin.accept(descriptor, nil, nil)
      #endif
      guard connection >= 0 else { continue }
      _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
      return connection
    }
  }

  /// Reads up to the empty line; `nil` when it does not come in time or is too far.
  private func receive(_ connection: Int32) -> [UInt8]? {
    let end = Self.now + Self.patience
    var head: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 2048)
    while !head.hasEmptyLine {
      guard head.count <= CallbackRequest.mostBytes, Self.now < end, !isStopped.load(ordering: .relaxed) else { return nil }
      guard Self.isReadable(connection) else { continue }
      let count = recv(connection, &block, block.count, 0)
      guard count > 0 else { return nil }
      head += block[..<count]
    }
    return head
  }

  private func send(_ page: CallbackPage, _ connection: Int32) {
    let bytes = page.bytes
    // Small enough for the socket's buffer; a browser that has gone away misses nothing but the page.
    #if canImport(Glibc)
    _ = Glibc.send(connection, bytes, bytes.count, 0)
    #elseif canImport(Musl)
    _ = Musl.send(connection, bytes, bytes.count, 0)
    #else
    _ = Darwin.send(connection, bytes, bytes.count, 0)
    #endif
  }

  private static func isReadable(_ descriptor: Int32) -> Bool {
    var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&watched, 1, tick) > 0
  }

  /// Seconds on a clock that nobody sets.
  private static var now: TimeInterval { ProcessInfo.processInfo.systemUptime }
}

extension [UInt8] {
  fileprivate var hasEmptyLine: Bool {
    let line: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]
    return indices.dropLast(3).contains { self[$0..<$0 + 4].elementsEqual(line) }
  }
}
