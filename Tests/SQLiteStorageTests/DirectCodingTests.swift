import KoalrCore
import KoalrSQLiteStorage
import KoalrTesting
import RecordSupport
import Testing

/// That direct coding cannot be told from the general way, save by a clock.
struct DirectCodingTests {
  /// The kinds of the generator whose records are coded directly: changes, commits, deployments, issues, incidents, the coverage
  /// of changes, assessments.
  private static let kinds = [2, 3, 5, 6, 7, 11, 14]

  /// Compares both ways at one record: the bytes, and that each reads what the other wrote.
  private func compare<Record: StoredRecord>(_ record: Record) throws {
    let general = try generalBytes(record)
    let direct = try #require(directBytes(record), "\(Record.self) is coded directly")
    #expect(direct == general)
    #expect(try RecordCoder.encode(record) == general)
    #expect(try readDirectly(Record.self, general) == record)
    #expect(try readGenerally(Record.self, direct) == record)
    #expect(try RecordCoder.decode(Record.self, from: general) == record)
  }

  @Test func `every record of the sample organisation is the same both ways`() async throws {
    let store = try await sampleStore()
    func check<Record: StoredRecord>(_ type: Record.Type) async throws {
      let records = try await store.all(RecordQuery(type))
      #expect(!records.isEmpty)
      for record in records { try compare(record) }
    }
    try await check(Change.self)
    try await check(Commit.self)
    try await check(Deployment.self)
    try await check(Ticket.self)
    try await check(Incident.self)
    try await check(ChangeCoverage.self)
    try await check(RiskAssessment.self)
  }

  @Test(arguments: kinds, RecordGenerator.Presence.allCases)
  func `random records with some, all or none of their parts are the same both ways`(
    kind: Int, presence: RecordGenerator.Presence
  ) throws {
    var generator = RecordGenerator(seed: UInt64(kind), presence: presence)
    for _ in 0..<100 { try compare(generator.record(kind)) }
  }

  // What is equal with every part filled in, and filled in with every part, has no part that is forgotten.
  @Test(arguments: kinds)
  func `the generator fills in every part of the records that are coded directly`(kind: Int) {
    var generator = RecordGenerator(seed: 1, presence: .all)
    expectFull(generator.record(kind), at: "\(kind)")
  }

  private func expectFull(_ value: Any, at path: String) {
    let mirror = Mirror(reflecting: value)
    if mirror.displayStyle == .optional || mirror.displayStyle == .collection {
      #expect(!mirror.children.isEmpty, "nothing at \(path)")
    }
    for (label, child) in mirror.children { expectFull(child, at: "\(path).\(label ?? "")") }
  }

  @Test func `other types are not coded directly`() throws {
    #expect(directBytes([1]) == nil)
    #expect(try readDirectly([Int].self, generalBytes([1])) == nil)
  }

  @Test func `bytes are appended to those that are there`() throws {
    var bytes: [UInt8] = [1, 2]
    #expect(RecordCoder.appendDirectly(CoverageTotals(hits: 1, lines: 2), to: &bytes))
    #expect(hexadecimal(bytes) == "0102" + "a2" + "6468697473" + "01" + "656c696e6573" + "02")
  }
}

// MARK: - Bytes of unknown origin

extension DirectCodingTests {
  @Test(arguments: kinds)
  func `what stops early or goes on is refused both ways, for the same reason`(kind: Int) throws {
    var generator = RecordGenerator(seed: 3, presence: .all)
    func check<Record: StoredRecord>(_ record: Record) throws {
      let whole = try generalBytes(record)
      for bytes in (0..<whole.count).map({ Array(whole[..<$0]) }) + [whole + [0]] {
        let verdict = Verdict { try RecordCoder.decode(Record.self, from: bytes) }
        #expect(verdict.bytes == nil && verdict == Verdict { try readGenerally(Record.self, bytes) })
      }
    }
    try check(generator.record(kind))
  }

  @Test(arguments: kinds)
  func `damaged bytes get the same verdict both ways`(kind: Int) throws {
    var generator = RecordGenerator(seed: 4)
    var random = SeededGenerator(seed: UInt64(kind))
    var (read, directly) = (0, 0)
    func check<Record: StoredRecord>(_ record: Record) throws {
      let whole = try generalBytes(record)
      for _ in 0..<100 {
        let damaged = damage(whole, &random)
        let general = Verdict { try readGenerally(Record.self, damaged) }
        #expect(Verdict { try RecordCoder.decode(Record.self, from: damaged) } == general, "\(hexadecimal(damaged))")
        guard let value = try readDirectly(Record.self, damaged) else { continue }
        #expect(try generalBytes(value) == general.bytes, "\(hexadecimal(damaged))")
        directly += 1
        read += general.bytes == nil ? 0 : 1
      }
    }
    for _ in 0..<20 { try check(generator.record(kind)) }
    #expect(directly > 20 && directly < 1_900 && read == directly)
  }

  private func damage(_ whole: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var damaged = whole
    for _ in 0..<random.number(in: 1...3) {
      let place = random.number(in: 0...damaged.count - 1)
      switch random.number(in: 0...4) {
      case 0: damaged.remove(at: place)
      case 1: damaged.insert(damaged[place], at: place)
      case 2: damaged[place] ^= 1 << UInt8(random.number(in: 0...7))
      default: damaged[place] = UInt8(truncatingIfNeeded: random.next())
      }
    }
    return damaged
  }

  @Test(
    arguments: [
      // In another order, with a key more, twice the same key.
      [("name", "a"), ("completedAt", nil), ("conclusion", "success")],
      [("conclusion", "success"), ("name", "a")],
      [("name", "a"), ("conclusion", "success"), ("startedAt", "x")],
      [("name", "a"), ("attempt", "x"), ("conclusion", "success")],
      [("name", "a"), ("conclusion", nil), ("conclusion", "success")],
      // Without a key that has to be there, or with null.
      [("conclusion", "success")], [("name", nil)], [], [("name", "a"), ("conclusion", nil), ("completedAt", nil)],
      [("name", "a"), ("conclusion", "success"), ("completedAt", "not a date")],
    ] as [[(String, String?)]])
  func `other entries than those that are written get the same verdict both ways`(entries: [(String, String?)]) throws {
    for nested in [false, true] {
      let check = try RecordCoder.encode(Entries(entries: entries))
      if nested {
        // The check in a change: everything around it is as it is written.
        var change = fullChange()
        change.checks = []
        let around = try RecordCoder.encode(change)
        let bytes = Array(around.dropLast()) + [0x81] + check
        let verdict = Verdict { try RecordCoder.decode(Change.self, from: bytes) }
        #expect(verdict == Verdict { try readGenerally(Change.self, bytes) })
        #expect(try readDirectly(Change.self, bytes) == nil)
      } else {
        #expect(Verdict { try RecordCoder.decode(Check.self, from: check) } == Verdict { try readGenerally(Check.self, check) })
        #expect(try readDirectly(Check.self, check) == nil)
      }
    }
  }

  @Test func `a record of a program that knows more is read`() throws {
    let bytes = try RecordCoder.encode(Entries(entries: [("attempt", "2"), ("conclusion", "success"), ("name", "build")]))
    let check = Check(name: "build", conclusion: "success", completedAt: nil)
    #expect(try RecordCoder.decode(Check.self, from: bytes) == check)
  }

  @Test func `a wrong identifier deep in a record is refused with the path to it`() throws {
    var change = fullChange()
    change.reviews = [Review(id: SourceID(unchecked: ""), author: nil, state: .approved, submittedAt: nil)]
    let error = #expect(throws: DecodingError.self) {
      try RecordCoder.decode(Change.self, from: RecordCoder.encode(change))
    }
    guard case .dataCorrupted(let context) = error else { return #expect(Bool(false), "\(String(describing: error))") }
    #expect(context.codingPath.map(\.stringValue) == ["reviews", "Index 0", "id"])
    #expect(context.debugDescription == "\"\" is not a source id.")
  }
}

// MARK: - Both ways

private func generalBytes(_ value: some Encodable) throws -> [UInt8] {
  var bytes: [UInt8] = []
  try RecordCoder.encodeGenerally(value, appendingTo: &bytes)
  return bytes
}

private func directBytes(_ value: some Encodable) -> [UInt8]? {
  var bytes: [UInt8] = []
  return RecordCoder.appendDirectly(value, to: &bytes) ? bytes : nil
}

private func readGenerally<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8]) throws -> Value {
  try bytes.withUnsafeBytes { try RecordCoder.decodeGenerally(type, from: $0) }
}

private func readDirectly<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8]) throws -> Value? {
  bytes.withUnsafeBytes { RecordCoder.decodeDirectly(type, from: $0) }
}

/// What comes of reading: the value, as bytes because what is not a number is not equal to itself, or the text of the error.
private struct Verdict: Equatable {
  var bytes: [UInt8]?
  var error: String?

  init(_ read: () throws -> some Encodable) {
    do {
      bytes = try generalBytes(try read())
    } catch {
      self.error = String(describing: error)
    }
  }
}

/// Entries of a map in any order.
private struct Entries: Encodable {
  var entries: [(key: String, text: String?)]

  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  func encode(to encoder: any Encoder) throws {
    var map = encoder.container(keyedBy: Key.self)
    for (key, text) in entries { try map.encode(text, forKey: Key(stringValue: key)) }
  }
}
