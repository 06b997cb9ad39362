import KoalrDomain

extension ChangeEvidence {
  /// The files of the change that earlier commits touched, or why none can be spoken of.
  var filesInHistory: Evidence<[FileHistory]> {
    guard let changed = files.value else { return .missing(reason: files.absence ?? "the changed files are not known") }
    guard let read = history.value else { return .missing(reason: history.absence ?? "the history is not known") }
    guard !changed.isEmpty else { return .missing(reason: "the change touches no file") }
    guard read.commitsRead > 0 else { return .missing(reason: "no commit of the repository's history has been read") }
    let known = read.files.filter { $0.commits > 0 }
    if !known.isEmpty { return .known(known) }
    let old = read.files.count { !$0.isNew }
    if old == 0 {
      return .missing(reason: "all \(Wording.count(changed.count, "file")) are new, so they have no history")
    }
    return .missing(
      reason: "none of the \(Wording.count(old, "changed file")) that existed before is touched by the"
        + " \(Wording.count(read.commitsRead, "commit")) that came before it in the window that was read")
  }

  /// `the 9 files`, or `5 of the 9 files` when the rest has no history.
  func share(of known: Int) -> String {
    let all = files.value?.count ?? known
    if all == 1 { return "the file" }
    return known == all ? "the \(all) files" : "\(known) of the \(all) files"
  }
}
