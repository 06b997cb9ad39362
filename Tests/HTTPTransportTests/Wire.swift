import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// One connection of the loopback server.
final class Wire: Sendable {
  private let descriptor: Int32
  private let unread = Mutex<[UInt8]>([])

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// Sends text as it is; `false` when the peer is gone.
  @discardableResult
  func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    #if canImport(Darwin)
    let flags: Int32 = 0
    #else
    let flags = Int32(MSG_NOSIGNAL)
    #endif
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { write(descriptor, $0, flags) }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  private func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, _ flags: Int32) -> Int {
    #if canImport(Glibc)
    Glibc.send(descriptor, bytes.baseAddress, bytes.count, flags)
    #elseif canImport(Musl)
    Musl.send(descriptor, bytes.baseAddress, bytes.count, flags)
    #else
    Darwin.send(descriptor, bytes.baseAddress, bytes.count, flags)
    #endif
  }

  /// Sends a whole answer and keeps the connection.
  @discardableResult
  func answer(_ status: Int, _ headers: [String: String] = [:], _ body: [UInt8] = Array("ok".utf8)) -> Bool {
    let fields = headers.map { "\($0): \($1)\r\n" }.joined()
    return send(Array("HTTP/1.1 \(status) Word\r\nContent-Length: \(body.count)\r\n\(fields)\r\n".utf8) + body)
  }

  /// Waits until the peer closes or `milliseconds` have passed; `true` when it closed.
  @discardableResult
  func waitForClose(_ milliseconds: Int32 = 30_000) -> Bool {
    var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&poller, 1, milliseconds) > 0
  }

  /// Ends the connection with a reset instead of a proper close.
  func reset() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }

  func close() {
    #if canImport(Glibc)
    _ = Glibc.close(descriptor)
    #elseif canImport(Musl)
    _ = Musl.close(descriptor)
    #else
    _ = Darwin.close(descriptor)
    #endif
  }

  func readRequest() -> LoopbackServer.Received? {
    guard let head = take(until: Array("\r\n\r\n".utf8)) else { return nil }
    let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n")
    let words = lines.first?.split(separator: " ") ?? []
    guard words.count == 3 else { return nil }
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2 { headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " }) }
    }
    guard let body = take(count: headers["content-length"].flatMap { Int($0) } ?? 0) else { return nil }
    return .init(method: String(words[0]), target: String(words[1]), headers: headers, body: body)
  }

  private func take(until mark: [UInt8]) -> [UInt8]? {
    var from = 0
    while true {
      let found: [UInt8]? = unread.withLock { bytes in
        var index = max(0, from)
        while index + mark.count <= bytes.count {
          if bytes[index..<index + mark.count].elementsEqual(mark) {
            defer { bytes.removeFirst(index + mark.count) }
            return Array(bytes[..<index])
          }
          index += 1
        }
        from = bytes.count - mark.count
        return nil
      }
      if let found { return found }
      guard fill() else { return nil }
    }
  }

  private func take(count: Int) -> [UInt8]? {
    while unread.withLock({ $0.count }) < count { guard fill() else { return nil } }
    return unread.withLock { bytes in
      defer { bytes.removeFirst(count) }
      return Array(bytes.prefix(count))
    }
  }

  private func fill() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 16_384)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    guard count > 0 else { return false }
    unread.withLock { $0 += buffer[..<count] }
    return true
  }
}
