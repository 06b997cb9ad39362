/// The open problems of one project as the older v1 API sends them: the only place that names the versions which mend them.
struct AggregatedIssuesWire: Decodable, Sendable {
  var issues: [Issue]

  struct Issue: Decodable, Sendable {
    var id: String?
    var pkgVersions: [String]?
    var fixInfo: FixInfo?
  }

  struct FixInfo: Decodable, Sendable {
    var nearestFixedInVersion: String?
    var fixedIn: [String]?
  }
}

/// Which problems are asked for, without the long texts.
struct AggregatedIssuesQuery: Encodable, Sendable {
  var includeDescription = false
  var includeIntroducedThrough = false
  var filters = Filters()

  struct Filters: Encodable, Sendable {
    var types = ["vuln"]
  }
}
