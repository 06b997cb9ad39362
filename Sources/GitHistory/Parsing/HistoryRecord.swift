import KoalrDomain

/// One commit as git prints it, with the files it changed.
struct HistoryRecord: Sendable {
  /// The commit.
  var sha: CommitID
  /// What it was compared with first, as git prints it: a shallow clone's oldest commits have none here.
  var parents: [CommitID] = []
  /// When it was committed, cut to the years 1970 to 9999: git prints what the commit says.
  var committedAt = Date(timeIntervalSince1970: 0)
  /// The author's address, one line of plain text.
  var authorEmail = ""
  /// The author's name, one line of plain text.
  var authorName = ""
  /// The beginning of the message.
  var message = CommitMessage()
  /// The files.
  var files: [ChangedFile] = []
  /// Whether there were more files than are kept.
  var hasTooManyFiles = false

  /// The most files of one commit or change.
  static let maximumFiles = 100_000
  /// The last second of the year 9999.
  static let latestSecond = 253_402_300_799.0

  /// Whether a file's line counts are not known, because its content is not in the clone.
  var lacksLineCounts: Bool { files.contains { $0.additions == nil } }

  /// The files, or `nil` when there were too many.
  var readFiles: [ChangedFile]? { hasTooManyFiles ? nil : files }
}
