import KoalrDomain

extension Change: DirectlyCoded {
  init(from map: inout DirectReader) throws(RecordFault) {
    self.init(
      id: try map.value("id"), repositoryID: try map.value("repositoryID"), number: try map.optional("number"),
      title: try map.value("title"), state: try map.value("state"), author: try map.optional("author"),
      authorName: try map.optional("authorName"), authorEmail: try map.optional("authorEmail"),
      createdAt: try map.optional("createdAt"), updatedAt: try map.value("updatedAt"), mergedAt: try map.optional("mergedAt"),
      closedAt: try map.optional("closedAt"), headSHA: try map.optional("headSHA"), baseSHA: try map.optional("baseSHA"),
      mergeSHA: try map.optional("mergeSHA"), baseBranch: try map.optional("baseBranch"),
      headBranch: try map.optional("headBranch"), fromFork: try map.optional("fromFork"), draft: try map.value("draft"),
      additions: try map.optional("additions"), deletions: try map.optional("deletions"),
      changedFiles: try map.optional("changedFiles"), commentCount: try map.optional("commentCount"),
      labels: try map.optional("labels"), files: try map.optional("files"), reviews: try map.optional("reviews"),
      comments: try map.optional("comments"), checks: try map.optional("checks"))
  }

  func encode(to map: inout DirectWriter) {
    map.write("id", id)
    map.write("repositoryID", repositoryID)
    map.write("number", number)
    map.write("title", title)
    map.write("state", state)
    map.write("author", author)
    map.write("authorName", authorName)
    map.write("authorEmail", authorEmail)
    map.write("createdAt", createdAt)
    map.write("updatedAt", updatedAt)
    map.write("mergedAt", mergedAt)
    map.write("closedAt", closedAt)
    map.write("headSHA", headSHA)
    map.write("baseSHA", baseSHA)
    map.write("mergeSHA", mergeSHA)
    map.write("baseBranch", baseBranch)
    map.write("headBranch", headBranch)
    map.write("fromFork", fromFork)
    map.write("draft", draft)
    map.write("additions", additions)
    map.write("deletions", deletions)
    map.write("changedFiles", changedFiles)
    map.write("commentCount", commentCount)
    map.write("labels", labels)
    map.write("files", files)
    map.write("reviews", reviews)
    map.write("comments", comments)
    map.write("checks", checks)
  }
}
