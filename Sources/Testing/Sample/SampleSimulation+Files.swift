import KoalrCore

extension SampleSimulation {
  /// The files that a change of a kind touches.
  mutating func files(of kind: SampleKind, in area: SampleStory.Area) -> [ChangedFile] {
    taken = []
    let count = generator.number(in: kind.fileCount)
    let isProse = story.ending == "mdx"
    switch kind {
    case .feature: return newFiles(1, in: area) + edits(count - 1, kind) { $0.hasPrefix(area.folder) }
    case .fix: return edits(count, kind) { $0.hasPrefix(area.folder) }
    case .oneLine: return oneLine(in: area)
    case .refactor: return edits(count, kind) { _ in true }
    case .migration: return newMigration() + edits(count - 1, kind) { $0.hasPrefix(area.folder) && $0.contains("_store") }
    case .dependencies: return edits(count, kind) { $0.hasPrefix("manifest.") }
    case .documentation: return edits(count, kind) { $0 == "README.md" || isProse && $0.hasPrefix(area.folder) }
    case .tests: return edits(count, kind) { $0.hasPrefix(area.folder) && $0.contains("/tests/") }
    case .cleanup: return moves(in: area) + edits(count - 1, kind) { $0.hasPrefix(area.folder) }
    case .revert: return []
    }
  }

  private mutating func edits(_ count: Int, _ kind: SampleKind, where isWanted: (String) -> Bool) -> [ChangedFile] {
    let paths = generator.draw(max(0, count), of: tree.editable(where: isWanted))
    return paths.filter { !taken.contains($0) }.sorted().map { edited($0, lines: kind.lines) }
  }

  private mutating func oneLine(in area: SampleStory.Area) -> [ChangedFile] {
    generator.draw(1, of: tree.editable { $0.hasPrefix(area.folder) }).map {
      ChangedFile(path: $0, status: .modified, additions: 1, deletions: 1)
    }
  }

  private mutating func newFiles(_ count: Int, in area: SampleStory.Area) -> [ChangedFile] {
    let suffixes = ["_export", "_limits", "_audit", "_cache", "_metrics", "_paging", "_events", "_client"]
    let paths = area.words.flatMap { word in suffixes.map { "\(area.folder)/\(word)\($0).\(story.ending)" } }
    return generator.draw(count, of: paths.filter(tree.isFree)).map { added($0, lines: 20...160) }
  }

  private mutating func newMigration() -> [ChangedFile] {
    let number = 100 + lastNumber
    let path = "migrations/\(number)_\(generator.pick(["keys", "tables", "columns", "indexes"]) ?? "keys").sql"
    return tree.isFree(path) ? [added(path, lines: 8...60)] : []
  }

  /// A file that moves, and sometimes one that goes away.
  private mutating func moves(in area: SampleStory.Area) -> [ChangedFile] {
    let candidates = generator.draw(2, of: tree.movable { $0.hasPrefix(area.folder) && !$0.contains("/tests/") })
    guard let path = candidates.first, let lines = tree.lines[path] else { return [] }
    let target = path.replacing(area.folder, with: area.folder + "/parts", maxReplacements: 1)
    guard tree.isFree(target), candidates.count == 2, let other = candidates.last else { return [] }
    taken = Set(candidates)
    let moved = ChangedFile(
      path: target, previousPath: path, status: .renamed, additions: min(3, lines), deletions: min(2, lines))
    guard generator.chance(0.4) else { return [moved] }
    return [moved, ChangedFile(path: other, status: .removed, additions: 0, deletions: tree.lines[other])]
  }
}
