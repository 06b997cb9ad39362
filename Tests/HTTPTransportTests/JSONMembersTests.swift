import Foundation
import KoalrHTTPTransport
import Testing

/// What is read member by member is what `Codable` would read.
struct JSONMembersTests {
  private struct Note: JSONReadable, Equatable {
    var id: String
    var count: Int?
    var isDone: Bool?
    var at: Date?
    var inner: Inner?
    var marks: [Mark?]?

    init(_ json: inout JSONMembers) throws {
      id = try json.required("id")
      count = try json.number("count")
      isDone = try json.flag("isDone")
      at = try json.time("at")
      inner = try json.decoded("inner")
      marks = try json.lossyList("marks")
    }
  }

  private struct Inner: Decodable, Equatable { var name: String }

  private struct Mark: JSONReadable, Equatable {
    var word: String?
    init(word: String) { self.word = word }
    init(_ json: inout JSONMembers) throws { word = try json.text("word") }
  }

  private static func note(_ text: String) throws -> Note { try ServiceJSON.decode(Note.self, from: Data(text.utf8)) }

  @Test(arguments: [
    #"{"id":"a","count":3,"isDone":true,"at":"1970-01-01T00:01:00Z","inner":{"name":"x"},"marks":[{"word":"m"},null,7,{"word":8}]}"#,
    #"{"marks":[{"word":"m"},null,7,{"word":8}],"inner":{"name":"x"},"other":{"id":"b","count":9},"at":"1970-01-01T00:01:00Z","isDone":true,"count":3,"id":"a"}"#,
    #"{"i\u0064":"a","count":3,"isDone":true,"unknown":[1,[2]],"at":"1970-01-01T00:01:00Z","inner":{"name":"x"},"marks":[{"word":"m"},null,7,{"word":8}]}"#,
  ])
  func `members are found in any order, whatever stands between them`(_ text: String) throws {
    let note = try Self.note(text)
    #expect(note.id == "a" && note.count == 3 && note.isDone == true && note.at == Date(timeIntervalSince1970: 60))
    #expect(note.inner == Inner(name: "x") && note.marks == [Mark(word: "m"), nil, nil, nil])
  }

  @Test(arguments: [#"{"id":"a"}"#, #"{"id":"a","count":null,"isDone":null,"at":null,"inner":null,"marks":null}"#])
  func `a null and an absent member are the same`(_ text: String) throws {
    let note = try Self.note(text)
    #expect(note.count == nil && note.isDone == nil && note.at == nil && note.inner == nil && note.marks == nil)
  }

  @Test(arguments: [
    #"{}"#, #"{"id":null}"#, #"{"id":7}"#, #"{"id":"a","count":"3"}"#, #"{"id":"a","count":1.5}"#, #"{"id":"a","isDone":0}"#,
    #"{"id":"a","at":"yesterday"}"#, #"{"id":"a","inner":[]}"#, #"{"id":"a","marks":{}}"#, #"["id"]"#, #"null"#,
  ])
  func `a member of another kind is an error`(_ text: String) {
    #expect(throws: DecodingError.self) { try Self.note(text) }
  }

  @Test func `another decoder is refused`() {
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Note.self, from: Data(#"{"id":"a"}"#.utf8)) }
  }
}
