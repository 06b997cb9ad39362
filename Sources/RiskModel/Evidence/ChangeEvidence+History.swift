import KoalrDomain

extension ChangeEvidence {
  /// The files of the change that earlier commits touched, or why none can be spoken of.
  var filesInHistory: Evidence<[FileHistory]> {
    guard let changed = files.value else { return .missing(reason: files.absence ?? "the changed files are not known") }
    guard let read = history.value else { return .missing(reason: history.absence ?? "the history is not known") }
    guard !changed.isEmpty else { return .missing(reason: "the change touches no file") }
    guard read.commitsRead > 0 else { return .missing(reason: "no commit of the window landed before it") }
    let known = read.files.filter { $0.commits > 0 }
    if !known.isEmpty { return .known(known) }
    if read.files.allSatisfy(\.isNew) {
      return .missing(
        reason: changed.count == 1
          ? "its only file is new and has no history" : "all \(changed.count) files are new and have no history")
    }
    return .missing(
      reason: "\(Wording.count(read.commitsRead, "commit")) of the window came before it, and none touches a file of it")
  }

  /// `the 9 files`, or `5 of the 9 files` when the rest has no history.
  func share(of known: Int) -> String {
    let all = files.value?.count ?? known
    if all == 1 { return "the file" }
    return known == all ? "the \(all) files" : "\(known) of the \(all) files"
  }
}
