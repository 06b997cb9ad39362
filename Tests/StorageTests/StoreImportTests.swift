import Foundation
import KoalrCore
import Testing

struct StoreImportTests {
  static let good =
    #"{"kind":"team","key":"a/b","connection":"github","value":{"id":"T","members":[],"name":"B","organization":"a","#
    + #""parent":null,"slug":"b"}}"#

  @Test(arguments: [
    (
      #"{"kind":"planet","key":"x","connection":"github","value":{}}"#,
      "\"planet\" is not a kind of record this version knows; import with the version that wrote the file, or newer."
    ),
    (
      #"{"kind":"team","key":"x","connection":"github","value":{"id":"T"}}"#,
      "the field \"value.organization\" is missing; export again, or take the line out."
    ),
    (
      #"{"kind":"team","key":"x","connection":"","value":{}}"#,
      "the field \"connection\" holds something else than it should; export again, or take the line out."
    ),
    (
      #"{"kind":"contributor","key":"x","connection":"c","value":{"id":"T","login":null,"name":null,"email":null,"teams":[]}}"#,
      "the field \"value.login\" is null and must not be; export again, or take the line out."
    ),
    (
      #"{"kind":"checkpoint","key":"x","connection":"c","value":{"scope":"s","complete":true,"time":"yesterday"}}"#,
      "the field \"value.time\" holds something else than it should; export again, or take the line out."
    ),
    (
      #"{"kind":"team","version":2,"key":"x","connection":"github","value":{}}"#,
      "its format is newer than this version understands; import with the version that wrote the file, or newer."
    ),
    (#"{"kind":"team","key":"x""#, "it is not a JSON object, perhaps because the file was cut; export again."),
    ("[1]", "it is not a JSON object, perhaps because the file was cut; export again."),
  ])
  func `a line that cannot be read is named with what to do`(line: String, reason: String) async throws {
    let folder = try TemporaryFolder()
    let file = try folder.file("store.jsonl", text: Self.good + "\n\n" + line + "\n")
    let error = await #expect(throws: StoreError.self) { try await StoreImport(InMemoryStore()).read(from: file) }
    #expect(error?.description == "Could not import line 3 of store.jsonl: \(reason) Then start again with an empty store.")
  }

  @Test func `a checkpoint that was exported before gaps were counted has none`() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.file(
      "store.jsonl",
      text: #"{"kind":"checkpoint","key":"changes/R","connection":"github","value":{"complete":false,"cursor":"2","#
        + #""scope":"changes/R","since":null,"time":"2026-11-20T12:00:00Z"}}"#)
    let store = InMemoryStore()
    _ = try await StoreImport(store).read(from: file)
    let checkpoint = try await store.checkpoint(SourceID(unchecked: "changes/R"), connection: ConnectionID(unchecked: "github"))
    #expect(checkpoint?.cursor == "2" && checkpoint?.gaps == 0)
  }

  @Test func `a line that is no UTF-8 is refused, not read with replacement characters`() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.file("store.jsonl", text: "")
    var bytes = Data(Self.good.utf8)
    bytes.replace(Data("\"B\"".utf8), with: Data([0x22, 0xE9, 0x22]))
    try bytes.write(to: file)
    let error = await #expect(throws: StoreError.self) { try await StoreImport(InMemoryStore()).read(from: file) }
    #expect(error?.description.contains("line 1 of store.jsonl: it is not UTF-8") == true)
  }

  @Test func `a store that holds anything is refused`() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.file("store.jsonl", text: Self.good)
    let store = InMemoryStore()
    #expect(try await StoreImport(store).read(from: file)["team"] == 1)
    let error = await #expect(throws: StoreError.self) { try await StoreImport(store).read(from: file) }
    #expect(
      error?.description
        == "Could not import store.jsonl: the store already holds records (team: 1); import into an empty store "
        + "(an import that was interrupted left a part: delete it)."
    )
  }

  @Test func `a record that the store refuses is named with its lines`() async throws {
    let folder = try TemporaryFolder()
    let team = Self.good.replacing(#""id":"T""#, with: "\"id\":\"\(String(repeating: "x", count: 255))\"")
    let scope =
      #"{"kind":"assessment","key":"x","connection":"github","value":{"model":"\#(String(repeating: "m", count: 1000))","#
    let rest =
      #""subject":{"change":{"id":"PR_1"}},"repositoryID":"R","factors":[],"missing":[],"evidenceShare":1,"#
      + #""asOf":"2026-11-20T12:00:00Z"}}"#
    let long = (scope + rest).replacing("PR_1", with: String(repeating: "p", count: 200))
    let file = try folder.file("store.jsonl", text: team + "\n" + long)
    let error = await #expect(throws: StoreError.self) { try await StoreImport(InMemoryStore()).read(from: file) }
    #expect(error?.code == .invalid)
    #expect(
      error?.description.hasPrefix("Could not import lines 1 to 2 of store.jsonl: a record of the kind \"assessment\" has an id")
        == true)
  }

  @Test func `a file that is not there is an error with its path`() async throws {
    let folder = try TemporaryFolder()
    let file = folder.file("none.jsonl")
    let error = await #expect(throws: StoreError.self) { try await StoreImport(InMemoryStore()).read(from: file) }
    #expect(
      error?.description == "Could not import \(file.path): No such file or directory. "
        + "Check the name of the file and whether you may read it.")
  }
}
