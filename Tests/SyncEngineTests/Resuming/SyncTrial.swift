import FoundationEssentials
import KoalrCore
import KoalrTesting

/// One organisation, asked by as many runs as a test likes, with all sources.
struct SyncTrial: Sendable {
  let remote: MockRemote
  var store: any Store
  var options = SyncOptions()
  var clock: any WallClock = StandingClock(at: SampleOrganisation.now)

  init(_ world: MockWorld, store: any Store = InMemoryStore(), elements: Int = 25, questions: Int = 8) {
    remote = MockRemote(world, pageSizes: MockPageSizes(elements: elements, questions: questions))
    self.store = store
  }

  var engine: SyncEngine {
    let adapters = MockAdapters(remote)
    let sources = SyncSources(
      codeHost: adapters.codeHost, history: adapters.history, coverage: adapters.coverage,
      vulnerabilities: adapters.vulnerabilities, incidents: adapters.incidents)
    return SyncEngine(sources: sources, store: store, options: options, clock: clock)
  }

  @discardableResult func run() async throws -> SyncReport { try await engine.run() }

  /// Runs until the process dies at a write.
  func runUntilKilled(at write: Int, _ moment: KillableStore.Moment = .before, over survivor: InMemoryStore) async throws {
    var trial = self
    trial.store = KillableStore(survivor, dyingAt: write, moment)
    do {
      try await trial.run()
    } catch is KillableStore.Killed {}
  }

  /// Small enough for every kill point, and with everything in it: lists of several pages, an empty repository, a quiet one.
  static func small(_ store: any Store = InMemoryStore(), world: MockWorld = smallWorld) -> SyncTrial {
    var trial = SyncTrial(world, store: store, elements: 2, questions: 2)
    trial.options.days = 20
    return trial
  }

  static let smallWorld = {
    var world = SampleOrganisation.world
    let names = ["design-system", "legacy-billing", "experiments", "markdown-kit"]
    world.repositories.removeAll { !names.contains($0.repository.name.name) }
    (world.people, world.teams) = (Array(world.people.prefix(3)), Array(world.teams.prefix(1)))
    return world
  }()
}

extension Store {
  /// Everything in it, line by line as an export writes it.
  func lines() async throws -> [String] {
    var lines: [String] = []
    for try await line in StoreExport(self).lines { lines.append(String(decoding: line, as: UTF8.self)) }
    return lines
  }
}

extension Store {
  /// Everything that was read, line by line; checkpoints also say which runs did it.
  func data() async throws -> [String] { try await lines().filter { !$0.hasPrefix(#"{"kind":"checkpoint""#) } }
}

extension [String] {
  /// Without what says when it was looked at: connections and versions of CODEOWNERS.
  var withoutTests: [String] {
    filter { line in !["connection", "codeownersVersion"].contains { line.hasPrefix(#"{"kind":"\#($0)""#) } }
  }
}

/// Says in a few lines what two exports do not have in common.
func difference(_ found: [String], _ expected: [String]) -> String {
  let (missing, extra) = (Set(expected).subtracting(found), Set(found).subtracting(expected))
  return
    (missing.sorted().prefix(3).map { "missing: \($0.prefix(400))" } + extra.sorted().prefix(3).map { "extra: \($0.prefix(400))" })
    .joined(separator: "\n")
}

extension InMemoryStore {
  /// Copies everything by way of an export.
  func copy(to other: InMemoryStore) async throws {
    let file = URL.temporaryDirectory.appending(path: "koalr-resume-\(UInt64.random(in: 0 ... .max)).jsonl")
    defer { try? FileManager.default.removeItem(at: file) }
    try await StoreExport(self).write(to: file)
    _ = try await StoreImport(other).read(from: file)
  }
}
