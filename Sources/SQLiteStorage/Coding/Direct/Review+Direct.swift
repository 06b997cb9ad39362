import KoalrDomain

extension Review: DirectlyCoded {
  init(from map: inout DirectReader) throws(RecordFault) {
    self.init(
      id: try map.value("id"), author: try map.optional("author"), state: try map.value("state"),
      submittedAt: try map.optional("submittedAt"))
  }

  func encode(to map: inout DirectWriter) {
    map.write("id", id)
    map.write("author", author)
    map.write("state", state)
    map.write("submittedAt", submittedAt)
  }
}

extension Comment: DirectlyCoded {
  init(from map: inout DirectReader) throws(RecordFault) {
    self.init(
      id: try map.value("id"), author: try map.optional("author"), createdAt: try map.value("createdAt"),
      path: try map.optional("path"))
  }

  func encode(to map: inout DirectWriter) {
    map.write("id", id)
    map.write("author", author)
    map.write("createdAt", createdAt)
    map.write("path", path)
  }
}

extension Check: DirectlyCoded {
  init(from map: inout DirectReader) throws(RecordFault) {
    self.init(
      name: try map.value("name"), conclusion: try map.optional("conclusion"), completedAt: try map.optional("completedAt"))
  }

  func encode(to map: inout DirectWriter) {
    map.write("name", name)
    map.write("conclusion", conclusion)
    map.write("completedAt", completedAt)
  }
}
