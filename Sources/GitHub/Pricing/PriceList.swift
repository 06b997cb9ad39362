import KoalrIntegrationProtocols

/// What GitHub's questions cost: connections packed into calls of one point, as the queries of this module pack them.
enum PriceList {
  /// How much there is to read.
  struct Volume {
    var repositories = 0
    var changingRepositories = 0
    var deployingRepositories = 0
    var pullRequests = 0
    var openPullRequests = 0
    var deployments = 0
    var issues = 0
  }

  /// Lists inside of a pull request that are not empty, on average: reviews .85, comments .5, threads .4 and their comments .45,
  /// labels .4. Checks come with its list.
  private static let listsPerPullRequest = 2.6
  /// Pull requests that are asked for beyond the window's end, in each repository: one, which shows where it ends.
  private static let overshoot = 1
  /// How many open pull requests a sync looks at first, and how many repositories it asks about at once, unless told otherwise.
  private static let firstLook = (pullRequests: 1_000, repositories: 100)
  /// The share of open pull requests that touch a manifest.
  private static let manifestShare = 0.1
  /// The share of open pull requests whose checks may still move a while after the run before.
  private static let unsettledShare = 0.06
  /// How full a call is on average.
  private static let fill = 0.99
  /// Seconds of a call for lists or details, and of a small one.
  private static let secondsPerCall = 1.9
  private static let secondsPerSmallCall = 0.4

  static func discovery(repositories: Int, organizations: Int) -> [PlannedCost] {
    let full = repositories / 100
    let rest = repositories % 100
    return [
      PlannedCost("test of the connection", requests: 1 + organizations, points: organizations, bytes: 2_000, seconds: 0.5),
      PlannedCost(
        "repositories with CODEOWNERS", requests: full + 1, points: full + 1, bytes: repositories * 1_500,
        seconds: Double(full + 1)),
      PlannedCost(
        "newest times, and counts of windows", requests: full + (rest > 0 ? 1 : 0),
        points: full * points(3 * 100) + (rest > 0 ? points(3 * rest) : 0), bytes: repositories * 600,
        seconds: Double(full + 1) * 6),
      PlannedCost("teams and members", requests: organizations, points: organizations, bytes: 20_000, seconds: 0.5),
      PlannedCost("counts of the window", requests: 1, points: 1, bytes: 200, seconds: secondsPerSmallCall),
    ]
  }

  static func window(_ volume: Volume) -> [PlannedCost] {
    let asked = volume.pullRequests + overshoot * volume.changingRepositories
    let authors = volume.changingRepositories == 0 ? 0 : min(8, 1 + volume.changingRepositories / 20)
    let comparisons = Int((Double(volume.openPullRequests) * manifestShare).rounded(.up))
    return [
      line(
        "newest pull requests, first look",
        max(
          min(volume.openPullRequests, firstLook.pullRequests),
          volume.changingRepositories * RepositoryListKind.firstLook.maximumItems / firstLook.repositories),
        per: RepositoryListKind.firstLook.maximumItems, bytes: 900),
      line("pull requests with checks", asked + volume.changingRepositories, bytes: 1_400),
      line("reviews, comments and labels", Int(Double(volume.pullRequests) * listsPerPullRequest), bytes: 400),
      line("deployments with statuses", volume.deployments + 2 * volume.deployingRepositories, bytes: 550),
      line("issues", volume.repositories, bytes: 100),
      line("labels of issues", volume.issues, bytes: 350),
      counts("counts for certificates", volume.repositories),
      PlannedCost(
        "accounts of authors", requests: authors, points: authors, bytes: authors * 1_000,
        seconds: Double(authors) * secondsPerSmallCall),
      PlannedCost(
        "packages of open pull requests", requests: comparisons, points: 0, bytes: comparisons * 3_000,
        seconds: Double(comparisons) * secondsPerSmallCall),
    ]
  }

  /// GitHub's price of a call: a hundred connections to the point, rounded, at least one.
  static func points(_ connections: Int) -> Int { max(1, (connections + 50) / 100) }

  // A hundred repositories in a call.
  private static func counts(_ part: String, _ repositories: Int) -> PlannedCost {
    let calls = (repositories + 99) / 100
    return PlannedCost(
      part, requests: calls, points: calls, bytes: repositories * 150, seconds: Double(calls) * secondsPerCall)
  }

  /// Asking again for the checks of open pull requests that earlier runs know.
  static func polls(openChanges: Int) -> PlannedCost {
    let settled = (openChanges + ItemKind.plainItemsPerCall - 1) / ItemKind.plainItemsPerCall
    let unsettled = line("", Int((Double(openChanges) * unsettledShare).rounded(.up)), bytes: 0).requests
    return PlannedCost(
      "checks of open pull requests again", requests: settled + unsettled, points: settled + unsettled, bytes: openChanges * 150,
      seconds: Double(settled + unsettled) * secondsPerCall)
  }

  private static func line(
    _ part: String, _ connections: Int, per size: Int = PagePlan.connectionsPerCall, bytes: Int
  ) -> PlannedCost {
    let calls = Int((Double(connections) / (Double(size) * fill)).rounded(.up))
    return PlannedCost(
      part, requests: calls, points: calls, bytes: connections * bytes, seconds: Double(calls) * secondsPerCall)
  }
}
