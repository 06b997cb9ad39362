#if HTTPServer
import Dispatch
import Foundation
import KoalrCore
import Synchronization

/// A request that was read whole and waits for its answer on a thread of the server.
final class PendingRequest: Sendable {
  let headers: [String: String]
  let body: Data
  private let isAnswered = DispatchSemaphore(value: 0)
  private let answer = Mutex<WebhookAnswer?>(nil)

  init(headers: [String: String], body: Data) {
    self.headers = headers
    self.body = body
  }

  func answer(_ answer: WebhookAnswer) {
    self.answer.withLock { $0 = answer }
    isAnswered.signal()
  }

  /// Waits for the answer; blocks the thread, which belongs to the server and waits for this request only.
  func waitForAnswer() -> WebhookAnswer? {
    isAnswered.wait()
    return answer.withLock { $0 }
  }
}
#endif
