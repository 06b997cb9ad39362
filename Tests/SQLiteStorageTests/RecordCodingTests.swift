import KoalrCore
import KoalrSQLiteStorage
import KoalrTesting
import Testing

struct RecordCodingTests {
  @Test func `every record of the sample organisation is equal when it is read again`() async throws {
    let store = try await sampleStore()
    func check<Record: StoredRecord>(_ type: Record.Type, atLeast count: Int) async throws {
      let records = try await store.all(RecordQuery(type)).map(\.self)
      #expect(records.count >= count, "\(type)")
      for record in records {
        let again = try RecordCoder.decode(type, from: RecordCoder.encode(record))
        #expect(again == record)
      }
    }
    try await check(Connection.self, atLeast: 0)
    try await check(Repository.self, atLeast: 10)
    try await check(Change.self, atLeast: 100)
    try await check(Commit.self, atLeast: 100)
    try await check(CodeOwnersSnapshot.self, atLeast: 5)
    try await check(CodeOwnersVersion.self, atLeast: 12)
    try await check(Deployment.self, atLeast: 10)
    try await check(Issue.self, atLeast: 5)
    try await check(Incident.self, atLeast: 1)
    try await check(Team.self, atLeast: 1)
    try await check(Contributor.self, atLeast: 5)
    try await check(RepositoryCoverage.self, atLeast: 1)
    try await check(ChangeCoverage.self, atLeast: 1)
    try await check(Vulnerability.self, atLeast: 1)
    try await check(LicenseIssue.self, atLeast: 1)
    try await check(RiskAssessment.self, atLeast: 10)
    try await check(SyncCheckpoint.self, atLeast: 1)
  }

  @Test func `connections and changes with every part are equal when they are read again`() throws {
    let connection = Connection(
      id: ConnectionID(unchecked: "github"), service: .gitHub, organization: nil, account: "koalr-reader", status: .degraded,
      message: "Slow.", capabilities: [Capability(name: "read", available: nil), Capability(name: "write", available: false)])
    #expect(try RecordCoder.decode(Connection.self, from: RecordCoder.encode(connection)) == connection)
    #expect(try RecordCoder.decode(Change.self, from: RecordCoder.encode(fullChange())) == fullChange())
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `random values of every shape are equal when they are read again, and when they are written again`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<20 {
      let value = [Tree.random(&random), Tree.random(&random)]
      let encoded = try RecordCoder.encode(value)
      let again = try RecordCoder.decode([Tree].self, from: encoded)
      #expect(again == value)
    }
  }

  @Test(arguments: [
    0.0, -0.0, 0.1, 1e-300, .leastNonzeroMagnitude, -.greatestFiniteMagnitude, .infinity, -.infinity, 816_868_800.123_456_7,
    978_307_200.000_000_1,
    Double(bitPattern: 0x7FF8_0000_DEAD_BEEF), Double(sign: .plus, exponent: 30, significand: 1.000_000_000_000_000_2),
  ])
  func `a date keeps every bit, and so do numbers`(seconds: Double) throws {
    struct Times: Codable { var alone, other: Date, present: Date?, listed: [Date], number: Double, narrow: Float }
    let date = Date(timeIntervalSinceReferenceDate: seconds)
    let times = Times(alone: date, other: date, present: date, listed: [date, date], number: seconds, narrow: Float(seconds))
    let again = try RecordCoder.decode(Times.self, from: RecordCoder.encode(times))
    let read = [again.alone, again.other, again.present ?? .distantPast] + again.listed
    #expect(read.allSatisfy { $0.timeIntervalSinceReferenceDate.bitPattern == seconds.bitPattern })
    #expect(again.number.bitPattern == seconds.bitPattern)
    #expect(again.narrow.bitPattern == Float(seconds).bitPattern)
    #expect(try RecordCoder.encode(date) == RecordCoder.encode(seconds))
  }

  @Test(arguments: [0, 22, 23, 24, 25, 255, 256, 257, 65_535, 65_536])
  func `containers of every length are written with the shortest head`(count: Int) throws {
    let list = Array(repeating: true, count: count)
    let map = Dictionary(uniqueKeysWithValues: (0..<count).map { ("key \($0)", [$0]) })
    let encoded = try RecordCoder.encode(list)
    #expect(encoded.count == count + (count < 24 ? 1 : count < 256 ? 2 : count < 65_536 ? 3 : 5))
    #expect(try RecordCoder.decode([Bool].self, from: encoded) == list)
    #expect(try RecordCoder.decode([String: [Int]].self, from: RecordCoder.encode(map)) == map)
  }

  @Test func `values are appended to bytes that are there, and nothing is when encoding fails`() throws {
    var bytes: [UInt8] = [1, 2]
    try RecordCoder.encode(["a": 1], appendingTo: &bytes)
    #expect(hexadecimal(bytes) == "0102a1616101")
    #expect(throws: EncodingError.self) { try RecordCoder.encode(Nest(levels: 200), appendingTo: &bytes) }
    #expect(hexadecimal(bytes) == "0102a1616101")
  }

  @Test func `a record is written as one would write it by hand`() throws {
    let file = ChangedFile(path: "a", previousPath: nil, status: .added, additions: 500, deletions: -1)
    #expect(
      hexadecimal(try RecordCoder.encode(file))
        == "a4" + "6470617468" + "6161" + "66737461747573" + "656164646564" + "696164646974696f6e73" + "1901f4"
        + "6964656c6574696f6e73" + "20")
    #expect(hexadecimal(try RecordCoder.encode(Data([1, 2]))) == "420102")
    #expect(hexadecimal(try RecordCoder.encode(Date(timeIntervalSinceReferenceDate: 1.1))) == "fb3ff199999999999a")
  }
}

/// A value in itself, many times.
struct Nest: Codable, Hashable {
  var inner: [Nest]

  init(levels: Int) {
    inner = []
    for _ in 0..<levels { inner = [Nest(inner: inner)] }
  }

  private init(inner: [Nest]) { self.inner = inner }
}
