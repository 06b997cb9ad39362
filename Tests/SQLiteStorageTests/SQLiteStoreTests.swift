#if SQLite
import KoalrCore
import KoalrSQLiteStorage
import KoalrTesting
import Testing

struct SQLiteStoreTests {
  @Test(arguments: StoreContract.Promise.allCases)
  func `the store in a file keeps`(_ promise: StoreContract.Promise) async throws {
    try await ScratchFolder.with { folder in
      let files = FileNames(in: folder)
      try await StoreContract { try await SQLiteDatabase(at: files.next()).store }.check(promise)
    }
  }
}
#endif
