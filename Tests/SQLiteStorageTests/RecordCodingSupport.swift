import KoalrCore
import KoalrSQLiteStorage
import KoalrTesting
import Testing

/// A tree of everything that a `Codable` type can be made of, for random values.
indirect enum Tree: Codable, Hashable {
  case null(Int?)
  case flag(Bool)
  case numbers(Int8, Int16, Int32, Int64, Int)
  case counts(UInt8, UInt16, UInt32, UInt64, UInt)
  case wide(low: Int128, high: UInt128)
  case bits(UInt64, UInt32)
  case text(String)
  case data(Data)
  case date(bits: Date, other: Date?)
  case list([Tree])
  case map([String: Tree])
  case indexed([Int: Bool?])

  static func random(_ random: inout SeededGenerator, depth: Int = 4) -> Tree {
    switch random.number(in: depth > 0 ? 0...14 : 0...10) {
    case 0: .null(random.chance(0.5) ? nil : Int(truncatingIfNeeded: random.next()))
    case 1: .flag(random.chance(0.5))
    case 2: .numbers(random.integer(), random.integer(), random.integer(), random.integer(), random.integer())
    case 3: .counts(random.integer(), random.integer(), random.integer(), random.integer(), random.integer())
    case 4: .wide(low: random.integer(), high: random.integer())
    case 5: .bits(random.next(), UInt32(truncatingIfNeeded: random.next()))
    case 6, 7: .text(random.text())
    case 8: .data(Data((0..<random.number(in: 0...40)).map { _ in UInt8(truncatingIfNeeded: random.next()) }))
    case 9: .date(bits: random.date(), other: random.chance(0.5) ? random.date() : nil)
    case 10: .indexed(Dictionary([(random.integer(), random.chance(0.5)), (random.integer(), nil)], uniquingKeysWith: { $1 }))
    case 11, 12: .list((0..<random.number(in: 0...30)).map { _ in .random(&random, depth: depth - 2) })
    default: .map(random.map(depth))
    }
  }
}

extension SeededGenerator {
  /// An integer with any number of bits.
  mutating func integer<Number: FixedWidthInteger>() -> Number {
    let wide = UInt128(next()) << 64 | UInt128(next())
    return Number(truncatingIfNeeded: wide) >> Number(number(in: 0...Number.bitWidth - 1))
  }

  mutating func text() -> String {
    let pieces = [
      "plain", " ", "a/b", "\"", "\u{0}", "\n", "é", "e\u{301}", "日本", "🐨", "\u{2028}", "longer than fifteen bytes", "",
    ]
    return (0..<number(in: 0...6)).map { _ in pick(pieces) ?? "" }.joined()
  }

  /// A date of any finite bits.
  mutating func date() -> Date {
    let bits = Double(bitPattern: next())
    return Date(timeIntervalSinceReferenceDate: bits.isNaN ? 0 : bits)
  }

  mutating func map(_ depth: Int) -> [String: Tree] {
    var map: [String: Tree] = [:]
    for index in 0..<number(in: 0...30) { map["\(index) \(text())"] = .random(&self, depth: depth - 2) }
    return map
  }
}

/// Bytes as they are written in RFC 8949: pairs of hexadecimal digits.
func bytes(_ hexadecimal: String) -> [UInt8] {
  let digits = hexadecimal.compactMap(\.hexDigitValue)
  return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
}

func hexadecimal(_ bytes: [UInt8]) -> String { bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }

/// A store with the whole sample organisation in it, read by the engine.
func sampleStore() async throws -> InMemoryStore {
  let store = InMemoryStore()
  let adapters = SampleOrganisation.adapters()
  let sources = SyncSources(
    codeHost: adapters.codeHost, history: adapters.history, coverage: adapters.coverage,
    vulnerabilities: adapters.vulnerabilities,
    incidents: adapters.incidents)
  _ = try await SyncEngine(sources: sources, store: store, clock: ManualClock(startingAt: SampleOrganisation.now)).run()
  return store
}

/// One change with every part.
func fullChange() -> Change {
  let time = Date(timeIntervalSinceReferenceDate: 816_868_800.123_456_7)
  let sha = CommitID(unchecked: String(repeating: "0a", count: 20))
  return Change(
    id: ChangeID(unchecked: "PR_1"), repositoryID: RepositoryID(unchecked: "R_1"), number: 12, title: "Read renamed files, é",
    state: .merged, author: Login(unchecked: "ann"), authorName: "Ann", authorEmail: "ann@example.com", createdAt: time,
    updatedAt: time + 0.1, mergedAt: time + 1, closedAt: time + 1, headSHA: sha, baseSHA: sha, mergeSHA: sha, baseBranch: "main",
    draft: true, additions: 300, deletions: 70_000, changedFiles: 2, commentCount: 1, labels: ["bug", ""],
    files: [
      ChangedFile(path: "a", previousPath: "b", status: .renamed, additions: 1, deletions: 0),
      ChangedFile(path: "Sources/Importer/Reader.swift", status: .added, additions: nil, deletions: 24),
    ],
    reviews: [Review(id: SourceID(unchecked: "V_1"), author: nil, state: .approved, submittedAt: time)],
    comments: [Comment(id: SourceID(unchecked: "C_1"), author: nil, createdAt: time, path: nil)],
    checks: [Check(name: "build", conclusion: nil, completedAt: nil)])
}
