#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif
import KoalrDomain

/// Reads an export into an empty store, which is then equal to the exported one: the same records with equal values.
///
/// Deletions are not part of an export. What an export adds for readers (`key`, `repository`, `percent` of totals, `source`) is
/// ignored. Memory holds one batch and one line.
public struct StoreImport: Sendable {
  private let store: any Store

  /// The records of one batch.
  public static let batchSize = 500

  /// Makes an import into a store.
  public init(_ store: some Store) { self.store = store }

  /// Reads a file and returns what the store holds then.
  ///
  /// - Throws: ``StoreError`` with the number of the line that is wrong. Batches before that line are stored: start again with an
  ///   empty store.
  @discardableResult
  public func read(from url: URL) async throws -> StoreCounts {
    try await refuseIfNotEmpty(url)
    let reader = try LineReader(url)
    let decoder = ImportLine.decoder()
    var pending: Pending?
    while let bytes = try reader.next(limit: ExportEntry.maximumLine) {
      if bytes.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }) { continue }
      let line = try decode(bytes, decoder, at: reader.number, of: url)
      if let full = pending, full.batch.connection != line.connection || full.batch.operations.count >= Self.batchSize {
        try await write(full, until: reader.number - 1, of: url)
        pending = nil
      }
      pending = pending ?? Pending(batch: StoreBatch(connection: line.connection), firstLine: reader.number)
      pending?.batch.upsert(line.record)
    }
    if let pending { try await write(pending, until: reader.number, of: url) }
    return try await StoreSummary(store).counts()
  }

  /// A batch that is being collected.
  private struct Pending {
    var batch: StoreBatch
    var firstLine: Int
  }

  private func refuseIfNotEmpty(_ url: URL) async throws {
    for kind in ExportedKind.all {
      let count = try await kind.count(store)
      guard count == 0 else {
        throw StoreError(
          .invalid, operation: "import \(url.lastPathComponent)",
          reason:
            "the store already holds records (\(kind.kind): \(count)); import into an empty store (an import that was interrupted left a part: delete it)."
        )
      }
    }
  }

  private func decode(_ bytes: [UInt8], _ decoder: JSONDecoder, at number: Int, of url: URL) throws -> ImportLine {
    do {
      // The decoder would put replacement characters for what is no text, and say nothing.
      guard String(validating: bytes, as: UTF8.self) != nil else { throw ImportLine.Fault.notUnicode }
      return try decoder.decode(ImportLine.self, from: Data(bytes))
    } catch {
      throw StoreError(
        .invalid, operation: "import line \(number) of \(url.lastPathComponent)",
        reason: "\(ImportLine.sentence(for: error)) Then start again with an empty store.")
    }
  }

  private func write(_ pending: Pending, until lastLine: Int, of url: URL) async throws {
    try Task.checkCancellation()
    do {
      try await store.write(pending.batch)
    } catch let error as StoreError {
      throw StoreError(
        error.code, operation: "import lines \(pending.firstLine) to \(lastLine) of \(url.lastPathComponent)",
        reason: "\(error.reason) Start again with an empty store.")
    }
  }
}
