import KoalrDomain
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

struct ActivitySummaryTests {
  // The published values of FNV-1a with 64 bits: they are stored, so they must stay what they are.
  @Test(arguments: [("", "cbf29ce484222325"), ("a", "af63dc4c8601ec8c"), ("foobar", "85944171f73967e8")])
  func `a fingerprint is FNV-1a in 16 digits`(name: String, digits: String) throws {
    var fingerprints = ActivitySummary.Fingerprints()
    let isNew = fingerprints.insert(name)
    #expect(isNew)
    #expect(String(decoding: try JSONEncoder().encode(fingerprints), as: UTF8.self) == "\"\(digits)\"")
  }

  @Test func `a set of names knows what it holds, in any order, and reads back equal`() throws {
    let names = (0..<500).map { "merged:PR_\($0)" }
    var (forwards, backwards) = (ActivitySummary.Fingerprints(), ActivitySummary.Fingerprints())
    let added = names.map { forwards.insert($0) } + names.reversed().map { backwards.insert($0) }
    let again = names.map { forwards.insert($0) }
    #expect(!added.contains(false) && !again.contains(true))
    #expect(forwards == backwards && forwards.count == 500)
    let decoded = try JSONDecoder().decode(ActivitySummary.Fingerprints.self, from: JSONEncoder().encode(forwards))
    #expect(decoded == forwards)
  }

  @Test(arguments: [
    "af63dc4c8601ec8", "af63dc4c8601ec8g", "AF63DC4C8601EC8C", "+f63dc4c8601ec8c", "af63dc4c8601ec8caf63dc4c8601ec8c",
    "cbf29ce48422232585944171f73967e8",
  ])
  func `digits that no set writes are refused`(text: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(ActivitySummary.Fingerprints.self, from: Data("\"\(text)\"".utf8))
    }
  }

  @Test func `a total keeps within an integer and has a mean`() {
    var total = ActivitySummary.Total(sum: .max - 1, count: 1)
    total.add(5)
    #expect(total == ActivitySummary.Total(sum: .max, count: 2))
    #expect(ActivitySummary.Total(sum: 9, count: 2).mean == 4.5)
    #expect(ActivitySummary.Total(sum: 0, count: 0).mean == nil)
  }
}
