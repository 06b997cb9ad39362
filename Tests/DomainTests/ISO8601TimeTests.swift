import KoalrDomain
import Testing

struct ISO8601TimeTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0.0), ("2026-11-20T12:00:00Z", 1_795_176_000), ("2026-11-20T14:00:00+02:00", 1_795_176_000),
    ("2026-11-20T12:00:00.5Z", 1_795_176_000.5), ("2000-02-29T23:59:59Z", 951_868_799), ("1969-12-31T23:59:59Z", -1),
  ])
  func `reads times with fractions and offsets`(text: String, seconds: Double) {
    #expect(ISO8601Time.parse(text)?.timeIntervalSince1970 == seconds)
  }

  @Test(arguments: [
    "", "2026-11-20", "2026-13-01T00:00:00Z", "2026-11-20T12:00:00", "2026-11-20T12:00:00.Z", "20261120T120000Z",
    "2026-11-20T12:00:00Zx",
  ])
  func `refuses what is not a time`(text: String) {
    #expect(ISO8601Time.parse(text) == nil)
  }

  @Test func `what it writes reads back equal`() {
    for step in 0..<2000 {
      let date = Date(timeIntervalSince1970: Double(step * 7_654_321_987 - 5_000_000_000_000) / 1000)
      #expect(ISO8601Time.parse(ISO8601Time.format(date)) == date)
    }
  }
}
