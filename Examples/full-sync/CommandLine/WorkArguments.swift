import Foundation

/// What `full-sync work` is asked to do.
struct WorkArguments {
  /// The database with the connections and the queue.
  var file: URL
  /// Whether it ends when no job is due.
  var once: Bool
  /// Where clones are kept, as a sync is told.
  var cacheWords: [String]

  /// Reads the words behind `work`.
  ///
  /// - Throws: ``UsageError``.
  init(_ words: ArraySlice<String>) throws(UsageError) {
    let words = try CommandWords(words, .init(command: "work", values: ["--store", "--cache"], flags: ["--once"]))
    file = try words.storeFile(of: "work")
    once = words.has("--once")
    cacheWords = words["--cache"].map { ["--cache", $0] } ?? []
  }

  static let usage = """
    Usage: full-sync work --store sqlite:FILE [--once] [--cache FOLDER]

    Does what connections left to do: the sync that connections add and replace enqueue, the first scores first, and
    webhooks that could not be registered at once. Several may work on one store; a connection is never synced twice
    at once. It works until it is stopped (SIGINT, SIGTERM) and leaves what it had to the next.

      --once               ends when nothing is due
      --cache FOLDER       where clones are kept between runs (the user's cache folder)

    Exit codes: 0 done or stopped, 1 a job failed and will be tried again, 2 failed, 64 wrong usage.
    """
}
