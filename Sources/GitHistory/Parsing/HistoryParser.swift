import KoalrDomain

/// Reads what ``HistoryFormat/arguments`` make git print: for every commit a header of six fields, its raw entries, its counts.
///
/// Any bytes are accepted; what cannot be understood is counted in ``malformed`` and skipped. Paths and names that are not UTF-8 have
/// U+FFFD where git has other bytes, because the domain's paths are text: two such paths may look the same.
struct HistoryParser {
  /// Tokens that could not be understood.
  private(set) var malformed = 0
  private var tokens = NulTokenizer()
  private var state = State.entry
  private var record: HistoryRecord?
  private var pending: ChangedFile?
  private var counts: (additions: Int, deletions: Int) = (0, 0)
  private var counted = 0
  private var finished: [HistoryRecord] = []

  private enum State {
    case entry, parents, time, email, name, message
    case path, previousPath, renamedPath
    case countedPrevious, countedPath
  }

  /// Reads a block and returns the commits that are complete.
  mutating func feed(_ block: [UInt8]) -> [HistoryRecord] {
    var tokens = self.tokens
    self.tokens = NulTokenizer()
    tokens.feed(block) { take($0) }
    self.tokens = tokens
    defer { finished.removeAll(keepingCapacity: true) }
    return finished
  }

  /// Returns the last commit.
  mutating func finish() -> [HistoryRecord] {
    var tokens = self.tokens
    tokens.finish { take($0) }
    self.tokens = NulTokenizer()
    if state != .entry { malformed += 1 }
    state = .entry
    endRecord()
    defer { finished.removeAll() }
    return finished
  }

  private mutating func take(_ token: UnsafeBufferPointer<UInt8>) {
    switch state {
    case .entry: takeEntry(token)
    case .parents: set(\.parents, Self.commits(token), then: .time)
    case .time: set(\.committedAt, Self.time(token), then: .email)
    case .email: set(\.authorEmail, PlainLine.text(token), then: .name)
    case .name: set(\.authorName, PlainLine.text(token), then: .message)
    case .message: set(\.message, CommitMessage(token), then: .entry)
    case .path: takePath(token)
    case .previousPath:
      pending?.previousPath = Self.path(token)
      state = .renamedPath
    case .renamedPath: takePath(token)
    case .countedPrevious: state = .countedPath
    case .countedPath:
      state = .entry
      count(path: Self.path(token))
    }
  }

  private mutating func set<Value>(_ part: WritableKeyPath<HistoryRecord, Value>, _ value: Value, then next: State) {
    record?[keyPath: part] = value
    state = next
  }

  private mutating func takeEntry(_ token: UnsafeBufferPointer<UInt8>) {
    // git puts a line feed between a message and the first entry.
    let entry = token.first == 0x0A ? UnsafeBufferPointer(rebasing: token.dropFirst()) : token
    switch entry.first {
    case nil: return
    case UInt8(ascii: "C"): startRecord(entry)
    case UInt8(ascii: ":"): takeRaw(entry)
    default: takeCounts(entry)
    }
  }

  private mutating func startRecord(_ entry: UnsafeBufferPointer<UInt8>) {
    endRecord()
    guard let sha = CommitID(rawValue: String(decoding: entry.dropFirst(), as: UTF8.self)) else { return malformed += 1 }
    record = HistoryRecord(sha: sha)
    counted = 0
    state = .parents
  }

  private mutating func endRecord() {
    guard let record else { return }
    finished.append(record)
    self.record = nil
  }

  /// Reads `:100644 100644 OLD NEW M`; the path follows, for a rename both paths.
  private mutating func takeRaw(_ entry: UnsafeBufferPointer<UInt8>) {
    guard record != nil, let space = entry.lastIndex(of: 0x20), space + 1 < entry.count else { return malformed += 1 }
    let status: ChangedFile.Status? =
      switch entry[space + 1] {
      case UInt8(ascii: "A"): .added
      case UInt8(ascii: "M"), UInt8(ascii: "T"): .modified
      case UInt8(ascii: "D"): .removed
      case UInt8(ascii: "R"): .renamed
      default: nil
      }
    guard let status else { return malformed += 1 }
    pending = ChangedFile(path: "", status: status, additions: nil, deletions: nil)
    state = status == .renamed ? .previousPath : .path
  }

  private mutating func takePath(_ token: UnsafeBufferPointer<UInt8>) {
    state = .entry
    guard var file = pending.take() else { return }
    guard (record?.files.count ?? 0) < HistoryRecord.maximumFiles else {
      record?.hasTooManyFiles = true
      return
    }
    file.path = Self.path(token)
    record?.files.append(file)
  }

  /// Reads `12\t3\tPATH`, or `12\t3\t` before both paths of a rename; a binary file has `-` twice.
  private mutating func takeCounts(_ entry: UnsafeBufferPointer<UInt8>) {
    guard record != nil, let first = entry.firstIndex(of: 0x09), let second = entry[(first + 1)...].firstIndex(of: 0x09),
      let additions = Self.number(entry[..<first]), let deletions = Self.number(entry[(first + 1)..<second])
    else { return malformed += 1 }
    counts = (additions, deletions)
    let path = UnsafeBufferPointer(rebasing: entry[(second + 1)...])
    if path.isEmpty {
      state = .countedPrevious
    } else {
      count(path: Self.path(path))
    }
  }

  /// Gives the counts to their file. Both lists have the same order.
  private mutating func count(path: String) {
    guard let files = record?.files, record?.hasTooManyFiles == false else { return }
    let index = counted < files.count && files[counted].path == path ? counted : files.firstIndex { $0.path == path }
    guard let index else { return malformed += 1 }
    record?.files[index].additions = counts.additions
    record?.files[index].deletions = counts.deletions
    counted = index + 1
  }

  private static func path(_ token: UnsafeBufferPointer<UInt8>) -> String { String(decoding: token, as: UTF8.self) }

  private static func commits(_ token: UnsafeBufferPointer<UInt8>) -> [CommitID] {
    token.split(separator: 0x20).compactMap { CommitID(rawValue: String(decoding: $0, as: UTF8.self)) }
  }

  private static func time(_ token: UnsafeBufferPointer<UInt8>) -> Date {
    let seconds = Double(String(decoding: token.prefix(32), as: UTF8.self)) ?? 0
    return Date(timeIntervalSince1970: min(max(seconds.isFinite ? seconds.rounded() : 0, 0), HistoryRecord.latestSecond))
  }

  private static func number(_ digits: some Collection<UInt8>) -> Int? {
    if digits.elementsEqual(CollectionOfOne(UInt8(ascii: "-"))) { return 0 }
    guard (1...18).contains(digits.count) else { return nil }
    var value = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return nil }
      value = value * 10 + Int(digit - 0x30)
    }
    return value
  }
}
