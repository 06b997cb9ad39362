public import KoalrCore

/// An invented organisation, "acme", with a dozen repositories and about ninety days of work: the same on every run.
///
/// It is made by code from the tables beside this file, so its parts agree: the files of a change are those of its commits, a
/// head is a commit, coverage belongs to commits that exist. People, packages and findings are invented.
public enum SampleOrganisation {
  /// The moment the sample stands still at: 2026-11-20T12:00:00Z.
  public static let now = Date(timeIntervalSince1970: 1_795_176_000)

  /// The first moment of the sample's window: ninety days before ``now``.
  public static let since = now.addingTimeInterval(-90 * 86_400)

  /// The whole organisation. Made once, when it is asked for first.
  public static let world = makeWorld()

  /// Returns mock adapters over the organisation, with their own calls and failures.
  public static func adapters(
    failures: FailurePlan = .none, pageSizes: MockPageSizes = MockPageSizes()
  ) -> MockAdapters {
    MockAdapters(world, failures: failures, pageSizes: pageSizes)
  }

  /// Makes the organisation anew; equal to ``world``.
  static func makeWorld() -> MockWorld {
    let organisation = SamplePeople()
    var world = MockWorld(
      organization: "acme", account: "koalr-reader", now: now, teams: organisation.teams, people: organisation.contributors)
    for story in SampleStory.all {
      var simulation = SampleSimulation(story, organisation)
      simulation.run()
      world.repositories.append(simulation.repository())
      world.incidents += simulation.incidents
    }
    world.strayFindings = SampleFindings.stray
    return world
  }
}
