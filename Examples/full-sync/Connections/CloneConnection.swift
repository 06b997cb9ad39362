import KoalrCore

/// Finds the id for a local clone, so that several clones share a store: a connection reads one thing.
struct CloneConnection {
  var held: HeldConnections

  /// The id under which the clone was read before, else a free one.
  ///
  /// - Throws: what testing the clone throws.
  func id(of clone: any CodeHost) async throws -> ConnectionID {
    let usual = ConnectionID(unchecked: Connection.Service.git.rawValue)
    let earlier = held.all.filter { $0.service == .git }
    // One that cannot be read is the sync's to report.
    guard !earlier.isEmpty, let name = try await clone.testConnection().organization else { return usual }
    return earlier.first { $0.organization == name }?.id ?? ConnectionNaming(held: held).clone(name)
  }
}
