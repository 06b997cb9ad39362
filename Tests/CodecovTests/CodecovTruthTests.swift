import KoalrCodecov
import KoalrCore
import PeerSupport
import Testing

@Suite(.enabled(if: Peers.available, Comment(rawValue: Peers.absence)))
struct CodecovTruthTests {
  @Test(arguments: [1, 2])
  func `every measured repository has the figures of the truth`(seed: Int) async throws {
    let world = try await World.seed(seed)
    let codecov = try world.codecov()
    let measured = try await allMeasured(codecov)
    var compared = 0
    for entry in world.truth.repositories {
      let repository = try world.repository(entry)
      let found = try await codecov.coverage(
        of: repository, trendSince: world.now.addingTimeInterval(-31 * 86_400), now: world.now)
      guard measured.contains(repository.name), let truth = entry.coverage, let totals = truth.totals else {
        #expect(found == nil, "\(entry.name) is not measured")
        continue
      }
      let coverage = try #require(found, "\(entry.name)")
      #expect(coverage.repositoryID == repository.id)
      #expect(coverage.sha.rawValue == truth.sha)
      #expect(coverage.hits == totals.hits && coverage.lines == totals.lines)
      #expect(coverage.percent == totals.coverage)
      #expect(coverage.measuredAt != nil)
      let trend = try #require(coverage.trend)
      #expect(trend.map(\.day) == truth.trend.map(\.day))
      for (point, day) in zip(trend, truth.trend) { #expect(abs(point.percent - day.avg) < 0.00001) }
      compared += 1
    }
    #expect(compared > 5)
    #expect(try await world.complaints() == [])
  }

  @Test(arguments: [1, 2])
  func `every change in the window has the figures of the truth`(seed: Int) async throws {
    let world = try await World.seed(seed)
    let codecov = try world.codecov()
    let measured = try await allMeasured(codecov)
    var compared = 0
    for entry in world.truth.repositories {
      let repository = try world.repository(entry)
      let changes = try await allChanges(codecov, in: repository, since: world.since)
      guard measured.contains(repository.name) else {
        #expect(changes.isEmpty)
        continue
      }
      let known = entry.pulls.filter { $0.inWindow && $0.coverage != nil }
      #expect(Set(changes.keys) == Set(known.map(\.number)), "\(entry.name)")
      for pull in known {
        let change = try #require(changes[pull.number])
        #expect(change.base == pull.coverage?.base?.value && change.head == pull.coverage?.head?.value)
        #expect(change.patch == pull.coverage?.patch.map { CoverageTotals(hits: $0[0], lines: $0[0] + $0[1] + $0[2]) })
        #expect(change.updatedAt != nil)
        compared += 1
      }
    }
    #expect(compared > 100)
    #expect(try await world.complaints() == [])
  }

  @Test(arguments: [1, 2])
  func `changed files have the coverage of the truth at the head`(seed: Int) async throws {
    let world = try await World.seed(seed)
    let codecov = try world.codecov()
    let measured = try await allMeasured(codecov)
    var files = 0
    var without = 0
    for entry in world.truth.repositories {
      let repository = try world.repository(entry)
      guard measured.contains(repository.name) else { continue }
      for pull in entry.pulls where pull.inWindow && pull.coverage != nil {
        let found = try await codecov.fileCoverage(in: repository, at: try CommitID(pull.head))
        guard let truth = pull.coverage?.changedFiles else {
          #expect(found == nil, "\(entry.name)#\(pull.number) has no complete head")
          without += 1
          continue
        }
        let byPath = Dictionary((found ?? []).map { ($0.path, $0.totals) }, uniquingKeysWith: { first, _ in first })
        for file in truth.files {
          #expect(byPath[file.path] == CoverageTotals(hits: file.hits, lines: file.lines), "\(entry.name) \(file.path)")
          files += 1
        }
      }
    }
    #expect(files > 100 && without > 0)
    #expect(try await world.complaints() == [])
  }

  private func allMeasured(_ codecov: CodecovCoverage) async throws -> Set<RepositoryName> {
    let measured = try await AllPages { try await codecov.measuredRepositories(after: $0) }
    #expect(measured.gaps == [])
    return Set(measured.elements.map(\.name))
  }

  private func allChanges(
    _ codecov: CodecovCoverage, in repository: Repository, since: Date
  ) async throws -> [Int: MeasuredChange] {
    let changes = try await AllPages { try await codecov.changeCoverage(in: repository, since: since, after: $0) }
    #expect(changes.gaps == [])
    return Dictionary(changes.elements.map { ($0.number, $0) }, uniquingKeysWith: { $1 })
  }
}
