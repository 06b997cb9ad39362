import Foundation
import Synchronization

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// One request on its way through `URLSession`: what has arrived, who waits for it, and why it was stopped.
///
/// The waiter is never resumed, and the task never cancelled, while the lock is held: `URLSessionTask.cancel()` takes the session's
/// queue synchronously, and the task record of the waiter may be locked by the one who cancels.
final class Exchange: Sendable {
  private enum Stop {
    case cancelled
    case tooLarge
  }
  private struct State {
    var waiter: CheckedContinuation<HTTPResponse, any Error>?
    var response: HTTPURLResponse?
    var body = Data()
    var stop: Stop?
  }
  private let state = Mutex(State())
  private let task: URLSessionTask
  private let url: URL
  private let maximumBytes: Int

  init(task: URLSessionTask, url: URL, maximumBytes: Int) {
    self.task = task
    self.url = url
    self.maximumBytes = maximumBytes
  }

  /// Starts the task and waits for its end. The order matters: a task cancelled before `resume()` may end before anybody waits.
  func run() async throws -> HTTPResponse {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        state.withLock { $0.waiter = continuation }
        task.resume()
        if state.withLock({ $0.stop != nil }) { task.cancel() }
      }
    } onCancel: {
      let isRunning = state.withLock { state in
        state.stop = state.stop ?? .cancelled
        return state.waiter != nil
      }
      if isRunning { task.cancel() }
    }
  }

  func receive(_ response: HTTPURLResponse) { state.withLock { $0.response = response } }

  /// Keeps a piece of the decoded body, or stops the exchange when the whole would be too large.
  func receive(_ data: Data) {
    let isTooLarge = state.withLock { state in
      guard state.stop == nil else { return false }
      guard data.count <= maximumBytes - state.body.count else {
        state.stop = .tooLarge
        state.body = Data()
        return true
      }
      state.body.append(data)
      return false
    }
    if isTooLarge { task.cancel() }
  }

  func complete(with error: (any Error)?) {
    let (waiter, result) = state.withLock { state in
      defer { state.waiter = nil }
      return (state.waiter, outcome(of: state, error: error))
    }
    waiter?.resume(with: result)
  }

  private func outcome(of state: State, error: (any Error)?) -> Result<HTTPResponse, any Error> {
    switch (state.stop, error) {
    case (.tooLarge, _): return .failure(TransportError.tooLarge(limit: maximumBytes))
    case (.cancelled, .some): return .failure(CancellationError())
    case (_, nil): break
    case (nil, let error?):
      // Refusing a Basic challenge ends the task as if cancelled, with the whole 401 answer in hand.
      let isRefusedChallenge = (error as? URLError)?.code == .cancelled && state.response?.statusCode == 401
      guard isRefusedChallenge else { return .failure(TransportError(error)) }
    }
    guard let response = state.response else {
      return .failure(TransportError.unreachable("the connection closed before an answer arrived"))
    }
    return .success(HTTPResponse(response, body: state.body, requested: url))
  }
}

extension HTTPResponse {
  fileprivate init(_ response: HTTPURLResponse, body: Data, requested url: URL) {
    var headers = HTTPHeaders()
    for (name, value) in response.allHeaderFields {
      if let name = name as? String, let value = value as? String { headers[name] = value }
    }
    self.init(status: response.statusCode, headers: headers, body: body, url: response.url ?? url)
  }
}
