#if SQLite
import Foundation
import KoalrCore
import PeerSupport
import RecordSupport
import Testing

@testable import KoalrSQLiteStorage
@testable import KoalrStorage

/// That merging bytes cannot be told from merging values, save by a clock.
struct SplicedRecordTests {
  private func spliced(_ stored: Change, _ newer: Change, taking parts: [RecordPart.Name]) throws -> [UInt8]? {
    let (stored, newer) = (try RecordCoder.encode(stored), try RecordCoder.encode(newer))
    return stored.withUnsafeBytes { old in newer.withUnsafeBytes { Change.splice(old, taking: parts, from: $0) } }
  }

  @Test(arguments: RecordGenerator.Presence.allCases, RecordGenerator.Presence.allCases)
  func `random changes are merged as values and as bytes alike`(
    stored: RecordGenerator.Presence, newer: RecordGenerator.Presence
  ) throws {
    var (old, new) = (RecordGenerator(seed: 1, presence: stored), RecordGenerator(seed: 2, presence: newer))
    for _ in 0..<200 {
      let (change, update) = (old.change(), new.change())
      var merged = StampedRecord(change)
      merged.merge(update)
      var stamps = change.parts
      let taken = stamps.takeOver(update.parts)
      #expect(stamps == merged.stamps)
      #expect(try spliced(change, update, taking: taken) == RecordCoder.encode(merged.value))
    }
  }

  @Test func `each part is taken by itself`() throws {
    var (old, new) = (RecordGenerator(seed: 3, presence: .all), RecordGenerator(seed: 4, presence: .all))
    let (stored, newer) = (old.change(), new.change())
    for part in [.whole] + Change.partKeys.map(\.part) {
      var merged = stored
      merged.take(part, from: newer)
      #expect(try spliced(stored, newer, taking: [part]) == RecordCoder.encode(merged), "\(part)")
    }
    #expect(try spliced(stored, newer, taking: []) == RecordCoder.encode(stored))
  }

  // A part that a change gets later and that is forgotten there would be taken over with the whole.
  @Test func `every part of a change has its key`() {
    var generator = RecordGenerator(seed: 5, presence: .all)
    #expect(generator.change().parts.map(\.name) == [.whole] + Change.partKeys.map(\.part))
  }

  @Test(
    arguments: [
      [0xFF], [0x80], [], [0xA1, 0x61], [0xA0, 0x00],
      // Files before labels, labels twice, and another entry behind the labels.
      [0xA2, 0x65, 0x66, 0x69, 0x6C, 0x65, 0x73, 0x80, 0x66, 0x6C, 0x61, 0x62, 0x65, 0x6C, 0x73, 0x80],
      [0xA2, 0x66, 0x6C, 0x61, 0x62, 0x65, 0x6C, 0x73, 0x80, 0x66, 0x6C, 0x61, 0x62, 0x65, 0x6C, 0x73, 0x80],
      [0xA2, 0x66, 0x6C, 0x61, 0x62, 0x65, 0x6C, 0x73, 0x80, 0x61, 0x78, 0x00],
    ] as [[UInt8]])
  func `what does not lie as it is encoded today is left to the general way`(bytes: [UInt8]) throws {
    let sound = try RecordCoder.encode(Make.change("P", at: 1))
    bytes.withUnsafeBytes { bytes in
      sound.withUnsafeBytes { sound in
        #expect(Change.splice(bytes, taking: [.whole], from: sound) == nil)
        #expect(Change.splice(sound, taking: [.whole], from: bytes) == nil)
      }
    }
  }

  @Test func `a change whose parts come one by one lies where its whole says`() async throws {
    let folder = try ScratchFolder()
    let database = try await SQLiteDatabase(at: folder.newFile())
    var moved = Make.change("P", at: 5, files: ["b"])
    moved.repositoryID = RepositoryID(unchecked: "R_2")
    for change in [Make.change("P", at: 3), Make.change("P", at: 2, files: ["a"]), moved] {
      try await database.store.write(Make.batch { $0.upsert(change) })
    }
    #expect(try await database.store.all(RecordQuery(Change.self, repository: RepositoryID(unchecked: "R_2"))) == [moved])
    let older = Make.change("P", at: 4, title: "older", files: ["c"])
    try await database.store.write(Make.batch { $0.upsert(older) })
    moved.files = older.files
    #expect(try await database.store.all(RecordQuery(Change.self)) == [moved])
    #expect(try await database.integrityCheck() == [])
  }
}
#endif
