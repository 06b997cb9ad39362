public import KoalrDomain

/// A code host that can say beforehand what reading it costs.
///
/// *Using one:* ask for the price of discovery with a number of repositories, and after discovery for that of the rest.
/// *Writing one:* judge from what discovery brought; asking for a count or two is fine, reading what is to be priced is not.
public protocol SyncPricing: Sendable {
  /// Returns what finding so many repositories, the teams and the members costs.
  func discoveryPrice(repositories: Int) -> [PlannedCost]

  /// Returns what reading everything in the window of repositories costs, part by part. They were discovered by this source.
  ///
  /// - Throws: ``IntegrationError``, `CancellationError`.
  func price(of repositories: [Repository], since: Date) async throws -> [PlannedCost]

  /// Returns what asking again for the checks of so many open changes costs. By default nothing is known of it.
  func pollPrice(openChanges: Int) -> [PlannedCost]
}

extension SyncPricing {
  /// Nothing is known of it.
  public func pollPrice(openChanges: Int) -> [PlannedCost] { [] }
}

/// What one part of a run is expected to cost.
public struct PlannedCost: Hashable, Sendable, Codable {
  /// What a person calls the part.
  public var part: String
  /// Requests to the service.
  public var requests: Int
  /// What the service charges for them, in its own unit: GraphQL points.
  public var points: Int
  /// What has to be transferred, in bytes.
  public var bytes: Int
  /// How long the service takes, in seconds, at its own pace.
  public var seconds: Double

  /// Makes a cost.
  public init(_ part: String, requests: Int, points: Int, bytes: Int, seconds: Double) {
    self.part = part
    self.requests = requests
    self.points = points
    self.bytes = bytes
    self.seconds = seconds
  }
}
