/// A pattern as a row of segments and gaps, to be compared with others.
struct PatternRow {
  private let steps: [CoverStep<Segment>]

  /// What one segment may be.
  private enum Segment {
    case any
    case shape([CoverStep<Character>])
  }

  /// What one character may be.
  private enum Character {
    case any
    case one(UInt32)
    case of(GlobSet)
  }

  /// Reads a pattern; `nil` for one that matches nothing, and for one that is not UTF-8.
  init?(_ text: String, _ dialect: CodeOwnersParser.Dialect) {
    guard let (pattern, ownsSubtree) = dialect.pattern(text), dialect == .gitLab || pattern.canMatchAtGitHub else { return nil }
    var steps: [CoverStep<Segment>] = []
    for segment in pattern.segments {
      switch segment {
      case .anyDepth: steps.append(.gap)
      case .anyOne: steps.append(.one(.any))
      case .impossible: return nil
      case .literal(let range):
        guard let shape = Self.shape(pattern.bytes[range].map(GlobToken.byte), pattern.sets) else { return nil }
        steps.append(.one(.shape(shape)))
      case .glob(let range):
        guard let shape = Self.shape(pattern.tokens[range], pattern.sets) else { return nil }
        steps.append(.one(.shape(shape)))
      }
    }
    // At the end "**" is at least one segment.
    if pattern.segments.last == .anyDepth {
      steps.insert(.one(.any), at: steps.count - 1)
    } else if ownsSubtree {
      steps.append(.gap)
    }
    self.steps = steps
  }

  /// Whether it provably matches all that another one matches.
  func covers(_ other: Self, _ budget: ProofBudget) -> Bool {
    let proof = CoverProof<Segment>(any: .any, covers: { Self.covers($0, $1, budget) }, budget: budget)
    return proof.holds(steps, over: other.steps)
  }

  private static func covers(_ outer: Segment, _ inner: Segment, _ budget: ProofBudget) -> Bool {
    switch (outer, inner) {
    case (.any, _): true
    case (.shape, .any): false
    case (.shape(let outer), .shape(let inner)):
      CoverProof<Character>(any: .any, covers: covers, budget: budget).holds(outer, over: inner)
    }
  }

  private static func covers(_ outer: Character, _ inner: Character) -> Bool {
    switch (outer, inner) {
    case (.any, _): true
    case (.one(let outer), .one(let inner)): outer == inner
    case (.of(let set), .one(let character)): set.contains(character)
    case (.of(let outer), .of(let inner)): outer == inner
    case (.one, _), (.of, .any): false
    }
  }

  private static func shape(_ tokens: some Sequence<GlobToken>, _ sets: [GlobSet]) -> [CoverStep<Character>]? {
    var steps: [CoverStep<Character>] = []
    var bytes: [UInt8] = []
    func flush() -> Bool {
      guard let text = String(validating: bytes, as: UTF8.self) else { return false }
      steps += text.unicodeScalars.map { .one(.one($0.value)) }
      bytes = []
      return true
    }
    for token in tokens {
      if let byte = token.byte {
        bytes.append(byte)
        continue
      }
      guard flush() else { return nil }
      steps.append(token == .run ? .gap : .one(token.set.map { .of(sets[$0]) } ?? .any))
    }
    return flush() ? steps : nil
  }
}

extension PatternRow {
  /// A path that the pattern matches, and others are unlikely to; `nil` when a set of characters makes it hard to say.
  var witness: String? {
    let segments = steps.map { step in
      switch step {
      case .gap, .one(.any): Self.odd
      case .one(.shape(let shape)): Self.witness(of: shape)
      }
    }
    return segments.contains(nil) ? nil : segments.compactMap(\.self).joined(separator: "/")
  }

  private static let odd: String? = "\u{1}"

  private static func witness(of shape: [CoverStep<Character>]) -> String? {
    var text = ""
    for step in shape {
      switch step {
      case .gap, .one(.any): text += "\u{1}"
      case .one(.one(let value)): text.unicodeScalars.append(Unicode.Scalar(value) ?? "\u{1}")
      case .one(.of(let set)):
        guard !set.isNegated, let scalar = set.ranges.first.flatMap({ Unicode.Scalar($0.lowerBound) }), scalar != "/" else {
          return nil
        }
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
