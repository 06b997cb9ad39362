import KoalrDomain

extension Deployment: DirectlyCoded {
  init(from map: inout DirectReader) throws(RecordFault) {
    self.init(
      id: try map.value("id"), repositoryID: try map.value("repositoryID"), environment: try map.value("environment"),
      sha: try map.value("sha"), createdAt: try map.value("createdAt"), updatedAt: try map.value("updatedAt"),
      statuses: try map.value("statuses"))
  }

  func encode(to map: inout DirectWriter) {
    map.write("id", id)
    map.write("repositoryID", repositoryID)
    map.write("environment", environment)
    map.write("sha", sha)
    map.write("createdAt", createdAt)
    map.write("updatedAt", updatedAt)
    map.write("statuses", statuses)
  }
}

extension DeploymentStatus: DirectlyCoded {
  init(from map: inout DirectReader) throws(RecordFault) {
    self.init(
      state: try map.value("state"), createdAt: try map.value("createdAt"))
  }

  func encode(to map: inout DirectWriter) {
    map.write("state", state)
    map.write("createdAt", createdAt)
  }
}
