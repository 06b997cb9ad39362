/// Who may ask GitHub now, who waits for a turn, and who until when: the rules of one credential without clock, task or lock.
///
/// A caller takes a ticket, asks with it until it may go, sends its request, and reports what came back. All moments are on one
/// time line (`WallClock.uptime()`). It is a value: to share a credential between processes, keep it where all of them can change
/// it in turn.
struct BudgetState: Sendable {
  /// Stands for one request from its first question to its answer.
  struct Ticket: Hashable, Sendable {
    fileprivate var number: Int
  }

  /// What to do with a ticket.
  enum Verdict: Hashable, Sendable {
    /// Send it.
    case go
    /// Ask again when ``BudgetState/ready`` names it: others go first.
    case queue
    /// Ask again then. `isNews` unless this wait was announced already, or is too short to speak of.
    case pause(until: Duration, reason: String, isNews: Bool)
  }

  /// What to do with an answer.
  enum Settlement: Hashable, Sendable {
    /// It is one.
    case answered
    /// GitHub refused because of a limit: ask again with the same ticket.
    case again
    /// GitHub refused too often; it can go on after the pause.
    case giveUp(Duration)
  }

  private struct Waiting {
    var call: BudgetCall
    var refusals = 0
  }
  private struct Running {
    var call: BudgetCall
    var start: Duration
    var refusals: Int
  }
  private let limits: BudgetLimits
  private var lastNumber = 0
  private var waiting: [Ticket: Waiting] = [:]
  private var running: [Ticket: Running] = [:]
  private var points: [BudgetCall.Lane: SlidingSum]
  private var creations: [SlidingSum]
  private var answering: AnsweringTime
  private var lastWrite: Duration?
  private var hourly: [String: HourlyBudget] = [:]
  private var pausedUntil: Duration = .zero
  private var pauseBegan: Duration = .zero
  private var refusalsInARow = 0
  private var announcedUntil: [BudgetCall.Lane: Duration] = [:]

  init(_ limits: BudgetLimits = .gitHub) {
    self.limits = limits
    points = [
      .rest: SlidingSum(limit: limits.restPoints, span: limits.minute),
      .graphQL: SlidingSum(limit: limits.graphQLPoints, span: limits.minute),
    ]
    creations = [
      SlidingSum(limit: limits.creationsPerMinute, span: limits.minute),
      SlidingSum(limit: limits.creationsPerHour, span: .seconds(3600)),
    ]
    answering = AnsweringTime(limit: limits.answeringTime, span: limits.minute)
  }

  /// Takes a call in.
  mutating func enter(_ call: BudgetCall) -> Ticket {
    lastNumber += 1
    let ticket = Ticket(number: lastNumber)
    waiting[ticket] = Waiting(call: call)
    return ticket
  }

  /// Forgets a ticket: its caller gave up.
  mutating func leave(_ ticket: Ticket) {
    waiting[ticket] = nil
    running[ticket] = nil
  }

  /// Whether a ticket may go; if so it is running and charged.
  mutating func ask(_ ticket: Ticket, at now: Duration) -> Verdict {
    guard let entry = waiting[ticket] else { preconditionFailure("Only a ticket that waits may be asked about.") }
    guard first(in: entry.call.lane) == ticket, hasPlace(entry.call.lane) else { return .queue }
    let (moment, reason) = earliest(entry.call, at: now)
    guard moment <= now else { return .pause(until: moment, reason: reason, isNews: isNews(moment, entry.call.lane, at: now)) }
    waiting[ticket] = nil
    running[ticket] = Running(call: entry.call, start: now, refusals: entry.refusals)
    charge(entry.call, at: now)
    return .go
  }

  /// The tickets at the front for which a place is free.
  var ready: [Ticket] { BudgetCall.Lane.allCases.filter(hasPlace).compactMap(first) }

  /// Takes in how a request ended; `reading` is `nil` when no answer arrived.
  mutating func settle(_ ticket: Ticket, _ reading: LimitReading?, at now: Duration) -> Settlement {
    guard let ended = running.removeValue(forKey: ticket) else { preconditionFailure("Only a ticket that runs may be settled.") }
    if ended.call.lane == .graphQL { answering.add(from: ended.start, to: now) }
    guard let reading else { return .answered }
    learn(reading, of: ended.call, at: now)
    guard let refusal = reading.refusal else {
      refusalsInARow = 0
      return .answered
    }
    refuse(refusal, ended, at: now)
    guard ended.refusals + 1 < limits.refusals else { return .giveUp(max(.zero, earliest(ended.call, at: now).moment - now)) }
    waiting[ticket] = Waiting(call: ended.call, refusals: ended.refusals + 1)
    return .again
  }
}

// MARK: - Turns

extension BudgetState {
  // The most urgent, and of those the one that has waited longest.
  private func first(in lane: BudgetCall.Lane) -> Ticket? {
    waiting.filter { $0.value.call.lane == lane }
      .min { ($1.value.call.urgency, $0.key.number) < ($0.value.call.urgency, $1.key.number) }?.key
  }

  private func hasPlace(_ lane: BudgetCall.Lane) -> Bool {
    running.values.count { $0.call.lane == lane } < limits.concurrent(lane)
  }
}

// MARK: - Time

extension BudgetState {
  private func earliest(_ call: BudgetCall, at now: Duration) -> (moment: Duration, reason: String) {
    var result = (moment: now, reason: "")
    func notBefore(_ moment: Duration, _ reason: String) {
      if moment > result.moment { result = (moment, reason) }
    }
    notBefore(pausedUntil, "GitHub asked to slow down")
    if let budget = hourly[call.resource], budget.resets > now, budget.remaining <= inFlight(call.resource) {
      notBefore(budget.resets, "GitHub's hourly budget (\(call.resource)) is used up")
    }
    if let points = points[call.lane] {
      notBefore(points.earliest(for: call.points, at: now), "GitHub's points of this minute are used up")
    }
    if call.lane == .graphQL {
      let starts = running.values.filter { $0.call.lane == .graphQL }.map(\.start)
      notBefore(answering.earliest(at: now, running: starts), "GitHub's answering time of this minute is used up")
    }
    if call.isWrite, let lastWrite { notBefore(lastWrite + limits.betweenWrites, "GitHub wants a second between writes") }
    if call.creates {
      for sum in creations { notBefore(sum.earliest(for: 1, at: now), "GitHub allows no more new content at a time") }
    }
    return result
  }

  // Requests on their way are not in the number yet.
  private func inFlight(_ resource: String) -> Int { running.values.count { $0.call.resource == resource } }

  private mutating func isNews(_ moment: Duration, _ lane: BudgetCall.Lane, at now: Duration) -> Bool {
    guard moment - now >= limits.quietWait, moment > announcedUntil[lane] ?? .zero else { return false }
    announcedUntil[lane] = moment
    return true
  }
}

// MARK: - Bookkeeping

extension BudgetState {
  private mutating func charge(_ call: BudgetCall, at now: Duration) {
    points[call.lane]?.add(call.points, at: now)
    if call.isWrite { lastWrite = now }
    if call.creates { for index in creations.indices { creations[index].add(1, at: now) } }
  }

  private mutating func learn(_ reading: LimitReading, of call: BudgetCall, at now: Duration) {
    guard let remaining = reading.remaining, let resetsIn = reading.resetsIn else { return }
    let resource = reading.resource ?? call.resource
    let news = HourlyBudget(remaining: remaining, resets: now + resetsIn)
    // Names come from outside: more of them than GitHub has budgets are not kept.
    guard hourly[resource] != nil || hourly.count < Self.maximumResources else { return }
    if hourly[resource]?.learn(news) == nil { hourly[resource] = news }
  }

  private static let maximumResources = 32

  private mutating func refuse(_ refusal: LimitReading.Refusal, _ ended: Running, at now: Duration) {
    switch refusal {
    case .usedUp(let reset?):
      hourly[ended.call.resource] = HourlyBudget(remaining: 0, resets: now + reset)
    case .tooFast(let named):
      pause(named, ended, at: now)
    case .usedUp(nil):
      pause(nil, ended, at: now)
    }
  }

  // Several that were on their way together are refused together: that is one refusal.
  private mutating func pause(_ named: Duration?, _ ended: Running, at now: Duration) {
    if ended.start >= pauseBegan || refusalsInARow == 0 { refusalsInARow += 1 }
    pauseBegan = now
    let pause = named ?? limits.firstPause * (1 << min(refusalsInARow - 1, 10))
    pausedUntil = max(pausedUntil, now + pause)
  }
}
