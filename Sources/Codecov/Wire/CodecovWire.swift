// What Codecov's API v2 sends, as far as it is read. Everything is optional: "required" fields are null now and then.

/// One page of any list.
struct PageWire<Row: Decodable & Sendable>: Decodable, Sendable {
  var next: String?
  var results: [Row]
}

struct OwnerWire: Decodable, Sendable {
  var username: String?
}

struct RepositoryWire: Decodable, Sendable {
  var name: String?
  var `private`: Bool?
  var activated: Bool?
  var totals: TotalsWire?
}

struct TotalsWire: Decodable, Sendable {
  var hits: Int?
  var lines: Int?
  /// Cut to two decimals; null (commits) or 0 (reports) when nothing is coverable.
  var coverage: Double?
}

struct CommitWire: Decodable, Sendable {
  var commitid: String?
  var timestamp: String?
  /// `complete`, `pending`, `error`, `skipped`.
  var state: String?
  var parent: String?
  var totals: TotalsWire?
}

struct PullWire: Decodable, Sendable {
  var pullid: Int?
  var baseTotals: TotalsWire?
  var headTotals: TotalsWire?
  var patch: PatchWire?
  var updatestamp: String?

  enum CodingKeys: String, CodingKey {
    case pullid, patch, updatestamp
    case baseTotals = "base_totals"
    case headTotals = "head_totals"
  }
}

/// Null when there is no comparison; all zero when nothing coverable changed.
struct PatchWire: Decodable, Sendable {
  var hits: Int?
  var misses: Int?
  var partials: Int?
}

/// One day of the trend.
struct PointWire: Decodable, Sendable {
  var timestamp: String?
  var avg: Double?
}

struct ReportWire: Decodable, Sendable {
  var files: [FileWire]

  struct FileWire: Decodable, Sendable {
    var name: String?
    var totals: TotalsWire?
  }
}

/// An error's text: `detail` from the API itself, `error` from the server around it.
struct ProblemWire: Decodable, Sendable {
  var detail: String?
  var error: String?
}
