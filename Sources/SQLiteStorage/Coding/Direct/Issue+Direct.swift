import KoalrDomain

extension Issue: DirectlyCoded {
  init(from map: inout DirectReader) throws(RecordFault) {
    self.init(
      id: try map.value("id"), repositoryID: try map.value("repositoryID"), number: try map.value("number"),
      state: try map.value("state"), title: try map.value("title"), author: try map.optional("author"),
      createdAt: try map.value("createdAt"), updatedAt: try map.value("updatedAt"), closedAt: try map.optional("closedAt"),
      labels: try map.value("labels"), commentCount: try map.optional("commentCount"),
      mentions: try map.optional("mentions"))
  }

  func encode(to map: inout DirectWriter) {
    map.write("id", id)
    map.write("repositoryID", repositoryID)
    map.write("number", number)
    map.write("state", state)
    map.write("title", title)
    map.write("author", author)
    map.write("createdAt", createdAt)
    map.write("updatedAt", updatedAt)
    map.write("closedAt", closedAt)
    map.write("labels", labels)
    map.write("commentCount", commentCount)
    map.write("mentions", mentions)
  }
}
