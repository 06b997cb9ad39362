import KoalrTesting
import Testing

@testable import KoalrGitHub

struct BudgetStateTests {
  /// What happens to the budget, and what it should say.
  enum Step: Sendable {
    /// A call enters under a name.
    case enter(String, BudgetCall)
    /// It asks at a second, and hears this.
    case ask(String, Double, Heard)
    /// It ends at a second with what the answer says about limits.
    case end(String, Double, LimitReading?, BudgetState.Settlement = .answered)
    /// It gives up.
    case leave(String)
    /// These are at the front with a place free.
    case ready([String])
  }

  enum Heard: Hashable, Sendable {
    case go
    case queue
    case wait(until: Double, String, isNews: Bool = true)
  }

  struct Story: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var limits: BudgetLimits
    var steps: [Step]

    init(_ name: String, limits: BudgetLimits = .gitHub, _ steps: [Step]) {
      (testDescription, self.limits, self.steps) = (name, limits, steps)
    }
  }

  private static let graphQL = BudgetCall(.graphQL)
  private static let rest = BudgetCall(.rest)
  private static let slow = "GitHub asked to slow down"
  private static let spentGraphQL = "GitHub's hourly budget (graphql) is used up"
  private static let spentCore = "GitHub's hourly budget (core) is used up"

  private static func left(_ remaining: Int, _ resetsIn: Int, _ resource: String? = nil) -> LimitReading {
    LimitReading(resource: resource, remaining: remaining, resetsIn: .seconds(resetsIn))
  }

  private static func refused(_ refusal: LimitReading.Refusal) -> LimitReading { LimitReading(refusal: refusal) }

  private static func limits(_ change: (inout BudgetLimits) -> Void) -> BudgetLimits {
    var limits = BudgetLimits.gitHub
    change(&limits)
    return limits
  }

  static let stories: [Story] = [
    Story(
      "one GraphQL call is in flight, REST beside it",
      [
        .enter("a", graphQL), .enter("b", graphQL), .enter("r", rest), .ask("a", 0, .go), .ask("b", 0, .queue), .ask("r", 0, .go),
        .ready([]), .end("a", 1, nil), .ready(["b"]), .ask("b", 1, .go),
      ]),
    Story(
      "REST has as many places as it may",
      limits: limits { $0.concurrentREST = 2 },
      [
        .enter("a", rest), .enter("b", rest), .enter("c", rest), .ask("a", 0, .go), .ask("b", 0, .go), .ask("c", 0, .queue),
        .end("b", 1, nil), .ready(["c"]), .ask("c", 1, .go),
      ]),
    Story(
      "the more urgent goes first, then the one that came first",
      [
        .enter("a", graphQL), .ask("a", 0, .go), .enter("b", graphQL), .enter("c", BudgetCall(.graphQL, urgency: 2)),
        .enter("d", BudgetCall(.graphQL, urgency: 2)), .end("a", 1, nil), .ready(["c"]), .ask("b", 1, .queue), .ask("c", 1, .go),
        .end("c", 2, nil), .ready(["d"]), .leave("d"), .ready(["b"]), .ask("b", 2, .go),
      ]),
    Story(
      "an hourly budget that is used up waits for its end, the other API goes on",
      [
        .enter("a", graphQL), .ask("a", 0, .go), .end("a", 1, left(0, 600)), .enter("b", graphQL), .enter("r", rest),
        .ask("b", 1, .wait(until: 601, spentGraphQL)), .ask("r", 1, .go), .end("r", 2, left(4000, 600)),
        .ask("b", 400, .wait(until: 601, spentGraphQL, isNews: false)), .ask("b", 601, .go),
      ]),
    Story(
      "requests on their way are counted before GitHub has",
      [
        .enter("a", rest), .ask("a", 0, .go), .end("a", 1, left(2, 60)), .enter("b", rest), .enter("c", rest), .enter("d", rest),
        .ask("b", 1, .go), .ask("c", 1, .go), .ask("d", 1, .wait(until: 61, spentCore)),
      ]),
    Story(
      "answers that overtake each other do not give back what is spent",
      [
        .enter("a", rest), .ask("a", 0, .go), .enter("b", rest), .ask("b", 0, .go), .end("b", 1, left(0, 100)),
        .end("a", 2, left(1, 99)), .enter("c", rest), .ask("c", 2, .wait(until: 101, spentCore)),
      ]),
    Story(
      "search has a budget of its own",
      [
        .enter("a", BudgetCall(.rest, resource: "search")), .ask("a", 0, .go), .end("a", 1, left(0, 50, "search")),
        .enter("b", rest), .ask("b", 1, .go), .enter("c", BudgetCall(.rest, resource: "search")),
        .ask("c", 1, .wait(until: 51, "GitHub's hourly budget (search) is used up")),
      ]),
    Story(
      "a server without limits never waits",
      [
        .enter("a", graphQL), .ask("a", 0, .go), .end("a", 1, LimitReading()), .enter("b", graphQL), .ask("b", 1, .go),
        .end("b", 2, LimitReading(remaining: 0)), .enter("c", graphQL), .ask("c", 2, .go),
      ]),
    Story(
      "Retry-After is kept by both APIs",
      [
        .enter("a", rest), .ask("a", 0, .go), .end("a", 1, refused(.tooFast(.seconds(8))), .again), .enter("b", graphQL),
        .ask("a", 1, .wait(until: 9, slow)), .ask("b", 2, .wait(until: 9, slow)), .ask("b", 9, .go), .ask("a", 9, .go),
      ]),
    Story(
      "without a named time a minute, then twice as long, then it is given up",
      limits: limits { $0.refusals = 3 },
      [
        .enter("a", rest), .ask("a", 0, .go), .end("a", 0, refused(.tooFast(nil)), .again), .ask("a", 0, .wait(until: 60, slow)),
        .ask("a", 60, .go), .end("a", 60, refused(.tooFast(nil)), .again), .ask("a", 60, .wait(until: 180, slow)),
        .ask("a", 180, .go), .end("a", 180, refused(.tooFast(nil)), .giveUp(.seconds(240))),
      ]),
    Story(
      "those refused together are one refusal, and an answer ends the row",
      [
        .enter("a", rest), .enter("b", rest), .ask("a", 0, .go), .ask("b", 0, .go), .end("a", 1, refused(.tooFast(nil)), .again),
        .end("b", 2, refused(.tooFast(nil)), .again), .ask("a", 2, .wait(until: 62, slow)), .ask("a", 62, .go),
        .end("a", 63, LimitReading()), .ask("b", 63, .go), .end("b", 64, refused(.tooFast(nil)), .again),
        .ask("b", 64, .wait(until: 124, slow)),
      ]),
    Story(
      "a refusal for the hour names its end, or a minute is waited",
      [
        .enter("a", graphQL), .ask("a", 0, .go), .end("a", 1, refused(.usedUp(.seconds(900))), .again),
        .ask("a", 1, .wait(until: 901, spentGraphQL)), .ask("a", 901, .go), .end("a", 902, refused(.usedUp(nil)), .again),
        .ask("a", 902, .wait(until: 962, slow)),
      ]),
    Story(
      "the points of a minute come back as the minute passes",
      limits: limits { $0.restPoints = 2 },
      [
        .enter("a", rest), .enter("b", rest), .enter("c", rest), .ask("a", 0, .go), .ask("b", 10, .go),
        .ask("c", 20, .wait(until: 60, "GitHub's points of this minute are used up")), .ask("c", 60, .go), .enter("d", rest),
        .ask("d", 60, .wait(until: 70, "GitHub's points of this minute are used up")),
      ]),
    Story(
      "a second lies between writes, too short a wait to speak of",
      [
        .enter("a", .write()), .enter("b", .write()), .enter("r", rest), .ask("a", 0, .go),
        .ask("b", 0.4, .wait(until: 1, "GitHub wants a second between writes", isNews: false)), .ask("r", 0.4, .queue),
        .ask("b", 1, .go), .ask("r", 1, .go),
      ]),
    Story(
      "creations have a limit of their own",
      limits: limits { ($0.creationsPerMinute, $0.betweenWrites) = (1, .zero) },
      [
        .enter("a", .write(creates: true)), .ask("a", 0, .go), .enter("b", .write(creates: true)),
        .ask("b", 1, .wait(until: 60, "GitHub allows no more new content at a time")), .leave("b"), .enter("c", .write()),
        .ask("c", 1, .go),
      ]),
    Story(
      "one GraphQL call after the other never uses up the answering time",
      [
        .enter("a", graphQL), .ask("a", 0, .go), .end("a", 59, nil), .enter("b", graphQL), .ask("b", 59, .go),
        .end("b", 130, nil),
        .enter("c", graphQL), .ask("c", 130, .go),
      ]),
    Story(
      "GraphQL calls beside each other use up the answering time",
      limits: limits { $0.concurrentGraphQL = 2 },
      [
        .enter("a", graphQL), .enter("b", graphQL), .ask("a", 0, .go), .ask("b", 0, .go), .end("a", 40, nil), .end("b", 40, nil),
        .enter("c", graphQL), .ask("c", 40, .wait(until: 80, "GitHub's answering time of this minute is used up")),
        .ask("c", 80, .go),
      ]),
  ]

  @Test(arguments: stories)
  func `the budget tells its story`(story: Story) {
    var budget = BudgetState(story.limits)
    var tickets: [String: BudgetState.Ticket] = [:]
    for (index, step) in story.steps.enumerated() {
      switch step {
      case .enter(let name, let call): tickets[name] = budget.enter(call)
      case .leave(let name): if let ticket = tickets[name] { budget.leave(ticket) }
      case .ask(let name, let second, let expected):
        guard let ticket = tickets[name] else { break }
        #expect(heard(budget.ask(ticket, at: .seconds(second))) == expected, "step \(index): \(name)")
      case .end(let name, let second, let reading, let expected):
        guard let ticket = tickets[name] else { break }
        #expect(budget.settle(ticket, reading, at: .seconds(second)) == expected, "step \(index): \(name)")
      case .ready(let names): #expect(budget.ready == names.compactMap { tickets[$0] }, "step \(index)")
      }
    }
  }

  private func heard(_ verdict: BudgetState.Verdict) -> Heard {
    switch verdict {
    case .go: .go
    case .queue: .queue
    case .pause(let until, let reason, let isNews): .wait(until: until / .seconds(1), reason, isNews: isNews)
    }
  }

  @Test func `all places together stay below the hundred that GitHub allows`() {
    #expect(BudgetLimits.gitHub.concurrentREST + BudgetLimits.gitHub.concurrentGraphQL <= 100)
  }
}
