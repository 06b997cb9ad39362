#if SQLite
import Foundation
import PeerSupport
import KoalrCore
import KoalrCryptography
import KoalrTesting
import Testing

@testable import KoalrSQLiteStorage

/// Sealed secrets in a file. (`SealedSecretTests` are those in memory.)
struct SQLiteSealedSecretTests {
  private let github = ConnectionID(unchecked: "github")
  private let folder: SecretFolder

  init() throws { folder = try SecretFolder() }

  private static func sealer(_ letters: String...) throws -> KeyringSealer {
    let lines = letters.map { "\($0):\(Data(repeating: $0.utf8.first ?? 0, count: 32).base64EncodedString())" }
    return KeyringSealer(keys: try SealingKeys(text: lines.joined(separator: "\n")))
  }

  private func place(_ name: SecretName = .token) -> SecretPlace { SecretPlace(connection: github, name: name) }

  private func token(_ text: String = SecretFolder.token) throws -> Secret { try #require(Secret(text)) }

  @Test(arguments: SealedSecretStorageContract.Promise.allCases)
  func `the storage of sealed secrets in a file keeps`(_ promise: SealedSecretStorageContract.Promise) async throws {
    try await SealedSecretStorageContract { try await SQLiteDatabase(at: folder.newFile()).sealedSecrets }.check(promise)
  }

  @Test(arguments: SecretStoreContract.Promise.allCases)
  func `the sealed secret store in a file keeps`(_ promise: SecretStoreContract.Promise) async throws {
    try await SecretStoreContract {
      SealedSecretStore(try await SQLiteDatabase(at: folder.newFile()).sealedSecrets, sealer: try Self.sealer("a"))
    }.check(promise)
  }

  @Test func `secrets are there when the file is opened again, and open with their key alone`() async throws {
    let file = folder.newFile()
    let sealer = try Self.sealer("a")
    try await SealedSecretStore(SQLiteDatabase(at: file).sealedSecrets, sealer: sealer)
      .save(token(), name: .token, connection: github)
    let again = try await SQLiteDatabase(at: file)
    #expect(
      try await SealedSecretStore(again.sealedSecrets, sealer: sealer).secret(.token, connection: github) == token())
    let error = await #expect(throws: SealingError.self) {
      try await SealedSecretStore(again.sealedSecrets, sealer: try Self.sealer("b")).secret(.token, connection: github)
    }
    #expect(error?.code == .unknownKey)
  }

  @Test func `the bytes of the file hold no token, in no form`() async throws {
    let file = folder.newFile()
    let database = try await SQLiteDatabase(at: file)
    let store = SealedSecretStore(database.sealedSecrets, sealer: try Self.sealer("a"))
    try await store.save(token(), name: .token, connection: github)
    try await store.save(
      token(String(repeating: SecretFolder.token, count: 500)), name: SecretName(unchecked: "long"), connection: github)
    let bytes = try folder.bytes(of: file)
    for form in SecretFolder.forms(of: SecretFolder.token) { #expect(bytes.firstRange(of: form) == nil) }
    // The search would find what is there.
    let sealed = try #require(try await database.sealedSecrets.sealed(at: place()))
    #expect(bytes.firstRange(of: Data(sealed.rawValue.utf8)) != nil)
  }

  /// The ways by which a sealed text stops being what is stored.
  enum End: CaseIterable { case replaced, exchanged, removed, connectionRemoved }

  @Test(arguments: End.allCases, [20, 30_000])
  func `a sealed text that went is gone from the bytes of file and log`(_ end: End, length: Int) async throws {
    let file = folder.newFile()
    let database = try await SQLiteDatabase(at: file)
    let storage = database.sealedSecrets
    let store = SealedSecretStore(storage, sealer: try Self.sealer("a"))
    // Neighbours, so that pages are split, merged and moved.
    for number in 0..<40 { try await store.save(token(), name: SecretName(unchecked: "other \(number)"), connection: github) }
    try await store.save(token(String(repeating: "x", count: length)), name: .token, connection: github)
    let sealed = try #require(try await storage.sealed(at: place()))
    let parts = SecretFolder.parts(of: sealed.rawValue)
    let before = try folder.bytes(of: file)
    for part in parts { #expect(before.firstRange(of: part) != nil) }
    switch end {
    case .replaced: try await store.save(token(), name: .token, connection: github)
    case .exchanged:
      let new = try Self.sealer("b", "a")
      #expect(try await SealedSecretStore(storage, sealer: new).reseal() == 41)
    case .removed: #expect(try await store.remove(.token, connection: github))
    case .connectionRemoved: try await store.removeAll(connection: github)
    }
    let after = try folder.bytes(of: file)
    for part in parts { #expect(after.firstRange(of: part) == nil) }
  }

  @Test func `a removal does not wait for long readers, and what they read goes with the next one`() async throws {
    let file = folder.newFile()
    let database = try await SQLiteDatabase(at: file)
    let store = SealedSecretStore(database.sealedSecrets, sealer: try Self.sealer("a"))
    try await store.save(token(), name: .token, connection: github)
    let sealed = try #require(try await database.sealedSecrets.sealed(at: place()))
    let reader = try SQLiteConnection(path: file.path, flags: 0x6, busySeconds: 0)
    try reader.execute("BEGIN")
    #expect(try reader.number("SELECT count(*) FROM secret") == 1)
    try await store.save(token("changed"), name: .token, connection: github)
    #expect(try reader.texts("SELECT sealed FROM secret") == [sealed.rawValue])
    #expect(try await store.remove(.token, connection: github))
    #expect(try await store.secret(.token, connection: github) == nil)
    try reader.execute("COMMIT")
    try await store.remove(SecretName(unchecked: "nothing"), connection: github)
    #expect(try folder.bytes(of: file).firstRange(of: Data(sealed.rawValue.utf8)) == nil)
  }

  @Test func `two processes that rotate one file bring no replaced token back`() async throws {
    let file = folder.newFile()
    let (one, two) = (try await SQLiteDatabase(at: file), try await SQLiteDatabase(at: file))
    let old = SealedSecretStore(one.sealedSecrets, sealer: try Self.sealer("a"))
    for number in 0..<20 { try await old.save(token(), name: SecretName(unchecked: "\(number)"), connection: github) }
    let new = try Self.sealer("b", "a")
    let fresh = try token("fresh")
    let connection = github
    try await withThrowingTaskGroup(of: Void.self) { group in
      for database in [one, two] { group.addTask { try await SealedSecretStore(database.sealedSecrets, sealer: new).reseal() } }
      group.addTask {
        let store = SealedSecretStore(two.sealedSecrets, sealer: new)
        for number in 0..<20 { try await store.save(fresh, name: SecretName(unchecked: "\(number)"), connection: connection) }
      }
      try await group.waitForAll()
    }
    let store = SealedSecretStore(one.sealedSecrets, sealer: try Self.sealer("b"))
    for number in 0..<20 { #expect(try await store.secret(SecretName(unchecked: "\(number)"), connection: github) == fresh) }
  }
}

/// Files for secrets, and what their bytes are searched for.
final class SecretFolder: Sendable {
  static let token = "ghp_hunter2InTheClear0123456789abcdef"

  private let url = FileManager.default.temporaryDirectory.appending(path: "koalr-secrets-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }

  deinit { try? FileManager.default.removeItem(at: url) }

  func newFile() -> URL { url.appending(path: "\(UUID().uuidString).sqlite") }

  /// The bytes of the file and of everything beside it that has its name.
  func bytes(of file: URL) throws -> Data {
    let names = try FileManager.default.contentsOfDirectory(atPath: url.path).filter { $0.hasPrefix(file.lastPathComponent) }
    return try names.sorted().reduce(into: Data()) { try $0.append(Data(contentsOf: url.appending(path: $1))) }
  }

  /// A text as it is, in hexadecimal, in UTF-16, and the inner part of its base64 at each of three offsets.
  static func forms(of text: String) -> [Data] {
    let bytes = Data(text.utf8)
    let hex = bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    let wide = Data(text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })
    let base64 = (0..<3).map { offset in
      Data((Data(repeating: 0, count: offset) + bytes).base64EncodedString().dropFirst(4).dropLast(4).utf8)
    }
    return [bytes, Data(hex.utf8), wide] + base64
  }

  /// Stretches of a long text that lie in one page each.
  static func parts(of text: String) -> [Data] {
    let bytes = Array(text.utf8)
    guard bytes.count > 5_000 else { return [Data(bytes)] }
    return stride(from: 0, to: bytes.count - 64, by: 6_007).map { Data(bytes[$0..<$0 + 32]) }
  }
}
#endif
