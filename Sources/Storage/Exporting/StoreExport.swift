#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif
import KoalrDomain

/// Writes everything a store holds as JSON Lines, one record a line: `{"kind": …, "key": …, "connection": …, "value": {…}}`.
///
/// `Documentation/Export.md` describes every field. Two stores with the same records give the same bytes: kinds come in the order
/// of that page, then connections and keys in the order of their bytes. In memory it holds the names of repositories and changes
/// and the keys of one kind, never the records. The store must not be written meanwhile: it is read record by record.
public struct StoreExport: Sendable {
  private let store: any Store

  /// Makes an export of a store.
  public init(_ store: some Store) { self.store = store }

  /// The lines, each without its line feed; read on demand.
  public var lines: Lines { Lines(store: store) }

  /// Writes the lines to a file and returns how many there are.
  ///
  /// A regular file appears, or is replaced, only when all of it is written; a device or pipe is written to directly.
  /// - Throws: ``StoreError``.
  @discardableResult
  public func write(to url: URL) async throws -> Int {
    let file = try ExportFile(url)
    var count = 0
    // Not `for await`: that would leave the caller's executor and come back for every line.
    var iterator = lines.makeAsyncIterator()
    while let line = try await iterator.next() {
      try file.append(line: line)
      count += 1
    }
    try file.finish()
    return count
  }

  /// The lines of an export.
  public struct Lines: AsyncSequence, Sendable {
    fileprivate let store: any Store

    /// Begins at the first line.
    public func makeAsyncIterator() -> Iterator { Iterator(store: store) }

    /// Writes line after line.
    public struct Iterator: AsyncIteratorProtocol {
      private let store: any Store
      private var names: ExportNames?
      private var kinds = ExportedKind.all[...]
      private var kind: ExportedKind?
      private var entries: [ExportEntry] = []
      private var next = 0

      fileprivate init(store: any Store) { self.store = store }

      /// Returns the next line as UTF-8, or `nil` after the last one.
      public mutating func next() async throws -> [UInt8]? {
        var names = if let names { names } else { try await ExportNames(store) }
        while true {
          try Task.checkCancellation()
          if let kind, next < entries.count {
            next += 1
            if let line = try await kind.line(store, entries[next - 1], names) { return line }
          } else if let following = kinds.popFirst() {
            kind = following
            entries = try await following.entries(store, &names)
            next = 0
            self.names = names
          } else {
            return nil
          }
        }
      }
    }
  }
}
