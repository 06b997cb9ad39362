/// Goes through the lines of a file and collects rules and diagnostics.
struct FileReader {
  private(set) var rules: [CodeOwnersRule] = []
  private(set) var diagnostics = DiagnosticList()
  private(set) var trie = PatternTrie()
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func read() {
    guard bytes.count <= CodeOwnersParser.maximumBytes else {
      return diagnostics.add(
        1, 1, "the file has \(bytes.count) bytes; GitHub does not load one of more than 3 MB", .fileSkipped)
    }
    if bytes.count > CodeOwnersParser.cautiousBytes {
      diagnostics.add(1, 1, "the file has \(bytes.count) bytes; GitHub may not load it, its limit is 3 MB", .note)
    }
    var start = 0
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      start = 3
      diagnostics.add(
        1, 1, "the file begins with a byte order mark, which is left out here; GitHub does not say what it does", .note)
    }
    var line = 1
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: .newline) ?? bytes.count
      read(bytes[start..<end], line: line)
      start = end + 1
      line += 1
    }
    trie.finish()
  }

  private mutating func read(_ content: ArraySlice<UInt8>, line: Int) {
    switch LineReader(content).read() {
    case .blank: return
    case .invalid(let column, let reason): diagnostics.add(line, column, reason, .lineSkipped)
    case .rule(let rule):
      if let (column, reason) = rule.doubt { diagnostics.add(line, column, reason, .note) }
      trie.insert(rule.segments, rule: rules.count)
      rules.append(
        CodeOwnersRule(line: line, pattern: String(decoding: rule.pattern, as: UTF8.self), owners: rule.owners))
    }
  }
}

/// Diagnostics up to a limit.
struct DiagnosticList {
  private(set) var kept: [CodeOwnersDiagnostic] = []

  mutating func add(_ line: Int, _ column: Int, _ reason: String, _ effect: CodeOwnersDiagnostic.Effect) {
    guard kept.count < CodeOwnersParser.maximumDiagnostics else { return }
    let isLast = kept.count == CodeOwnersParser.maximumDiagnostics - 1
    kept.append(
      CodeOwnersDiagnostic(
        line: line, column: column, reason: isLast ? reason + "; there may be more, which are not listed" : reason, effect: effect
      ))
  }
}
