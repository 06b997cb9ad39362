/// A place of a pattern: one symbol, or a gap that any number of symbols fits in.
enum CoverStep<Symbol> {
  case one(Symbol)
  case gap
}

/// Proves that a row of symbols with gaps fits everything that another one fits.
///
/// It goes along the inner row and keeps the places of the outer row that are reached for certain, whatever stands at the inner
/// row's symbols and in its gaps. So an answer of yes is a proof; no may also mean that only several symbols together cover one,
/// or that the rows are too long to be worth it.
struct CoverProof<Symbol> {
  /// Rows from this length on are left alone: places are bits of a word.
  static var maximumLength: Int { 63 }
  /// How many situations are looked at.
  static var maximumSituations: Int { 2_000 }

  /// A symbol that stands for all of them.
  let any: Symbol
  /// Whether one symbol of the outer row fits everything that one of the inner row fits.
  let covers: (_ outer: Symbol, _ inner: Symbol) -> Bool
  /// Pays for every place that a situation goes on from.
  let budget: ProofBudget

  func holds(_ outer: [CoverStep<Symbol>], over inner: [CoverStep<Symbol>]) -> Bool {
    guard outer.count <= Self.maximumLength, inner.count <= Self.maximumLength else { return false }
    var seen = Array(repeating: Set<UInt64>(), count: inner.count + 1)
    var situations: [(place: Int, reached: UInt64)] = []
    var left = Self.maximumSituations
    func reach(_ place: Int, _ reached: UInt64) {
      if seen[place].insert(reached).inserted { situations.append((place, reached)) }
    }
    reach(0, opened(1, outer))
    while let (place, reached) = situations.popLast() {
      left -= 1
      budget.charge(outer.count)
      guard reached != 0, left > 0, !budget.isSpent else { return false }
      guard place < inner.count else {
        if reached & (1 << outer.count) == 0 { return false }
        continue
      }
      switch inner[place] {
      case .one(let symbol): reach(place + 1, step(reached, symbol, outer))
      case .gap:
        reach(place + 1, reached)
        reach(place, step(reached, any, outer))
      }
    }
    return true
  }

  private func step(_ reached: UInt64, _ symbol: Symbol, _ outer: [CoverStep<Symbol>]) -> UInt64 {
    var next: UInt64 = 0
    for (place, step) in outer.enumerated() where reached & (1 << place) != 0 {
      switch step {
      case .gap: next |= 1 << place
      case .one(let own): if covers(own, symbol) { next |= 1 << (place + 1) }
      }
    }
    return opened(next, outer)
  }

  /// A gap may hold nothing.
  private func opened(_ reached: UInt64, _ outer: [CoverStep<Symbol>]) -> UInt64 {
    var reached = reached
    for (place, step) in outer.enumerated() where reached & (1 << place) != 0 {
      if case .gap = step { reached |= 1 << (place + 1) }
    }
    return reached
  }
}
