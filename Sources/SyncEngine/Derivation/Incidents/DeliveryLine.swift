import KoalrDomain
import KoalrRiskModel

/// The order in which a repository's commits reached its default branch and then production.
struct DeliveryLine {
  /// The landing of each commit, by its place on the branch; what came in by one merge has one place.
  private var places: [CommitID: Int] = [:]
  private var times: [Date] = []
  /// Good production deployments of known commits, oldest first.
  private var releases: [(place: Int, time: Date, environment: String)] = []
  /// Whether any deployment to production ever was good: where none was, nobody knows what users have.
  let knowsProduction: Bool

  init(commits: [Commit], head: CommitID?, production: [Deployment]) {
    for (place, landing) in Landing.sequence(of: commits, head: head).enumerated() {
      times.append(landing.time)
      for commit in landing.commits { places[commit.sha] = place }
    }
    knowsProduction = production.contains { $0.succeededAt != nil }
    for deployment in production {
      guard let time = deployment.succeededAt, let place = places[deployment.sha] else { continue }
      releases.append((place, time, deployment.environment))
    }
    releases.sort { ($0.time, $0.place) < ($1.time, $1.place) }
  }

  /// The place of a commit on the branch, counted from the oldest of the window.
  func place(of commit: CommitID?) -> Int? { commit.flatMap { places[$0] } }

  /// When what has this place landed.
  func landed(_ place: Int) -> Date { times[place] }

  /// When production first had a commit of these places as its newest; `nil` when it never did.
  func released(_ places: Range<Int>) -> Date? { releases.first { places.contains($0.place) }?.time }

  /// The newest place that an environment had before a moment; `nil` when it had none that is known.
  func released(in environment: String, before time: Date) -> Int? {
    releases.last { $0.environment == environment && $0.time < time }?.place
  }
}
