#if HTTPServer
import CKoalrMicrohttpd
import Foundation
import KoalrCore
import Synchronization

/// An HTTP server on libmicrohttpd: reads requests with limits for everything, and hands those to the webhook over as a sequence.
///
/// The library's threads read, and wait for the answer of one request each. `daemon` is only touched by `init` and ``stop()``, and
/// the library's functions may be called from any thread; the rest is immutable or behind a lock.
final class HTTPListener: @unchecked Sendable {
  /// Requests to the webhook, in the order they were read.
  let requests: AsyncStream<PendingRequest>
  let path: String
  let bodyLimit: Int
  private let pending: AsyncStream<PendingRequest>.Continuation
  private var daemon: OpaquePointer?
  /// Bytes of bodies that are in memory now.
  private let held = Mutex(0)

  static let threads: UInt32 = 4
  /// Headers of one request; GitHub sends about fifteen.
  static let maximumHeaders = 100
  static let headerBytes = 65_536
  static let idleSeconds: UInt32 = 10
  /// Bytes of all bodies together, as so many bodies of the largest size.
  static let bodiesInMemory = 8

  /// - Throws: ``ProgramError`` when it cannot listen there.
  init(_ arguments: Arguments) throws {
    (requests, pending) = AsyncStream.makeStream()
    (path, bodyLimit) = (arguments.path, arguments.bodyLimit)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = arguments.port.bigEndian
    guard inet_pton(AF_INET, arguments.address, &address.sin_addr) == 1 else {
      throw ProgramError("--address needs an IPv4 address such as 127.0.0.1.")
    }
    let limits = koalr_http_limits(
      threads: Self.threads, connections: UInt32(arguments.connectionLimit), idle_seconds: Self.idleSeconds,
      header_bytes: Self.headerBytes)
    daemon = koalr_http_start(&address, limits, answerRequest, forgetRequest, Unmanaged.passUnretained(self).toOpaque())
    guard daemon != nil else {
      throw ProgramError("Could not listen at \(arguments.address):\(arguments.port); is the port taken?")
    }
  }

  /// The port it listens on.
  var port: UInt16 { daemon.map(koalr_http_port) ?? 0 }

  /// Takes no more connections, answers what has come, and ends the sequence.
  func stop() async {
    await withCheckedContinuation { continuation in
      // The library waits for its threads, and those for answers.
      Thread.detachNewThread {
        if let daemon = self.daemon { MHD_stop_daemon(daemon) }
        self.daemon = nil
        self.pending.finish()
        continuation.resume()
      }
    }
  }

  /// Hands a request over and waits for the answer.
  func answer(_ request: IncomingRequest) -> WebhookAnswer {
    let size = request.body.count
    let fits = held.withLock { held in
      guard held + size <= Self.bodiesInMemory * bodyLimit else { return false }
      held += size
      return true
    }
    guard fits else { return Self.busy }
    defer { held.withLock { $0 -= size } }
    let waiting = PendingRequest(headers: request.headers, body: request.body)
    guard case .enqueued = pending.yield(waiting) else { return Self.busy }
    return waiting.waitForAnswer() ?? Self.busy
  }

  static let busy = WebhookAnswer(status: 503, text: "deliver again later")
}

/// Called by the library for the head of a request, for each part of its body, and at its end.
private func answerRequest(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ url: UnsafePointer<CChar>?,
  _ method: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?, _ data: UnsafePointer<CChar>?,
  _ size: UnsafeMutablePointer<Int>?, _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
  guard let context, let connection, let url, let method, let size, let state else { return .NO }
  let listener = Unmanaged<HTTPListener>.fromOpaque(context).takeUnretainedValue()
  guard let known = state.pointee else {
    let request = IncomingRequest(limit: listener.bodyLimit)
    state.pointee = Unmanaged.passRetained(request).toOpaque()
    let head = RequestHead(connection, path: String(cString: url), method: String(cString: method))
    guard let answer = head.earlyAnswer(listener, request) else { return .YES }
    return send(answer, on: connection)
  }
  let request = Unmanaged<IncomingRequest>.fromOpaque(known).takeUnretainedValue()
  guard !request.isLate else { return .NO }
  if size.pointee > 0 {
    request.append(UnsafeRawBufferPointer(start: data, count: size.pointee))
    size.pointee = 0
    return .YES
  }
  return send(request.isTooLarge ? RequestHead.tooLarge : listener.answer(request), on: connection)
}

/// Called by the library when a request is done with, however it ended.
private func forgetRequest(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
  _ reason: MHD_RequestTerminationCode
) {
  guard let known = state?.pointee else { return }
  Unmanaged<IncomingRequest>.fromOpaque(known).release()
  state?.pointee = nil
}

private func send(_ answer: WebhookAnswer, on connection: OpaquePointer) -> MHD_Result {
  var text = Array((answer.text + "\n").utf8)
  guard let response = MHD_create_response_from_buffer(text.count, &text, .RESPMEM_MUST_COPY) else { return .NO }
  defer { MHD_destroy_response(response) }
  MHD_add_response_header(response, "Content-Type", "text/plain; charset=utf-8")
  return MHD_queue_response(connection, UInt32(answer.status), response)
}
#endif
