public import KoalrDomain

/// A change as far as ownership is concerned: what it touches, and who opened it.
public struct ReviewedChange: Hashable, Sendable {
  /// What a person calls it: `#12`.
  public var name: String
  /// Who opened it, and so is not asked to approve; `nil` when nobody knows.
  public var author: Login?
  /// The files it touches.
  public var paths: [String]

  /// Makes a change.
  public init(name: String, author: Login?, paths: [String]) {
    self.name = name
    self.author = author
    self.paths = paths
  }

  /// Takes what is needed from a change, or gives `nil` when its files were not read.
  public init?(_ change: Change) {
    guard let files = change.files else { return nil }
    self.init(
      name: change.number.map { "#\($0)" } ?? change.id.rawValue, author: change.author, paths: files.map(\.path))
  }
}
