#if HTTPServer
import CKoalrMicrohttpd
import KoalrCore

/// The first line and the headers of a request.
struct RequestHead {
  private let connection: OpaquePointer
  private let path: String
  private let method: String

  init(_ connection: OpaquePointer, path: String, method: String) {
    self.connection = connection
    self.path = path
    self.method = method
  }

  static let tooLarge = WebhookAnswer(status: 413, text: "the body is too large")

  /// What can be answered without the body; `nil` for a delivery, whose headers are kept then.
  func earlyAnswer(_ listener: HTTPListener, _ request: IncomingRequest) -> WebhookAnswer? {
    if path == "/health" { return WebhookAnswer(status: 200, text: "ok") }
    guard path == listener.path else { return WebhookAnswer(status: 404, text: "nothing is here") }
    guard method == "POST" else { return WebhookAnswer(status: 405, text: "webhooks are posted") }
    MHD_get_connection_values(connection, .HEADER_KIND, keepHeader, Unmanaged.passUnretained(request).toOpaque())
    guard request.headerCount <= HTTPListener.maximumHeaders else {
      return WebhookAnswer(status: 431, text: "there are too many headers")
    }
    let length = request.headers["content-length"].flatMap(Int.init) ?? 0
    return length > listener.bodyLimit ? Self.tooLarge : nil
  }
}

/// Called by the library for each header. Two of one name are joined, as HTTP has it.
private func keepHeader(
  _ context: UnsafeMutableRawPointer?, _ kind: MHD_ValueKind, _ name: UnsafePointer<CChar>?, _ value: UnsafePointer<CChar>?
) -> MHD_Result {
  guard let context, let name else { return .YES }
  let request = Unmanaged<IncomingRequest>.fromOpaque(context).takeUnretainedValue()
  request.headerCount += 1
  guard request.headerCount <= HTTPListener.maximumHeaders else { return .NO }
  let key = String(cString: name).lowercased()
  let text = value.map { String(cString: $0) } ?? ""
  request.headers[key] = request.headers[key].map { "\($0), \(text)" } ?? text
  return .YES
}
#endif
