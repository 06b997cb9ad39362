import Foundation
import KoalrCore
import PeerSupport

/// Reads real CODEOWNERS files and asks for the owners of every path of their repositories: one by one and as a sorted list.
///
/// Prints medians, with the least in brackets, beside what other engines were measured at on another machine, which was loaded too. The
/// rounds of a file come in several turns, so that a slow spell of the machine falls on some rounds of each and not on all rounds of one.
struct CodeOwnersBenchmark {
  /// ns a path one by one, ns a path as a list, ms to read.
  private struct Figures {
    var single: String
    var batch: String
    var read: String
  }

  /// A prototype with unsafe pointers, unchecked; it told how fast Swift can be.
  private static let prototype = [
    "dd-trace-py": Figures(single: "142 (136)", batch: "98 (92)", read: "0.30"),
    "definitelytyped-2023": Figures(single: "45 (42)", batch: "19 (17)", read: "7.34"),
    "esphome": Figures(single: "46 (46)", batch: "21 (21)", read: "0.46"),
    "metamask-core": Figures(single: "41 (40)", batch: "15 (15)", read: "0.32"),
    "tldr": Figures(single: "24 (23)", batch: "13 (12)", read: "0.06"),
    "synthetic-max-3mb": Figures(single: "340", batch: "240", read: "153"),
  ]

  /// The fastest public engine, hmarr's in Rust; it has no lists.
  private static let fastestPublic = [
    "dd-trace-py": Figures(single: "519 (498)", batch: "-", read: "0.86"),
    "definitelytyped-2023": Figures(single: "2300 (1900)", batch: "-", read: "51"),
    "esphome": Figures(single: "331 (301)", batch: "-", read: "0.63"),
    "metamask-core": Figures(single: "277 (272)", batch: "-", read: "0.60"),
    "tldr": Figures(single: "135 (133)", batch: "-", read: "0.20"),
    "synthetic-max-3mb": Figures(single: "450000", batch: "-", read: "3600"),
  ]

  /// The file in GitLab's dialect, in which every section decides.
  private static let gitLab = "esp-idf"

  private static let turns = 8

  private let folder = Peers.sharedFolder.appendingPathComponent("data/codeowners")
  var rounds = 15

  /// - Parameter only: one corpus alone, or all.
  func run(only: String?) async throws {
    print("code-owners: ns a path one by one | ns a path of a sorted list | ms to read | MB beside the file; \(rounds) rounds")
    let corpora = try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent("corpora").path).sorted()
    let names = corpora + ["synthetic-max-3mb", Self.gitLab]
    if only == "reading" { return try await measureReading() }
    let wanted = names.filter { only == nil || only == $0 }
    guard !wanted.isEmpty else {
      throw BenchmarkError(
        description: "No corpus is called \"\(only ?? "")\"; there are \(names.joined(separator: ", ")), and reading.")
    }
    var loaded: [Corpus] = []
    for name in wanted { loaded.append(try await load(name)) }
    for turn in 0..<Self.turns {
      let count = rounds * (turn + 1) / Self.turns - rounds * turn / Self.turns
      for index in loaded.indices { try await loaded[index].measure(rounds: count) }
    }
    for corpus in loaded { report(corpus) }
  }

  private func load(_ name: String) async throws -> Corpus {
    let place = place(name)
    let parser = CodeOwnersParser(dialect: name == Self.gitLab ? .gitLab : .gitHub)
    let bytes = try await contents(place.appendingPathComponent("CODEOWNERS"))
    let before = ProcessMemory.resident(resettingPeak: true)
    let file = parser.parse(bytes: bytes)
    let memory = ProcessMemory.peak() - before
    let paths = String(decoding: try await contents(place.appendingPathComponent("paths.txt")), as: UTF8.self)
      .split(separator: "\n").map(String.init)
    return Corpus(name: name, parser: parser, bytes: bytes, file: file, paths: paths, memory: memory)
  }

  private func report(_ corpus: Corpus) {
    let (single, batch) = (text(corpus.single, corpus.paths.count), text(corpus.batch, corpus.paths.count))
    let memory = String(format: "%.1f", Double(corpus.memory) / 1e6)
    print("\(corpus.name): \(corpus.file.rules.count) rules, \(corpus.bytes.count / 1000) kB, \(corpus.paths.count) paths")
    print("  ours       \(single) | \(batch) | \(milliseconds(corpus.read)) | \(memory)")
    for (engine, table) in [("prototype ", Self.prototype), ("hmarr, Rust", Self.fastestPublic)] {
      if let known = table[corpus.name] { print("  \(engine) \(known.single) | \(known.batch) | \(known.read)") }
    }
  }

  private func place(_ name: String) -> URL {
    switch name {
    case "synthetic-max-3mb": folder.appendingPathComponent(name)
    case Self.gitLab: folder.appendingPathComponent("corpora-gitlab/\(name)")
    default: folder.appendingPathComponent("corpora/\(name)")
    }
  }

  /// Reads the beginning of the largest file, longer and longer: what a rule costs must not grow with their number.
  private func measureReading() async throws {
    let whole = try await contents(place("synthetic-max-3mb").appendingPathComponent("CODEOWNERS"))
    let lines = String(decoding: whole, as: UTF8.self).split(separator: "\n")
    for count in [1_000, 4_000, 16_000, lines.count] {
      let bytes = Array(lines.prefix(count).joined(separator: "\n").utf8)
      var (reading, rules) = (Measurement(), 0)
      for _ in 0..<rounds { await reading.measure { rules = CodeOwnersParser().parse(bytes: bytes).rules.count } }
      print("reading: \(rules) rules, \(text(reading, rules)) ns a rule")
    }
  }

  private func text(_ measurement: Measurement, _ count: Int) -> String {
    let (median, least) = (measurement.medianComputed ?? 0, measurement.leastComputed ?? 0)
    return String(format: "%.0f (%.0f)", median / Double(count) * 1e9, least / Double(count) * 1e9)
  }

  private func milliseconds(_ measurement: Measurement) -> String {
    String(format: "%.2f (%.2f)", (measurement.medianComputed ?? 0) * 1e3, (measurement.leastComputed ?? 0) * 1e3)
  }

  /// A file, or what is compressed beside its name.
  private func contents(_ file: URL) async throws -> [UInt8] {
    if let data = try? Data(contentsOf: file) { return [UInt8](data) }
    let outcome = try await TestProgram.run(["gzip", "-dc", file.path + ".gz"])
    guard outcome.exitCode == 0 else { throw BenchmarkError(description: "\(file.lastPathComponent).gz cannot be read.") }
    return Array(outcome.standardOutput.utf8)
  }
}

extension CodeOwnersBenchmark {
  /// A file with the paths of its repository, and what they cost.
  fileprivate struct Corpus {
    let name: String
    let parser: CodeOwnersParser
    let bytes: [UInt8]
    let file: CodeOwnersFile
    let paths: [String]
    /// What reading took beside the file, in bytes.
    let memory: Int
    private(set) var single = Measurement()
    private(set) var batch = Measurement()
    private(set) var read = Measurement()

    init(name: String, parser: CodeOwnersParser, bytes: [UInt8], file: CodeOwnersFile, paths: [String], memory: Int) {
      (self.name, self.parser, self.bytes, self.file, self.paths, self.memory) = (name, parser, bytes, file, paths, memory)
    }

    /// One more round comes first and does not count: another file was looked at before.
    mutating func measure(rounds: Int) async throws {
      let (parser, bytes, file, paths) = (parser, bytes, file, paths)
      for round in 0..<rounds + 1 {
        var (read, single, batch) = (Measurement(), Measurement(), Measurement())
        var (first, second) = (0, 0)
        await read.measure { first = parser.parse(bytes: bytes).rules.count }
        await single.measure { first = Self.lookUp(paths, in: file) }
        await batch.measure { for rule in file.ruleIndices(ofSorted: paths) { second &+= rule ?? -1 } }
        guard first == second else { throw BenchmarkError(description: "One by one and as a list the rules differ.") }
        guard round > 0 else { continue }
        self.read.add(read)
        self.single.add(single)
        self.batch.add(batch)
      }
    }

    private static func lookUp(_ paths: [String], in file: CodeOwnersFile) -> Int {
      var sum = 0
      for path in paths { sum &+= file.ruleIndex(for: path) ?? -1 }
      return sum
    }
  }
}

/// What the system says about this process, in bytes.
enum ProcessMemory {
  /// The memory in use now. Linux forgets the peak when 5 is written to `clear_refs` (proc(5)).
  static func resident(resettingPeak: Bool) -> Int {
    if resettingPeak, let file = FileHandle(forWritingAtPath: "/proc/self/clear_refs") { file.write(Data("5".utf8)) }
    return status("VmRSS")
  }

  /// The most since the start or the last reset.
  static func peak() -> Int { status("VmHWM") }

  private static func status(_ name: String) -> Int {
    let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
    return (line?.split(separator: " ").dropFirst().compactMap { Int($0) }.first ?? 0) * 1024
  }
}
