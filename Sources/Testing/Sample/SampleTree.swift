import KoalrCore

/// The files of a sample repository's default branch, and what open changes do to them.
struct SampleTree {
  /// Lines of each file.
  private(set) var lines: [String: Int] = [:]
  /// How many open changes touch a file.
  private var users: [String: Int] = [:]
  /// Files that an open change removes, moves or adds: nobody else may touch them.
  private var claimed: Set<String> = []

  /// Files that a change may edit, in a stable order.
  func editable(where isWanted: (String) -> Bool) -> [String] {
    lines.keys.filter { isWanted($0) && !claimed.contains($0) }.sorted()
  }

  /// Files that a change may remove or move: nobody else edits them.
  func movable(where isWanted: (String) -> Bool) -> [String] {
    editable(where: isWanted).filter { users[$0] == nil }
  }

  /// Whether a change may add this file.
  func isFree(_ path: String) -> Bool { lines[path] == nil && !claimed.contains(path) }

  /// Takes the files of a change that was opened.
  mutating func open(_ files: [ChangedFile]) {
    for file in files {
      users[file.path, default: 0] += 1
      if file.status != .modified { claimed.formUnion([file.path, file.previousPath ?? file.path]) }
    }
  }

  /// Gives them back when it is decided.
  mutating func release(_ files: [ChangedFile]) {
    for file in files {
      users[file.path] = users[file.path].flatMap { $0 > 1 ? $0 - 1 : nil }
      if file.status != .modified { claimed.subtract([file.path, file.previousPath ?? file.path]) }
    }
  }

  /// Brings files into the branch.
  mutating func apply(_ files: [ChangedFile]) {
    for file in files {
      let before = lines.removeValue(forKey: file.previousPath ?? file.path) ?? 0
      guard file.status != .removed else { continue }
      lines[file.path] = max(1, before + (file.additions ?? 0) - (file.deletions ?? 0))
    }
  }

  /// The tree with these files in it.
  func applying(_ files: [ChangedFile]) -> SampleTree {
    var tree = self
    tree.apply(files)
    return tree
  }
}
