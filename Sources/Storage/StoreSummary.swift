import KoalrDomain

/// Says what a store holds.
public struct StoreSummary: Sendable {
  private let store: any Store

  /// Makes a summary of a store.
  public init(_ store: some Store) { self.store = store }

  /// Counts the records of every kind, and the files of changes and commits.
  ///
  /// Files are part of their records, so this goes over all changes and commits once: the memory of one page, and time in
  /// proportion to the store.
  public func counts() async throws -> StoreCounts {
    var counts = StoreCounts()
    for kind in ExportedKind.all { counts[kind.kind.rawValue] = try await kind.count(store) }
    counts[StoreCounts.changeFile] = try await store.countFiles(of: RecordQuery(Change.self))
    counts[StoreCounts.commitFile] = try await store.countFiles(of: RecordQuery(Commit.self))
    return counts
  }
}

/// How many records of each kind there are, and how many files of changes and commits. Encodes as one object with a member for
/// each, zeros included.
public struct StoreCounts: Hashable, Sendable, Codable {
  private var numbers: [String: Int]

  /// The name for the files of all changes.
  public static let changeFile = "changeFile"
  /// The name for the files of all commits.
  public static let commitFile = "commitFile"
  /// Every name, in the order to show them in.
  public static let names = ExportedKind.all.map(\.kind.rawValue) + [changeFile, commitFile]

  /// Makes counts of an empty store.
  public init() { numbers = Dictionary(uniqueKeysWithValues: Self.names.map { ($0, 0) }) }

  /// The number of a name.
  public subscript(name: String) -> Int {
    get { numbers[name] ?? 0 }
    set { numbers[name] = newValue }
  }

  /// The number of a kind.
  public subscript(kind: RecordKind) -> Int { self[kind.rawValue] }

  /// The number of records, files of changes and commits not counted by themselves.
  public var records: Int { ExportedKind.all.reduce(0) { $0 + self[$1.kind] } }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension StoreCounts {
  public init(from decoder: any Decoder) throws {
    numbers = try decoder.singleValueContainer().decode([String: Int].self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(numbers)
  }
}
