import KoalrCore

/// Lives through the life of one sample repository, step by step in time.
struct SampleSimulation {
  let story: SampleStory
  let people: SamplePeople
  var generator: SeededGenerator
  var tree = SampleTree()
  /// Oldest first.
  var commits: [Commit] = []
  var mainHead: CommitID?
  var changes: [Change] = []
  var kinds: [SampleKind] = []
  var deployments: [Deployment] = []
  var issues: [Issue] = []
  var incidents: [Incident] = []
  var measured = SampleMeasurements()
  var lastNumber = 0
  /// The commits of each change's branch, by its number.
  var branches: [Int: [Commit]] = [:]
  /// Files that the change in the making moves or removes.
  var taken: Set<String> = []
  /// The deployment that each environment runs.
  var running: [String: Int] = [:]
  private var steps: [(time: Int, step: Step)] = []

  static let now = Int(SampleOrganisation.now.timeIntervalSince1970)
  static let since = Int(SampleOrganisation.since.timeIntervalSince1970)

  enum Step {
    case open(SampleKind, isUndecided: Bool)
    case decide(Int)
    case deploy(Int)
    case revert(Int)
    case release
    case ticket
  }

  init(_ story: SampleStory, _ people: SamplePeople) {
    self.story = story
    self.people = people
    generator = SeededGenerator(seed: "acme/\(story.name)")
  }

  /// When nothing happens any more: now, or when it was archived.
  var end: Int { Self.now - (story.archived ?? 0) * 86_400 }

  mutating func run() {
    guard !story.isEmpty else { return }
    layFoundation()
    plan()
    while let next = steps.first {
      steps.removeFirst()
      take(next.step, at: next.time)
    }
  }

  /// Puts a step in its place in time; what lies beyond the end does not happen.
  mutating func schedule(_ step: Step, at time: Int) {
    guard time <= end else { return }
    let place = steps.firstIndex { $0.time > time } ?? steps.count
    steps.insert((time, step), at: place)
  }

  private mutating func take(_ step: Step, at time: Int) {
    switch step {
    case .open(let kind, let isUndecided): open(kind, at: time, isUndecided: isUndecided)
    case .decide(let index): decide(index, at: time)
    case .deploy(let index): deploy(index, at: time)
    case .revert(let index): revert(index, at: time)
    case .release: release(at: time)
    case .ticket: fileTicket(at: time)
    }
  }

  /// Spreads the work over the window, on working days.
  private mutating func plan() {
    let days = (end - Self.since) / 86_400
    let bag = SampleKind.allCases.flatMap { Array(repeating: $0, count: $0.weight) }
    for index in 0..<story.changes {
      let recent = index < story.undecided
      let day = recent ? generator.number(in: max(1, days - 6)...days - 1) : generator.number(in: 1...max(1, days - 2))
      schedule(.open(generator.pick(bag) ?? .fix, isUndecided: recent), at: workingTime(onDay: day))
    }
    guard story.changes > 0 else { return }
    for day in stride(from: 12, to: days, by: 23) { schedule(.release, at: workingTime(onDay: day)) }
    for _ in 0..<max(2, story.changes / 5) { schedule(.ticket, at: workingTime(onDay: generator.number(in: 1...days - 1))) }
  }

  /// A time between 7 and 18 o'clock; a weekend becomes the Monday after it, as far as the window reaches.
  private mutating func workingTime(onDay day: Int) -> Int {
    var midnight = (Self.since / 86_400 + day) * 86_400
    let weekday = (midnight / 86_400 + 3) % 7  // 0 is Monday: 1 January 1970 was a Thursday.
    if weekday > 4, midnight + (7 - weekday) * 86_400 < end { midnight += (7 - weekday) * 86_400 }
    return midnight + generator.number(in: 7 * 3600...18 * 3600)
  }

  mutating func nextNumber() -> Int {
    lastNumber += 1
    return lastNumber
  }

  func date(_ time: Int) -> Date { Date(timeIntervalSince1970: Double(time)) }
}
