/// The head of a request to the loopback listener.
struct CallbackRequest {
  /// The most bytes of a head that are read; browsers send cookies of every program on loopback along.
  static let mostBytes = 32_768

  private let target: Substring

  /// Reads `GET /callback?… HTTP/1.1`; `nil` for everything else.
  init?(_ head: [UInt8]) {
    let line = head.prefix { $0 != 0x0D && $0 != 0x0A }
    guard line.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
    let words = String(decoding: line, as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 3, words[0] == "GET", words[1].hasPrefix("/"), words[2].hasPrefix("HTTP/1.") else { return nil }
    target = words[1]
  }

  /// Path and query, when the path is this one.
  func target(at path: String) -> Substring? { target.prefix { $0 != "?" && $0 != "#" } == path ? target : nil }
}

/// A plain page for the browser that came back.
struct CallbackPage {
  private let status: String
  private let text: String

  static let done = Self(status: "200 OK", text: "GitHub has answered. You can close this page and go back to the terminal.")
  static let failed = Self(
    status: "400 Bad Request", text: "That did not work; the terminal says why. You can close this page.")
  static let notHere = Self(status: "404 Not Found", text: "There is nothing here.")

  /// The whole answer. Nothing of the request is repeated, and the address, which holds the code, goes nowhere.
  var bytes: [UInt8] {
    let lines = [
      "HTTP/1.1 \(status)", "Content-Type: text/plain; charset=utf-8", "Content-Length: \(text.utf8.count + 1)",
      "Cache-Control: no-store", "Referrer-Policy: no-referrer", "X-Content-Type-Options: nosniff", "Connection: close", "",
      text + "\n",
    ]
    return Array(lines.joined(separator: "\r\n").utf8)
  }
}
