#if SQLite
import Foundation
import KoalrCore

/// What a worker did, one line each.
struct WorkLine {
  /// What can happen to a job in a worker's hands.
  enum Event: String {
    /// Its lease runs from `begin` to `time`; `note` is the payload.
    case claimed
    /// Its lease was extended; `time` is its end.
    case extended
    /// It is about to be given back; the worker is done with it.
    case givingBack
    /// It is about to be completed.
    case completing
    /// The queue said that it is completed.
    case completed
    /// The queue said that the lease is lost.
    case lost
  }

  var event: Event
  var job: String
  var attempt: Int
  var begin: Double
  var time: Double
  var note: String

  var text: String { "\(event.rawValue) \(job) \(attempt) \(begin) \(time) \(note)\n" }

  init(_ event: Event, _ job: ClaimedJob, begin: Date? = nil, time: Date, note: String = "-") {
    self.event = event
    self.job = job.id.rawValue
    attempt = job.attempt
    self.begin = (begin ?? time).timeIntervalSinceReferenceDate
    self.time = time.timeIntervalSinceReferenceDate
    self.note = note
  }

  init?(_ text: Substring) {
    let words = text.split(separator: " ")
    guard words.count == 6, let event = Event(rawValue: String(words[0])), let attempt = Int(words[2]),
      let begin = Double(words[3]), let time = Double(words[4])
    else { return nil }
    (self.event, job, self.attempt) = (event, String(words[1]), attempt)
    (self.begin, self.time, note) = (begin, time, String(words[5]))
  }
}

/// An append-only file of one worker. What was written is there after the worker was killed.
struct WorkLog {
  private let descriptor: Int32

  init(path: String) throws {
    descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
  }

  func append(_ lines: [WorkLine]) throws {
    let bytes = Array(lines.map(\.text).joined().utf8)
    guard write(descriptor, bytes, bytes.count) == bytes.count else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
  }

  /// Reads all whole lines of all files of a folder; a worker may have been killed in the middle of its last one.
  static func lines(in folder: URL) throws -> [WorkLine] {
    var lines: [WorkLine] = []
    for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    where file.pathExtension == "log" {
      let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
      guard let end = text.lastIndex(of: "\n") else { continue }
      for line in text[..<end].split(separator: "\n") {
        guard let line = WorkLine(line) else { throw CocoaError(.fileReadCorruptFile) }
        lines.append(line)
      }
    }
    return lines
  }
}
#endif
