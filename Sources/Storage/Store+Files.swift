public import KoalrDomain

/// A record that names changed files.
///
/// A store may count them in what it keeps without reading the rest, so they are an array under the key `files` of the `Codable` form.
public protocol FileHolding: StoredRecord {
  /// The files; `nil` where they are not known.
  var files: [ChangedFile]? { get }
}

extension Change: FileHolding {}
extension Commit: FileHolding {}

extension Store {
  /// Reads the records page by page and counts.
  public func countFiles<Record: FileHolding>(of query: RecordQuery<Record>) async throws -> Int {
    var (query, count) = (query, 0)
    query.after = nil
    try await forEachPage(query) { page in for held in page { count += held.value.files?.count ?? 0 } }
    return count
  }
}
