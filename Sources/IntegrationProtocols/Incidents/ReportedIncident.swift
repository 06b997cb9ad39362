public import KoalrDomain

/// An incident as a person or a tool writes it down: the repository by its name.
public struct ReportedIncident: Hashable, Sendable {
  /// Who reports it and its id there; its repository is not filled in.
  public var incident: Incident
  /// The full name of the repository it happened in; `nil` when it belongs to none.
  public var repository: RepositoryName?

  /// Makes a report.
  public init(_ incident: Incident, in repository: RepositoryName?) {
    self.incident = incident
    self.repository = repository
  }
}

/// Why a file of incidents cannot be used: where, what is wrong, and what to write instead.
///
/// The description is `line 3: startedAt is missing; write when it began, such as "2026-11-20T12:00:00Z"`. It repeats nothing of the
/// file but the names of fields and of ids.
public struct IncidentFileError: Error, Hashable, CustomStringConvertible {
  /// The line, from 1.
  public var line: Int
  /// What is wrong.
  public var problem: String
  /// What to do about it.
  public var advice: String

  /// Makes an error.
  public init(line: Int, problem: String, advice: String) {
    self.line = line
    self.problem = problem
    self.advice = advice
  }

  /// One sentence.
  public var description: String { "line \(line): \(problem); \(advice)" }
}
