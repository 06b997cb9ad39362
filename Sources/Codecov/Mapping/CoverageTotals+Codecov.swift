import KoalrDomain

extension CoverageTotals {
  /// Totals of a report; `nil` unless both figures are there and possible.
  init?(_ wire: TotalsWire?) {
    guard let hits = wire?.hits, let lines = wire?.lines, hits >= 0, hits <= lines else { return nil }
    self.init(hits: hits, lines: lines)
  }

  /// Totals of the added lines. Codecov counts partly run lines apart from misses; both are coverable and not hit.
  init?(_ wire: PatchWire?) {
    guard let hits = wire?.hits, let misses = wire?.misses, let partials = wire?.partials,
      [hits, misses, partials].allSatisfy({ (0...Self.mostLines).contains($0) })
    else { return nil }
    self.init(hits: hits, lines: hits + misses + partials)
  }

  /// More lines than any change has; keeps sums of outside numbers from overflowing.
  private static var mostLines: Int { 1_000_000_000 }
}
