import Foundation
import KoalrCore

/// What the peers' truth says about coverage.
struct Truth: Decodable {
  var org: String
  var now: String
  var since: String
  var repositories: [Entry]

  struct Entry: Decodable {
    var name: String
    var nodeId: String
    var `private`: Bool
    var defaultBranch: String?
    var pulls: [Pull]
    var coverage: Current?
  }

  struct Current: Decodable {
    var sha: String?
    var totals: Totals?
    var trend: [Day]
  }

  struct Totals: Decodable {
    var lines: Int
    var hits: Int
    var coverage: Double?
  }

  struct Day: Decodable {
    var day: String
    var avg: Double
  }

  struct Pull: Decodable {
    var number: Int
    var head: String
    var inWindow: Bool
    var coverage: Change?
  }

  struct Change: Decodable {
    var base: Totals?
    var head: Totals?
    var patch: [Int]?
    var changedFiles: Files?
  }

  struct Files: Decodable {
    var files: [File]
  }

  struct File: Decodable {
    var path: String
    var lines: Int
    var hits: Int
  }
}

extension Truth.Entry {
  func repository(of organization: String) throws -> Repository {
    Repository(
      id: try RepositoryID(nodeId), name: try RepositoryName("\(organization)/\(name)"), defaultBranch: defaultBranch,
      headSHA: nil)
  }
}

extension Truth.Totals {
  var value: CoverageTotals { CoverageTotals(hits: hits, lines: lines) }
}
