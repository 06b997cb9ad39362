/// What is asked of git and in which form; ``HistoryParser`` reads it.
enum HistoryFormat {
  /// How much of a commit's files can be had.
  enum Detail: Sendable {
    /// Renames and line counts; needs the changed files' contents.
    case full
    /// Paths only: a rename is a removal and an addition.
    case paths
    /// No files.
    case none
  }

  /// Arguments of `git diff-tree` for commits on standard input; a second name in a line is what the commit is compared with.
  static func arguments(_ detail: Detail) -> [String] {
    let header = "--format=tformat:C%H%x00%P%x00%ct%x00%ae%x00%an%x00%B"
    return switch detail {
    case .full: ["diff-tree", "--stdin", "-z", "-r", "--raw", "--numstat", "-M", "-l0"] + common + [header]
    case .paths: ["diff-tree", "--stdin", "-z", "-r", "--raw", "--no-renames"] + common + [header]
    // Unlike diff-tree this needs no trees.
    case .none: ["log", "--no-walk=unsorted", "--stdin", "-z", "-s", "--encoding=UTF-8", header]
    }
  }

  /// Arguments of `git diff-tree` that only name the changed files' contents; ``ChangedBlobs`` reads them.
  static let blobArguments = ["diff-tree", "--stdin", "-z", "-r", "--raw", "--no-renames"] + common + ["--format=tformat:C%H"]

  // -O/dev/null: a repository's diff.orderFile may be missing.
  private static let common = [
    "--root", "--always", "--no-abbrev", "--diff-merges=first-parent", "--no-ext-diff", "--no-textconv", "--no-relative",
    "--ignore-submodules=none", "--diff-algorithm=myers", "-O/dev/null", "--encoding=UTF-8",
  ]
}
