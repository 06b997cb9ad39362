/// Goes through the lines of a file by GitLab's rules.
struct GitLabReader {
  private let bytes: [UInt8]
  private var contents: FileContents
  private var sections = SectionCollector()
  private var pattern = Pattern()
  private var line = 0..<0
  private var number = 0

  static func read(_ bytes: [UInt8]) -> FileContents {
    var reader = Self(bytes)
    reader.read()
    return reader.contents
  }

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
    contents = FileContents(bytes)
  }

  private mutating func read() {
    guard contents.checkRoom(bytes) else { return }
    contents.noteByteOrderMark(bytes)
    for index in 0..<contents.lines.count {
      (line, number) = (contents.lines.content(index, of: bytes), index + 1)
      let content = bytes.trimmingLine(line)
      if !content.isEmpty, bytes[content.lowerBound] != .hash { read(content) }
    }
    sections.finish(&contents)
  }

  private mutating func read(_ content: Range<Int>) {
    guard SectionHeader.begins(bytes[content]) else { return readRule(content, notesOwners: true) }
    guard let header = SectionHeader(bytes[content]) else {
      note(.invalidSectionFormat(content.lowerBound))
      // What is wrong with it has been said.
      return readRule(content, notesOwners: false)
    }
    begin(header)
  }

  private mutating func begin(_ header: SectionHeader) {
    let name = String(decoding: bytes[header.name], as: UTF8.self)
    if name.allSatisfy(\.isWhitespace) { note(.missingSectionName(header.name.lowerBound)) }
    if let approvals = header.approvals {
      if approvals == 0 { note(.noApprovals(header.name.upperBound + 2)) }
      if approvals > 0, header.isOptional { note(.approvalsOfOptional(header.name.upperBound + 2, approvals)) }
    }
    if !header.ignored.isEmpty { note(.ignoredText(header.ignored.lowerBound)) }
    let (owners, malformed) = owners(in: header.owners)
    if let word = malformed.first { note(.malformedDefaultOwner(bytes[word])) }
    let section = CodeOwnersSection(
      name: name, line: number, isOptional: header.isOptional, approvals: max(header.approvals ?? 1, 1),
      defaultOwners: owners)
    sections.begin(section, header: number, &contents)
  }

  private mutating func readRule(_ content: Range<Int>, notesOwners: Bool) {
    let isExclusion = bytes[content.lowerBound] == .bang
    let start = content.lowerBound + (isExclusion ? 1 : 0)
    let range = start..<bytes.endOfPattern(in: start..<content.upperBound)
    guard !range.isEmpty else { return add(.nothingExcluded(content.lowerBound), .lineSkipped) }
    guard range.count <= CodeOwnersParser.maximumPatternBytes else { return add(.patternTooLong(range), .lineSkipped) }
    let whole = GitLabPattern(bytes[range])
    whole.read(into: &pattern)
    if notesOwners, pattern.isImpossible { note(.neverMatchesAtGitLab(start)) }
    if sections.terms == nil { beginUnnamed() }
    let words = isExclusion ? range.upperBound..<range.upperBound : range.upperBound..<content.upperBound
    let owners = ownerList(in: words, notes: notesOwners)
    let inherits = !isExclusion && bytes[words].allSatisfy(\.isBlank)
    if notesOwners, inherits { noteNobody(range) }
    let entry = RuleTable.Entry(
      line: Int32(number), pattern: ByteRange(range), owners: owners, inherits: inherits,
      isExclusion: isExclusion)
    sections.add(entry, whole, pattern, &contents)
  }

  /// The section of rules before any header.
  private mutating func beginUnnamed() {
    let section = CodeOwnersSection(name: "codeowners", line: number, isOptional: false, approvals: 1, defaultOwners: [])
    sections.begin(section, header: 0, &contents)
  }

  private mutating func noteNobody(_ pattern: Range<Int>) {
    if Owner(gitLab: bytes[pattern]) != nil { note(.ownerAsPattern(pattern.lowerBound)) }
    if sections.terms?.defaultOwners.isEmpty == true { note(.missingEntryOwner(pattern.lowerBound)) }
  }

  /// Returns the number of a rule's list of owners.
  private mutating func ownerList(in range: Range<Int>, notes: Bool) -> Int32 {
    let text = contents.table.ownerLists.text(range, of: bytes)
    if let known = contents.table.ownerLists.find(text, in: bytes) { return known }
    let (owners, malformed) = owners(in: range)
    guard let first = malformed.first else { return contents.table.ownerLists.insert(owners, text, in: bytes) }
    // What is wrong with it is said each time.
    if notes { note(.malformedOwner(bytes[first], in: malformed.map { bytes[$0] })) }
    return contents.table.ownerLists.insert(owners)
  }

  private func owners(in range: Range<Int>) -> (owners: [Owner], malformed: [Range<Int>]) {
    var owners: [Owner] = []
    var malformed: [Range<Int>] = []
    for word in bytes.words(in: range) {
      if let owner = Owner(gitLab: bytes[word]) { owners.append(owner) } else { malformed.append(word) }
    }
    return (owners, malformed)
  }

  private mutating func note(_ fault: LineFault) { add(fault, .note) }

  private mutating func add(_ fault: LineFault, _ effect: CodeOwnersDiagnostic.Effect) {
    guard contents.diagnostics.hasRoom else { return }
    contents.diagnostics.add(fault.diagnostic(line: number, start: line.lowerBound, effect: effect))
  }
}
