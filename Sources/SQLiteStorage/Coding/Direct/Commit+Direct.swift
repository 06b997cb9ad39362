import KoalrDomain

extension Commit: DirectlyCoded {
  init(from map: inout DirectReader) throws(RecordFault) {
    self.init(
      sha: try map.value("sha"), repositoryID: try map.value("repositoryID"), author: try map.optional("author"),
      authorName: try map.value("authorName"), authorEmail: try map.value("authorEmail"),
      committedAt: try map.value("committedAt"), parents: try map.value("parents"), subject: try map.value("subject"),
      reverts: try map.optional("reverts"), files: try map.optional("files"))
  }

  func encode(to map: inout DirectWriter) {
    map.write("sha", sha)
    map.write("repositoryID", repositoryID)
    map.write("author", author)
    map.write("authorName", authorName)
    map.write("authorEmail", authorEmail)
    map.write("committedAt", committedAt)
    map.write("parents", parents)
    map.write("subject", subject)
    map.write("reverts", reverts)
    map.write("files", files)
  }
}
