#if SQLite
import Foundation
import KoalrCore
import KoalrSQLiteStorage
import KoalrTesting

/// Feeds the queue, kills workers at random while they work, and judges what they wrote down.
struct Soak {
  private let parents: Int
  private let kills: Int
  private let workers: Int
  private let seed: Int
  private let leaseMilliseconds: Int
  private let folder: URL

  private var file: URL { folder.appending(path: "queue.sqlite") }

  init(_ options: Options) throws {
    parents = max(1, try options.number("jobs", or: 50_000) / 2)
    kills = try options.number("kills", or: 500)
    workers = max(1, try options.number("workers", or: 4))
    seed = try options.number("seed", or: 1)
    leaseMilliseconds = try options.number("lease-ms", or: 500)
    folder = options.folder(named: "queue-soak")
  }

  /// Returns whether every promise was kept; what was written stays for a look if not.
  func run() async throws -> Bool {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let queue = try await SQLiteDatabase(at: file).jobQueue()
    let begin = ContinuousClock.now
    var crew = Crew(size: workers) { try start(slot: $0, generation: $1) }
    let ids: [JobID]
    do {
      try crew.startAll()
      ids = try await feedAndKill(queue, &crew)
      while try await queue.counts() != JobCounts() { try await pause(10, &crew) }
    } catch {
      crew.end()
      throw error
    }
    let seconds = (ContinuousClock.now - begin) / .seconds(1)
    crew.end()
    let verdict = Verdict(lines: try WorkLog.lines(in: folder), parents: ids, counts: try await queue.counts())
    print(verdict.summary(seconds: seconds, kills: crew.kills, workers: workers, seed: seed))
    if verdict.isGood { try FileManager.default.removeItem(at: folder) } else { print("The files are in \(folder.path).") }
    return verdict.isGood
  }

  /// Adds parents in portions; after each, waits until little of it is left and kills a worker.
  private func feedAndKill(_ queue: SQLiteJobQueue, _ crew: inout Crew) async throws -> [JobID] {
    var random = SeededGenerator(seed: UInt64(seed))
    var ids: [JobID] = []
    let portion = max(1, parents / max(kills, 1))
    while ids.count < parents || crew.kills < kills {
      let range = ids.count..<min(parents, crew.kills + 1 >= kills ? parents : ids.count + portion)
      ids += try await queue.enqueue(range.map { Self.parent($0, &random) })
      let enough = Int.random(in: 0...(2 * portion), using: &random)
      while case let counts = try await queue.counts(), counts.due + counts.delayed > enough { try await pause(2, &crew) }
      guard crew.kills < kills else { continue }
      try await Task.sleep(for: .microseconds(Int.random(in: 0...4000, using: &random)))
      try crew.killAndReplace(Int.random(in: 0..<workers, using: &random))
    }
    return ids
  }

  private static func parent(_ index: Int, _ random: inout SeededGenerator) -> NewJob {
    NewJob(
      kind: "parent", payload: Data("p\(index)".utf8), priority: .random(in: -2...2, using: &random), key: "p\(index)",
      maximumAttempts: 1000)
  }

  private func pause(_ milliseconds: Int, _ crew: inout Crew) async throws {
    try crew.check()
    try await Task.sleep(for: .milliseconds(milliseconds))
  }

  private func start(slot: Int, generation: Int) throws -> Child {
    let name = "\(slot)-\(generation)"
    return try Child.start([
      "soak-worker", "--file", file.path, "--log", folder.appending(path: "\(name).log").path, "--name", name,
      "--seed", "\(seed + 1000 * slot + generation)", "--lease-ms", "\(leaseMilliseconds)",
    ])
  }
}

/// The workers that run now.
struct Crew {
  private let start: (_ slot: Int, _ generation: Int) throws -> Child
  private let size: Int
  private var children: [Child] = []
  private(set) var kills = 0

  /// A worker that ended by itself.
  struct Deserted: Error, CustomStringConvertible {
    var description: String
  }

  init(size: Int, start: @escaping (_ slot: Int, _ generation: Int) throws -> Child) {
    self.size = size
    self.start = start
  }

  mutating func startAll() throws {
    for slot in 0..<size { children.append(try start(slot, 0)) }
  }

  mutating func killAndReplace(_ slot: Int) throws {
    try check()
    children[slot].kill()
    _ = children[slot].finish()
    kills += 1
    children[slot] = try start(slot, kills)
  }

  /// Throws when a worker ended by itself.
  mutating func check() throws {
    for slot in children.indices where children[slot].hasEnded {
      let end = children.remove(at: slot).finish()
      throw Deserted(description: "a worker ended by itself with status \(end.status): \(end.errors)")
    }
  }

  func end() {
    for child in children { child.kill() }
    for child in children { _ = child.finish() }
  }
}
#endif
