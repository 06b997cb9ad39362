import KoalrCore
import KoalrTesting
import Testing

struct DailyScheduleTests {
  private static func time(_ text: String) throws -> Date { try #require(ISO8601Time.parse(text)) }

  @Test(arguments: [
    ("2026-11-20T00:00:00Z", "2026-11-20T03:00:00Z"), ("2026-11-20T02:59:59.999Z", "2026-11-20T03:00:00Z"),
    ("2026-11-20T03:00:00Z", "2026-11-21T03:00:00Z"), ("2026-11-20T03:00:00.001Z", "2026-11-21T03:00:00Z"),
    ("2024-02-28T12:00:00Z", "2024-02-29T03:00:00Z"), ("2026-12-31T23:59:59Z", "2027-01-01T03:00:00Z"),
    ("1969-12-31T02:00:00Z", "1969-12-31T03:00:00Z"),
  ])
  func `the next time comes after a moment, at three in the morning UTC`(now: String, next: String) throws {
    #expect(DailySchedule().next(after: try Self.time(now)) == (try Self.time(next)))
  }

  @Test(arguments: [
    ("2026-11-20T03:00:00Z", "2026-11-20T03:00:00Z"), ("2026-11-20T02:59:59Z", "2026-11-19T03:00:00Z"),
    ("2026-11-20T23:00:00Z", "2026-11-20T03:00:00Z"),
  ])
  func `the latest time may be the moment itself`(now: String, latest: String) throws {
    #expect(DailySchedule().latest(notAfter: try Self.time(now)) == (try Self.time(latest)))
  }

  @Test(
    arguments: [
      (nil, "2026-11-20T01:00:00Z", true),
      ("2026-11-19T03:00:00Z", "2026-11-20T02:59:59Z", false),
      ("2026-11-19T03:00:00Z", "2026-11-20T03:00:00Z", true),
      ("2026-11-20T03:00:01Z", "2026-11-20T23:00:00Z", false),
      ("2026-11-10T03:00:00Z", "2026-11-20T12:00:00Z", true),
      ("2026-11-25T03:00:00Z", "2026-11-20T12:00:00Z", false),
    ] as [(String?, String, Bool)])
  func `a run is due once after a time of the schedule, however many were missed`(
    last: String?, now: String, isDue: Bool
  ) throws {
    #expect(DailySchedule().isDue(last: try last.map(Self.time), now: try Self.time(now)) == isDue)
  }

  @Test func `another time of day can be chosen`() throws {
    let schedule = DailySchedule(hour: 23, minute: 30)
    #expect((schedule.hour, schedule.minute) == (23, 30))
    #expect(schedule.next(after: try Self.time("2026-11-20T03:00:00Z")) == (try Self.time("2026-11-20T23:30:00Z")))
  }

  @Test func `every next time is later, less than a day away, and the latest at itself`() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<2_000 {
      let schedule = DailySchedule(
        hour: Int.random(in: 0..<24, using: &generator), minute: Int.random(in: 0..<60, using: &generator))
      let now = Date(
        timeIntervalSince1970: Double(Int.random(in: -4_000_000_000_000...4_000_000_000_000, using: &generator)) / 1000)
      let next = schedule.next(after: now)
      #expect(next > now && next.timeIntervalSince(now) <= 86_400 && schedule.latest(notAfter: next) == next)
    }
  }
}
