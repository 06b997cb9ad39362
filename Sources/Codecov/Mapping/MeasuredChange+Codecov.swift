import KoalrDomain
import KoalrIntegrationProtocols

extension MeasuredChange {
  /// A pull request as Codecov lists it; `nil` without a number.
  init?(_ wire: PullWire) {
    guard let number = wire.pullid else { return nil }
    self.init(
      number: number, base: CoverageTotals(wire.baseTotals), head: CoverageTotals(wire.headTotals),
      patch: CoverageTotals(wire.patch), updatedAt: wire.updatestamp.flatMap(CodecovTime.parse))
  }
}

extension FileCoverage {
  /// A file of a report; `nil` when a figure is missing.
  init?(_ wire: ReportWire.FileWire) {
    guard let path = wire.name, !path.isEmpty, let totals = CoverageTotals(wire.totals) else { return nil }
    self.init(path: path, hits: totals.hits, lines: totals.lines)
  }
}
