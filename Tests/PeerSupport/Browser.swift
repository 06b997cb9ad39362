public import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// A browser in the hands of a test: it opens an address, and says where it is sent instead of going there by itself.
public final class Browser: Sendable {
  /// What a server answered.
  public struct Page: Sendable {
    /// The status.
    public var status: Int
    /// Where it sends the browser.
    public var location: URL?
    /// The text.
    public var text: String
  }

  private final class Staying: NSObject, URLSessionTaskDelegate, Sendable {
    func urlSession(
      _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
      newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
      completionHandler(nil)
    }
  }

  private let session = URLSession(configuration: .ephemeral, delegate: Staying(), delegateQueue: nil)

  /// Makes a browser.
  public init() {}

  deinit { session.finishTasksAndInvalidate() }

  /// Opens an address.
  public func open(_ address: URL, method: String = "GET") async throws -> Page {
    var request = URLRequest(url: address)
    request.httpMethod = method
    return try await withCheckedThrowingContinuation { continuation in
      let task = session.dataTask(with: request) { data, response, error in
        guard let response = response as? HTTPURLResponse else {
          return continuation.resume(throwing: error ?? PeerError(description: "no answer"))
        }
        let location = response.value(forHTTPHeaderField: "Location").flatMap(URL.init(string:))
        let text = String(decoding: data ?? Data(), as: UTF8.self)
        continuation.resume(returning: Page(status: response.statusCode, location: location, text: text))
      }
      task.resume()
    }
  }
}
