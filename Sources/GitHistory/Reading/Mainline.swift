import KoalrDomain

/// How changes arrived on the default branch: recognises merges and squash merges by their messages.
struct Mainline {
  /// What a message says about the change it brings.
  struct Arrival: Hashable, Sendable {
    /// The number of the pull or merge request.
    var number: Int?
    /// Its title.
    var title: String
  }

  /// The default branch's name.
  var branch: String?

  /// Returns the change that a commit of the first-parent chain brought, or `nil` when it is a direct commit or only takes over
  /// what was on the server already.
  func arrival(of record: HistoryRecord, isMerge: Bool) -> Arrival? {
    isMerge ? merge(record.message) : squash(record.message)
  }

  private func merge(_ message: CommitMessage) -> Arrival? {
    let subject = message.subject
    if isPull(subject) { return nil }
    let named = Self.named(subject)
    let title = named?.title ?? (named != nil || message.mergeRequest != nil ? message.title : nil)
    return Arrival(number: named?.number ?? message.mergeRequest, title: title ?? subject)
  }

  private func squash(_ message: CommitMessage) -> Arrival? {
    if let (title, number) = Self.trailingNumber(message.subject) { return Arrival(number: number, title: title) }
    if let rest = message.subject.dropping("Merged PR "), let (number, text) = Self.leadingNumber(rest) {
      return Arrival(number: number, title: text.dropping(": ").map(String.init) ?? message.subject)
    }
    return message.mergeRequest.map { Arrival(number: $0, title: message.subject) }
  }

  /// `git pull` on the default branch: the other side is this branch itself.
  private func isPull(_ subject: String) -> Bool {
    guard let branch else { return false }
    return subject == "Merge remote-tracking branch 'origin/\(branch)'" || subject.hasPrefix("Merge branch '\(branch)' of ")
  }

  /// The ways of GitHub, Bitbucket, Azure, bors and Gitea; those without a title have it in the next line.
  private static func named(_ subject: String) -> (number: Int, title: String?)? {
    for prefix in ["Merge pull request #", "Auto merge of #", "Merge #", "Merged PR "] {
      guard let rest = subject.dropping(prefix), let (number, text) = leadingNumber(rest) else { continue }
      return (number, text.dropping(": ").map(String.init))
    }
    if let start = subject.firstRange(of: "(pull request #"), let (number, _) = leadingNumber(subject[start.upperBound...]) {
      return (number, nil)
    }
    if let rest = subject.dropping("Merge pull request '"), let end = rest.firstRange(of: "' (#"),
      let (number, _) = leadingNumber(rest[end.upperBound...])
    {
      return (number, String(rest[..<end.lowerBound]))
    }
    return trailingNumber(subject).map { ($0.number, $0.title) }
  }

  /// Reads `Make it faster (#12)`.
  private static func trailingNumber(_ subject: String) -> (title: String, number: Int)? {
    guard subject.hasSuffix(")"), let mark = subject.lastIndex(of: "#"),
      let number = number(subject[subject.index(after: mark)...].dropLast()), subject[..<mark].hasSuffix("(")
    else { return nil }
    let title = subject[..<mark].dropLast().trimmingSuffix { $0 == " " }
    return (title.isEmpty ? subject : String(title), number)
  }

  private static func leadingNumber(_ text: Substring) -> (number: Int, rest: Substring)? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    return number(digits).map { ($0, text[digits.endIndex...]) }
  }

  private static func number(_ digits: Substring) -> Int? {
    guard (1...9).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(digits).flatMap { $0 > 0 ? $0 : nil }
  }
}

extension StringProtocol {
  /// What follows `prefix`, or `nil` when it does not begin so.
  fileprivate func dropping(_ prefix: String) -> SubSequence? { hasPrefix(prefix) ? dropFirst(prefix.count) : nil }

  fileprivate func trimmingSuffix(while isPadding: (Character) -> Bool) -> SubSequence {
    var rest = self[...]
    while let last = rest.last, isPadding(last) { rest.removeLast() }
    return rest
  }
}
