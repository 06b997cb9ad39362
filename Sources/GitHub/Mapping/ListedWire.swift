import KoalrDomain
import KoalrHTTPTransport

/// An item of a repository's list, with the time the list is ordered by.
protocol ListedWire: JSONReadable, Sendable {
  var id: String { get }
  /// When it was updated, or for deployments created.
  var listedAt: Date? { get }
  /// What a person calls it behind the repository's name: `#12`.
  var label: String { get }
}

extension PullRequestWire: ListedWire {
  var listedAt: Date? { updatedAt }
  var label: String { number.map { "#\($0)" } ?? " \(id.prefix(60))" }
}

extension IssueWire: ListedWire {
  var listedAt: Date? { updatedAt }
  var label: String { number.map { "#\($0)" } ?? " \(id.prefix(60))" }
}

extension DeploymentWire: ListedWire {
  var listedAt: Date? { createdAt }
  var label: String { " \(id.prefix(60))" }
}
