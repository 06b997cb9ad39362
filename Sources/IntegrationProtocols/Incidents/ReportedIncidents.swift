public import KoalrDomain

/// An incident source over a list that is known already: a file that people keep, or what an incident tool exported.
///
/// ```swift
/// let incidents = try ReportedIncidents(jsonLines: try Data(contentsOf: file))
/// let sources = SyncSources(codeHost: gitHub, incidents: incidents)
/// ```
///
/// A file has one JSON object in each line; lines without anything are skipped:
///
/// ```json
/// {"id": "PD-123", "source": "pagerduty", "repository": "acme/api", "title": "Checkout down", "startedAt": "2026-11-20T12:00:00Z"}
/// ```
///
/// `id`, `title` and `startedAt` are needed; `source` (`file`), `repository`, `resolvedAt`, `confidence` (1) and `commit` (40 digits: the
/// one behind it) may be left out. An incident of a repository that is not read is kept without one.
public struct ReportedIncidents: Sendable {
  /// The most bytes of a file.
  public static let maximumBytes = 64 << 20
  /// The most bytes of a line.
  public static let maximumLineBytes = 64 << 10
  /// The most incidents.
  public static let maximumIncidents = 100_000

  private let reports: [ReportedIncident]
  private static let pageSize = 500

  /// Makes a source over reports; of two with one identity the first counts.
  public init(_ reports: [ReportedIncident]) {
    var seen: Set<IncidentID> = []
    self.reports = reports.filter { seen.insert($0.incident.id).inserted }
  }

  /// Reads JSON Lines.
  ///
  /// - Throws: ``IncidentFileError`` for the first line that is wrong; nothing is taken from such a file.
  public init(jsonLines bytes: some Sequence<UInt8>) throws {
    let decoder = JSONDecoder()
    var reports: [ReportedIncident] = []
    var lines: [IncidentID: Int] = [:]
    try Self.forEachLine(of: bytes) { number, line in
      guard reports.count < Self.maximumIncidents else {
        throw IncidentFileError(
          line: number, problem: "there are more than \(Self.maximumIncidents) incidents", advice: "leave out the oldest")
      }
      let report = try Self.read(line, number: number, decoder)
      if let first = lines.updateValue(number, forKey: report.incident.id) {
        throw IncidentFileError(
          line: number, problem: "its id is that of line \(first)", advice: "give each incident one line and an id of its own")
      }
      reports.append(report)
    }
    self.reports = reports
  }

  private static func read(_ line: Data, number: Int, _ decoder: JSONDecoder) throws -> ReportedIncident {
    do {
      return try decoder.decode(IncidentLine.self, from: line).report
    } catch let wrong as IncidentLine.Problem {
      throw IncidentFileError(line: number, problem: wrong.problem, advice: wrong.advice)
    } catch {
      throw IncidentFileError(line: number, problem: "it is not JSON", advice: "write one JSON object in each line")
    }
  }

  private static func forEachLine(of bytes: some Sequence<UInt8>, _ body: (Int, Data) throws -> Void) throws {
    var line = Data()
    var (number, total) = (1, 0)
    for byte in bytes {
      total += 1
      guard byte != 0x0A else {
        if !isBlank(line) { try body(number, line) }
        line.removeAll(keepingCapacity: true)
        number += 1
        continue
      }
      guard line.count < maximumLineBytes, total <= maximumBytes else {
        let (what, limit) = line.count < maximumLineBytes ? ("the file", maximumBytes) : ("it", maximumLineBytes)
        throw IncidentFileError(line: number, problem: "\(what) has more than \(limit) bytes", advice: "shorten it")
      }
      line.append(byte)
    }
    if !isBlank(line) { try body(number, line) }
  }

  private static func isBlank(_ line: Data) -> Bool { line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D } }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension ReportedIncidents: IncidentSource {
  public func incidents(
    in repositories: RepositoryDirectory, since: Date, after cursor: Cursor?
  ) async throws -> Page<Incident> {
    try Task.checkCancellation()
    let start = cursor.map { Int($0.rawValue) ?? -1 } ?? 0
    guard (0...reports.count).contains(start) else {
      throw IntegrationError(
        .misconfigured, service: Connection.Service(rawValue: "incidents"), operation: "list incidents",
        reason: "the saved position is none of this list's; begin the list anew")
    }
    let end = min(start + Self.pageSize, reports.count)
    let wanted = reports[start..<end].filter { max($0.incident.startedAt, $0.incident.resolvedAt ?? .distantPast) >= since }
    let incidents = wanted.map { report in
      var incident = report.incident
      incident.repositoryID = report.repository.flatMap { repositories[$0.rawValue] }
      return incident
    }
    return Page(incidents, next: end < reports.count ? Cursor("\(end)") : nil)
  }
}
