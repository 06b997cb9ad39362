#if SQLite
import Foundation
import KoalrCore
import KoalrSQLiteStorage

/// Several processes on one file, each of which adds, claims and completes its share of the jobs.
struct Bench {
  private let jobs: Int
  private let batch: Int
  private let workers: Int
  private let waiting: Int
  private let folder: URL

  init(_ options: Options) throws {
    folder = options.folder(named: "queue-bench")
    batch = max(1, try options.number("batch", or: 1))
    jobs = try options.number("jobs", or: batch == 1 ? 10_000 : 100_000)
    workers = max(1, try options.number("workers", or: 4))
    waiting = try options.number("waiting", or: 0)
  }

  /// Returns whether all jobs were done; prints how fast.
  func run() async throws -> Bool {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "queue.sqlite")
    let queue = try await SQLiteDatabase(at: file).jobQueue()
    try await crowd(queue)
    let before = try syncMilliseconds()
    let start = Date().timeIntervalSinceReferenceDate + 1
    let children = try (0..<workers).map { index in
      try Child.start([
        "bench-worker", "--file", file.path, "--jobs", "\(jobs / workers)", "--batch", "\(batch)", "--name", "\(index)",
        "--start", "\(start)",
      ])
    }
    let ends = children.map { $0.finish() }
    for end in ends where end.status != 0 { print("A worker failed: \(end.errors)") }
    let times = ends.map { $0.output.split(whereSeparator: \.isWhitespace).compactMap { Double($0) } }.filter { $0.count == 2 }
    guard times.count == workers, let slowest = times.map(\.[0]).max(), let fastest = times.map(\.[0]).min() else { return false }
    let rate = Int(Double(jobs / workers * workers) / slowest)
    let longest = Int((times.map(\.[1]).max() ?? 0) * 1000)
    print(
      "\(jobs) jobs, \(workers) processes, batches of \(batch), \(waiting) waiting in each state: \(rate) jobs/s; "
        + "slowest process \(Int(slowest * 1000)) ms, fastest \(Int(fastest * 1000)) ms, longest call \(longest) ms; "
        + "one fsync of 16 kB takes \(before) ms before, \(try syncMilliseconds()) ms after")
    return try await queue.counts() == JobCounts(due: waiting, delayed: waiting, claimed: waiting, dead: waiting)
  }

  /// The median time of appending 16 kB to a file and waiting for the disk: what bounds commits.
  private func syncMilliseconds() throws -> Double {
    let descriptor = open(folder.appending(path: "sync").path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    defer { close(descriptor) }
    let bytes = [UInt8](repeating: 1, count: 16_384)
    let times = (0..<101).map { _ in
      let begin = ContinuousClock.now
      _ = write(descriptor, bytes, bytes.count)
      fsync(descriptor)
      return (ContinuousClock.now - begin) / .milliseconds(1)
    }
    return (times.sorted()[50] * 100).rounded() / 100
  }

  /// Fills the queue with jobs in every state that nobody will work on.
  private func crowd(_ queue: SQLiteJobQueue) async throws {
    for part in 0..<4 {
      for begin in stride(from: 0, to: waiting, by: 5000) {
        let count = min(5000, waiting - begin)
        let job = NewJob(
          kind: "crowd", priority: part == 0 ? -1 : 0, notBefore: part == 1 ? Date() + 86_400 : nil, maximumAttempts: 1)
        _ = try await queue.enqueue(Array(repeating: job, count: count))
        guard part > 1 else { continue }
        let claimed = try await queue.claim(limit: count, lease: .seconds(86_400), worker: "crowd")
        if part == 3 { for job in claimed { try await queue.fail(job, reason: "crowd", retryAfter: nil) } }
      }
    }
  }
}

/// One process of the bench. Prints its seconds and those of its longest call.
struct BenchWorker {
  private let options: Options
  private let jobs: Int
  private let batch: Int

  init(_ options: Options) throws {
    self.options = options
    jobs = try options.number("jobs", or: 0)
    batch = try options.number("batch", or: 1)
  }

  func run() async throws {
    let queue = try await SQLiteDatabase(at: URL(filePath: options["file"])).jobQueue()
    let payload = Data(repeating: 120, count: 200)
    try await Task.sleep(for: .seconds((Double(options["start"]) ?? 0) - Date().timeIntervalSinceReferenceDate))
    let clock = ContinuousClock()
    let begin = clock.now
    var last = begin
    var longest = Duration.zero
    func measure() {
      longest = max(longest, clock.now - last)
      last = clock.now
    }
    for first in stride(from: 0, to: jobs, by: batch) {
      let count = min(batch, jobs - first)
      _ = try await queue.enqueue(Array(repeating: NewJob(kind: "bench", payload: payload), count: count))
      measure()
      let claimed = try await queue.claim(limit: count, lease: .seconds(60), worker: options["name"])
      measure()
      try await queue.complete(claimed)
      measure()
    }
    print((clock.now - begin) / .seconds(1), longest / .seconds(1))
  }
}
#endif
