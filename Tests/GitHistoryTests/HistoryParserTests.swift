import KoalrDomain
import KoalrTesting
import Testing

@testable import KoalrGitHistory

struct HistoryParserTests {
  private let sha = String(repeating: "a", count: 40)

  private func parse(_ text: String, chunk: Int = .max) -> (records: [HistoryRecord], malformed: Int) {
    var parser = HistoryParser()
    var records: [HistoryRecord] = []
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      records += parser.feed(Array(bytes.prefix(chunk)))
      bytes = bytes.dropFirst(chunk)
    }
    records += parser.finish()
    return (records, parser.malformed)
  }

  private func header(time: String = "1795000000", name: String = "Ada", message: String = "Subject\n\nBody\n") -> String {
    "C\(sha)\0\(sha) \(sha)\0\(time)\0ada@example.org\0\(name)\0\(message)\0"
  }

  @Test(arguments: [1, 2, 7, Int.max])
  func `reads the same whatever the size of the blocks`(chunk: Int) {
    let zero = String(repeating: "0", count: 40)
    let text =
      header() + "\n:100644 100644 \(sha) \(sha) R090\0old\0new\0:000000 100644 \(zero) \(sha) A\0a\tb\nc\0"
      + "3\t4\t\0old\0new\0-\t-\ta\tb\nc\0" + header(message: "Next")
    let (records, malformed) = parse(text, chunk: chunk)
    #expect(malformed == 0 && records.count == 2)
    #expect(records[0].files.map(\.line) == ["renamed old -> new +3 -4", "added a\tb\nc +0 -0"])
    #expect(records[0].message.subject == "Subject" && records[0].message.title == "Body")
    #expect(records[0].parents.count == 2 && records[1].files.isEmpty)
  }

  @Test(arguments: [
    ("0", 0.0), ("-5", 0), ("18446744073709551615", HistoryRecord.latestSecond), ("", 0), ("nan", 0), ("inf", 0),
    ("1795000000", 1_795_000_000),
  ])
  func `times that cannot be are cut`(text: String, seconds: Double) {
    #expect(parse(header(time: text)).records[0].committedAt.timeIntervalSince1970 == seconds)
  }

  @Test func `control characters leave subjects and names`() {
    let record = parse(header(name: "A\u{1B}[31mda\u{7}", message: "\n\nSub\u{8}ject\tx\u{85}\n")).records[0]
    #expect(record.authorName == "A[31mda" && record.message.subject == "Subjectx")
  }

  @Test func `a huge message is cut and the next commit still read`() {
    let (records, malformed) = parse(header(message: String(repeating: "word ", count: 900_000)) + header())
    #expect(malformed == 0 && records.count == 2 && records[0].message.subject.utf8.count == PlainLine.maximumBytes)
  }

  @Test(arguments: [
    ("This reverts commit \(String(repeating: "a", count: 40)).", true),
    ("This reverts commit \(String(repeating: "a", count: 40)), reversing\nchanges", true), ("This reverts commit abc.", false),
    ("this reverts commit \(String(repeating: "a", count: 40))", false),
  ])
  func `reverts are recognised by git's sentence`(body: String, isRevert: Bool) {
    #expect((parse(header(message: "Revert\n\n\(body)")).records[0].message.reverts != nil) == isRevert)
  }

  @Test func `arbitrary bytes never trap, and read the same in pieces`() {
    var generator = SeededGenerator(seed: "history")
    let pieces = [
      header(), "\0", "\n:100644 100644 \(sha) \(sha) M\0", ":", ": ", "C", "1\t", "-\t-\t", "1\t2\t\0", "R100\0", "\u{FFFD}",
      " ",
      "99999999999999999999\t1\tx\0", ":1 2 3 4 R\0a\0",
    ].map { Array($0.utf8) }
    for _ in 0..<3000 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0..<30, using: &generator) { bytes += pieces.randomElement(using: &generator) ?? [] }
      for _ in 0..<Int.random(in: 0..<10, using: &generator) where !bytes.isEmpty {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      var parser = HistoryParser()
      var blobs = ChangedBlobs()
      blobs.feed(bytes)
      let whole = parser.feed(bytes) + parser.finish()
      var inPieces = HistoryParser()
      let pieces = bytes.flatMap { inPieces.feed([$0]) } + inPieces.finish()
      #expect(whole.map(\.sha) == pieces.map(\.sha) && whole.map(\.files) == pieces.map(\.files))
      #expect(parser.malformed == inPieces.malformed)
      _ = CommitGraph(bytes, boundary: [])
    }
  }

  @Test func `a window is what a commit leads to since then, past commits with wrong times`() throws {
    let (tip, wrong, old, side) = try (commit("a"), commit("b"), commit("c"), commit("d"))
    let lines = "300 \(tip) \(wrong)\n250 \(side) \(old)\n100 \(wrong) \(old)\n200 \(old)\n"
    let graph = CommitGraph(Array(lines.utf8), boundary: [])
    #expect(graph.window(from: tip, since: Date(timeIntervalSince1970: 200)) == [tip, old])
    #expect(graph.window(from: side, since: Date(timeIntervalSince1970: 201)) == [side])
    #expect(graph.window(from: try commit("e"), since: Date(timeIntervalSince1970: 0)) == [])
  }

  private func commit(_ digit: String) throws -> CommitID { try CommitID(String(repeating: digit, count: 40)) }

  @Test(
    arguments: [
      ("Merge pull request #12 from a/b", "Title", true, 12, "Title"),
      ("Merge branch 'x' into 'main'", "Title", true, nil, "Merge branch 'x' into 'main'"),
      ("Merged in topic (pull request #5)", "Title", true, 5, "Title"), ("Merged PR 77: Faster", "", true, 77, "Faster"),
      ("Auto merge of #900 - a:b, r=c", "Title", true, 900, "Title"),
      ("Merge pull request 'Faster' (#8) from a/b into main", "", true, 8, "Faster"),
      ("Faster (#31)", "", false, 31, "Faster"), ("Revert \"Faster (#31)\" (#32)", "", false, 32, "Revert \"Faster (#31)\""),
      ("Merged PR 78: Faster", "", false, 78, "Faster"), ("(#4)", "", false, 4, "(#4)"),
    ] as [(String, String, Bool, Int?, String)])
  func `messages tell which change arrived`(subject: String, body: String, isMerge: Bool, number: Int?, title: String) {
    let record = parse(header(message: "\(subject)\n\n\(body)\n")).records[0]
    let arrival = Mainline(branch: "main").arrival(of: record, isMerge: isMerge)
    #expect(arrival == Mainline.Arrival(number: number, title: title))
  }

  @Test(arguments: [
    ("Direct commit", false), ("Fix #3", false), ("x (#0)", false), ("x (#12345678901)", false), ("x (#a)", false),
    ("Merge branch 'main' of github.com:a/b", true), ("Merge remote-tracking branch 'origin/main'", true),
  ])
  func `other messages tell of none`(subject: String, isMerge: Bool) {
    let record = parse(header(message: subject)).records[0]
    #expect(Mainline(branch: "main").arrival(of: record, isMerge: isMerge) == nil)
  }

  @Test(
    arguments: [
      ("12+ada@users.noreply.github.com", "ada"), ("ada@users.noreply.github.com", "ada"),
      ("49+dependabot[bot]@users.noreply.github.com", "dependabot[bot]"), ("1+ada@users.noreply.git.example.org", "ada"),
      ("ada@example.org", nil), ("x+ada@users.noreply.github.com", nil), ("@users.noreply.github.com", nil), ("", nil),
      ("noreply@github.com", nil),
    ] as [(String, String?)])
  func `private addresses tell the account`(address: String, login: String?) {
    #expect(NoReplyAddress.login(address)?.rawValue == login)
  }
}
