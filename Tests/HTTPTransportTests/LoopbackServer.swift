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

/// A tiny HTTP server on 127.0.0.1 that does exactly what a test tells it to, wrong things included.
///
/// One thread accepts, one thread serves each connection. A handler that returns `true` keeps the connection open;
/// a greeting is sent before anything was asked.
final class LoopbackServer: Sendable {
  struct Received: Sendable {
    var method: String
    var target: String
    var headers: [String: String]
    var body: [UInt8]
  }
  typealias Handler = @Sendable (Received, Wire) -> Bool

  let port: UInt16
  private let listener: Int32
  private let state = Mutex<[Received]>([])

  init(greeting: String = "", _ handler: @escaping Handler) throws {
    listener = socket(AF_INET, streamSocket, 0)
    let listener = self.listener
    port = try Self.bound(listener)
    guard listen(listener, 512) == 0 else { throw Failure(code: errno) }
    spawnThread { [weak self] in
      while true {
        let descriptor = accept(listener, nil, nil)
        guard descriptor >= 0 else { return }
        guard let server = self else {
          close(descriptor)
          return
        }
        let wire = Wire(descriptor: descriptor)
        wire.send(greeting)
        spawnThread { server.serve(wire, handler) }
      }
    }
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  struct Failure: Error { var code: Int32 }

  /// What has arrived so far.
  var received: [Received] { state.withLock { $0 } }
  private func serve(_ wire: Wire, _ handler: Handler) {
    defer { wire.close() }
    while let request = wire.readRequest() {
      state.withLock { $0.append(request) }
      guard handler(request, wire) else { return }
    }
  }

  /// A port nobody listens on, and nobody else gets while the tests run: it is bound and stays so.
  static func closedPort() throws -> UInt16 { try bound(socket(AF_INET, streamSocket, 0)) }

  private static func bound(_ descriptor: Int32) throws -> UInt16 {
    var address = Self.address(port: 0)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
      }
    }
    guard isBound else { throw Failure(code: errno) }
    return UInt16(bigEndian: address.sin_port)
  }

  private static func address(port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
  }
}

/// Runs a body on a detached thread of its own.
private func spawnThread(_ body: @escaping @Sendable () -> Void) {
  final class Box {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  let box = Unmanaged.passRetained(Box(body))
  #if canImport(Darwin)
  var thread: pthread_t?
  #else
  var thread = pthread_t()
  #endif
  let code = pthread_create(
    &thread, nil,
    { raw in
      #if canImport(Darwin)
      Unmanaged<Box>.fromOpaque(raw).takeRetainedValue().body()
      #else
      if let raw { Unmanaged<Box>.fromOpaque(raw).takeRetainedValue().body() }
      #endif
      return nil
    }, box.toOpaque())
  guard code == 0 else { return box.release() }
  #if canImport(Darwin)
  if let thread { pthread_detach(thread) }
  #else
  pthread_detach(thread)
  #endif
}
