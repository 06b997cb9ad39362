import KoalrDomain

/// One line of a file of incidents. Unknown names are refused, because a mistyped one would be lost in silence.
struct IncidentLine: Decodable {
  let report: ReportedIncident

  /// What is wrong with a line, without its number.
  struct Problem: Error {
    var problem: String
    var advice: String
  }

  private enum Field: String, CaseIterable {
    case id, title, startedAt, resolvedAt, source, repository, confidence, commit
  }

  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  private typealias Object = KeyedDecodingContainer<Key>

  init(from decoder: any Decoder) throws {
    guard let object = try? decoder.container(keyedBy: Key.self) else {
      throw Problem(
        problem: "it is not a JSON object", advice: "write one incident as {\"id\": …, \"title\": …, \"startedAt\": …}")
    }
    if object.allKeys.contains(where: { Field(rawValue: $0.stringValue) == nil }) {
      let known = Field.allCases.map(\.rawValue).joined(separator: ", ")
      throw Problem(problem: "it has a field that is not known", advice: "the fields are \(known)")
    }
    let startedAt = try Self.time(.startedAt, in: object)
    guard let startedAt else { throw Self.wrong(.startedAt, "is missing", Self.timeAdvice("began")) }
    let resolvedAt = try Self.time(.resolvedAt, in: object)
    guard resolvedAt.map({ $0 >= startedAt }) ?? true else {
      throw Self.wrong(.resolvedAt, "is before startedAt", "write when it ended, or leave it out while it lasts")
    }
    let incident = Incident(
      id: try Self.identity(in: object), repositoryID: nil, title: try Self.title(in: object), startedAt: startedAt,
      resolvedAt: resolvedAt, confidence: try Self.confidence(in: object), causeSHA: try Self.commit(in: object))
    report = ReportedIncident(incident, in: try Self.repository(in: object))
  }

  private static func identity(in object: Object) throws -> IncidentID {
    let advice = "write the tool's name for it, such as \"PD-123\""
    guard let id = try text(.id, in: object, advice) else { throw wrong(.id, "is missing", advice) }
    let source = try text(.source, in: object, sourceAdvice) ?? "file"
    let isWord = source.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "-")
    }
    guard isWord, (1...40).contains(source.utf8.count) else { throw wrong(.source, "is not a word", sourceAdvice) }
    guard !IncidentID.Source.derived.contains(IncidentID.Source(rawValue: source)) else {
      throw wrong(.source, "is one that Koalr derives itself", sourceAdvice)
    }
    guard let identity = IncidentID(rawValue: "\(source):\(id)"), !id.isEmpty else {
      throw wrong(.id, "is empty, too long, or holds control characters", advice)
    }
    return identity
  }

  private static let sourceAdvice = "write the tool in lower case, such as \"pagerduty\", or leave it out"

  private static func title(in object: Object) throws -> String {
    let advice = "write one line for a person"
    guard let title = try text(.title, in: object, advice) else { throw wrong(.title, "is missing", advice) }
    let line = PlainLine.text(title.utf8)
    guard !line.isEmpty else { throw wrong(.title, "is empty", advice) }
    return line
  }

  private static func confidence(in object: Object) throws -> Double {
    let advice = "write a number from 0 to 1, or leave it out for 1"
    guard object.contains(Key(stringValue: Field.confidence.rawValue)) else { return 1 }
    let number = try? object.decodeIfPresent(Double.self, forKey: Key(stringValue: Field.confidence.rawValue))
    guard let number, (0...1).contains(number) else { throw wrong(.confidence, "is not a number from 0 to 1", advice) }
    return number
  }

  private static func commit(in object: Object) throws -> CommitID? {
    let advice = "write all 40 digits of the commit behind it, in lower case, or leave it out"
    guard let text = try text(.commit, in: object, advice) else { return nil }
    guard let commit = CommitID(rawValue: text) else { throw wrong(.commit, "is not a commit", advice) }
    return commit
  }

  private static func repository(in object: Object) throws -> RepositoryName? {
    let advice = "write its full name, such as \"acme/api\", or leave it out"
    guard let text = try text(.repository, in: object, advice) else { return nil }
    guard let name = RepositoryName(rawValue: text) else { throw wrong(.repository, "is not a repository", advice) }
    return name
  }

  private static func time(_ field: Field, in object: Object) throws -> Date? {
    let advice = timeAdvice(field == .startedAt ? "began" : "ended")
    guard let text = try text(field, in: object, advice) else { return nil }
    guard let time = ISO8601Time.parse(text) else { throw wrong(field, "is not a time", advice) }
    return time
  }

  private static func timeAdvice(_ verb: String) -> String { "write when it \(verb), such as \"2026-11-20T12:00:00Z\"" }

  /// A text; `nil` when it is absent or null.
  private static func text(_ field: Field, in object: Object, _ advice: String) throws -> String? {
    do {
      return try object.decodeIfPresent(String.self, forKey: Key(stringValue: field.rawValue))
    } catch {
      throw wrong(field, "is not a text", advice)
    }
  }

  private static func wrong(_ field: Field, _ what: String, _ advice: String) -> Problem {
    Problem(problem: "\(field.rawValue) \(what)", advice: advice)
  }
}

extension IncidentID.Source {
  /// What the engine finds out by itself; nobody else may report under these names.
  static let derived: Set<Self> = [.deployment, .issue, .revert]
}
