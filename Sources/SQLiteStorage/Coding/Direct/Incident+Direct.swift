import KoalrDomain

extension Incident: DirectlyCoded {
  init(from map: inout DirectReader) throws(RecordFault) {
    self.init(
      id: try map.value("id"), repositoryID: try map.optional("repositoryID"), title: try map.value("title"),
      startedAt: try map.value("startedAt"), resolvedAt: try map.optional("resolvedAt"), confidence: try map.value("confidence"),
      causeSHA: try map.optional("causeSHA"), sameAs: try map.optional("sameAs"),
      combinedConfidence: try map.optional("combinedConfidence"))
  }

  func encode(to map: inout DirectWriter) {
    map.write("id", id)
    map.write("repositoryID", repositoryID)
    map.write("title", title)
    map.write("startedAt", startedAt)
    map.write("resolvedAt", resolvedAt)
    map.write("confidence", confidence)
    map.write("causeSHA", causeSHA)
    map.write("sameAs", sameAs)
    map.write("combinedConfidence", combinedConfidence)
  }
}
