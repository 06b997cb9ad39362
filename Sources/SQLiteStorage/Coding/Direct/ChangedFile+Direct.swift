import KoalrDomain

extension ChangedFile: DirectlyCoded {
  init(from map: inout DirectReader) throws(RecordFault) {
    self.init(
      path: try map.value("path"), previousPath: try map.optional("previousPath"), status: try map.value("status"),
      additions: try map.optional("additions"), deletions: try map.optional("deletions"))
  }

  func encode(to map: inout DirectWriter) {
    map.write("path", path)
    map.write("previousPath", previousPath)
    map.write("status", status)
    map.write("additions", additions)
    map.write("deletions", deletions)
  }
}
