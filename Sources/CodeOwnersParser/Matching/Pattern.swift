/// A pattern cut at its slashes, ready for a matcher, whatever dialect it came from.
///
/// Readers use one value again for pattern after pattern, so that reading leaves no garbage:
/// ```swift
/// pattern.removeAll()
/// pattern.add(byte: UInt8(ascii: "a"))
/// pattern.addRun()
/// pattern.endSegment()            // a*
/// ```
struct Pattern: Sendable {
  private(set) var segments: [PatternSegment] = []
  /// What the literal segments refer to, each with a slash behind it, so that names from the start on are a path.
  private(set) var bytes: [UInt8] = []
  /// What the globs refer to.
  private(set) var tokens: [GlobToken] = []
  /// What `GlobToken.set` refers to.
  private(set) var sets: [GlobSet] = []
  private var impossibleSegments = 0
  private var start = 0
  private var hasTokens = false
  private var runs = 0

  mutating func removeAll() {
    segments.removeAll(keepingCapacity: true)
    impossibleSegments = 0
    bytes.removeAll(keepingCapacity: true)
    if !tokens.isEmpty { tokens.removeAll(keepingCapacity: true) }
    if !sets.isEmpty { sets.removeAll(keepingCapacity: true) }
    beginSegment()
  }

  /// Adds a byte that matches itself.
  mutating func add(byte: UInt8) {
    if hasTokens { tokens.append(.byte(byte)) } else { bytes.append(byte) }
  }

  /// Adds bytes that match themselves.
  mutating func add(bytes: ArraySlice<UInt8>) {
    guard hasTokens else { return self.bytes += bytes }
    for byte in bytes { tokens.append(.byte(byte)) }
  }

  /// Adds any number of bytes: `*`. Two of them that are a whole segment are `**`.
  mutating func addRun() {
    useTokens()
    runs += 1
    if tokens.count == start || tokens.last != .run { tokens.append(.run) }
  }

  /// Adds any one character: `?`.
  mutating func addCharacter() {
    useTokens()
    tokens.append(.character)
  }

  /// Adds one character out of a set: `[a-z]`.
  mutating func add(_ set: GlobSet) {
    useTokens()
    tokens.append(.set(UInt32(sets.count)))
    sets.append(set)
  }

  /// Ends what was added since the last segment.
  mutating func endSegment() {
    add(openSegment)
    if bytes.count > start, !hasTokens { bytes.append(.slash) }
    beginSegment()
  }

  mutating func add(_ segment: PatternSegment) {
    segments.append(segment)
    if segment == .impossible { impossibleSegments += 1 }
  }

  /// Puts `**` before everything else.
  mutating func float() { segments.insert(.anyDepth, at: 0) }

  mutating func replaceLast(by segment: PatternSegment) {
    if segments.removeLast() == .impossible { impossibleSegments -= 1 }
    add(segment)
  }

  /// Whether no path has what it asks for: nothing between two slashes.
  var isImpossible: Bool { impossibleSegments > 0 }

  /// Where the segments at its end begin that match whatever follows: `**`, or `**` and one `*`.
  var endBeforeAnything: Int {
    var end = segments.count
    if end > 1, segments[end - 1] == .anyOne, segments[end - 2] == .anyDepth { end -= 1 }
    while end > 0, segments[end - 1] == .anyDepth { end -= 1 }
    return end
  }

  private var openSegment: PatternSegment {
    guard hasTokens else { return bytes.count == start ? .impossible : .literal(start..<bytes.count) }
    guard runs > 0, tokens.count == start + 1 else { return .glob(start..<tokens.count) }
    return runs == 2 ? .anyDepth : .anyOne
  }

  private mutating func beginSegment() {
    start = bytes.count
    hasTokens = false
    runs = 0
  }

  /// Turns what is open from bytes into tokens.
  private mutating func useTokens() {
    guard !hasTokens else { return }
    hasTokens = true
    let literal = start..<bytes.count
    start = tokens.count
    for place in literal { tokens.append(.byte(bytes[place])) }
    bytes.removeLast(literal.count)
  }
}

/// What stands between two slashes of a pattern.
enum PatternSegment: Hashable, Sendable {
  /// Exactly these of the pattern's bytes.
  case literal(Range<Int>)
  /// One segment, whatever it is: `*`.
  case anyOne
  /// Any number of segments: `**`.
  case anyDepth
  /// These of the pattern's tokens: `*.js`.
  case glob(Range<Int>)
  /// Nothing that a path can hold: between two slashes.
  case impossible
}

extension Pattern {
  /// Whether it matches any path by GitHub's rules: two `**` at the start, or nothing between two slashes, ask for an empty segment there.
  var canMatchAtGitHub: Bool {
    !isImpossible && !(segments.count > 1 && segments[0] == .anyDepth && segments[1] == .anyDepth)
  }
}
