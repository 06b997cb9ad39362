import KoalrCore

/// Finds the id for a local clone: several clones in one store must not take each other for a repository that has gone.
struct CloneConnection {
  var held: HeldConnections
  var store: any Store

  /// The id under which the clone was read before, else a free one.
  ///
  /// - Throws: what the clone and the store throw.
  func id(of clone: any CodeHost) async throws -> ConnectionID {
    let usual = ConnectionID(unchecked: Connection.Service.git.rawValue)
    let earlier = held.all.filter { $0.service == .git }
    if earlier.isEmpty { return usual }
    guard let repository = try await clone.repositories(after: nil).elements.first?.repository else { return usual }
    let record = RecordID(unchecked: repository.id.rawValue)
    for connection in earlier {
      if try await store.record(Repository.self, id: record, connection: connection.id) != nil { return connection.id }
    }
    return ConnectionNaming(held: held).clone(repository.name)
  }
}
