import KoalrDomain

extension ChangeCoverage: DirectlyCoded {
  init(from map: inout DirectReader) throws(RecordFault) {
    self.init(
      changeID: try map.value("changeID"), repositoryID: try map.value("repositoryID"), headSHA: try map.optional("headSHA"),
      base: try map.optional("base"), head: try map.optional("head"), delta: try map.optional("delta"),
      patch: try map.optional("patch"), files: try map.optional("files"), untrackedFiles: try map.optional("untrackedFiles"),
      updatedAt: try map.optional("updatedAt"))
  }

  func encode(to map: inout DirectWriter) {
    map.write("changeID", changeID)
    map.write("repositoryID", repositoryID)
    map.write("headSHA", headSHA)
    map.write("base", base)
    map.write("head", head)
    map.write("delta", delta)
    map.write("patch", patch)
    map.write("files", files)
    map.write("untrackedFiles", untrackedFiles)
    map.write("updatedAt", updatedAt)
  }
}

extension CoverageTotals: DirectlyCoded {
  init(from map: inout DirectReader) throws(RecordFault) {
    self.init(
      hits: try map.value("hits"), lines: try map.value("lines"))
  }

  func encode(to map: inout DirectWriter) {
    map.write("hits", hits)
    map.write("lines", lines)
  }
}

extension FileCoverage: DirectlyCoded {
  init(from map: inout DirectReader) throws(RecordFault) {
    self.init(
      path: try map.value("path"), hits: try map.value("hits"), lines: try map.value("lines"))
  }

  func encode(to map: inout DirectWriter) {
    map.write("path", path)
    map.write("hits", hits)
    map.write("lines", lines)
  }
}
