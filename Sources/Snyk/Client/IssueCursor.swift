import KoalrIntegrationProtocols

/// Where a run through the issues stands: first what is open, then what was resolved.
struct IssueCursor: Hashable, Sendable {
  var status: Status = .open
  /// Counts the pages of this status, so that a list which goes in circles ends.
  var page = 1
  /// Snyk's own position; `nil` at the beginning.
  var position: String?

  enum Status: String, Sendable {
    case open, resolved
  }
}

extension IssueCursor {
  /// A run's beginning, or a stored place; `nil` when the text is not one.
  init?(_ cursor: Cursor?) {
    guard let cursor else {
      self.init()
      return
    }
    let parts = cursor.rawValue.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let status = Status(rawValue: String(parts[0])), let page = Int(parts[1]),
      (1...SnykClient.mostPages).contains(page)
    else { return nil }
    self.init(status: status, page: page, position: parts[2].isEmpty ? nil : String(parts[2]))
  }

  /// The place as it is stored.
  var cursor: Cursor { Cursor("\(status.rawValue)/\(page)/\(position ?? "")") }

  /// The place after this page; `nil` after the last one.
  func advanced(to next: String?) -> Self? {
    if let next { return Self(status: status, page: page + 1, position: next) }
    return status == .open ? Self(status: .resolved) : nil
  }
}
