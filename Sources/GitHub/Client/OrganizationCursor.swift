import KoalrIntegrationProtocols

/// A place in a list that is read of several organisations, one after the other.
///
/// In the first organisation it is the list's own cursor, so that a position which was saved when there was only one stays good. In
/// another it is `@name`, and the list's own cursor behind a space: neither GitHub's cursors nor ours begin so.
struct OrganizationCursor: Hashable, Sendable {
  /// The organisation to ask next.
  var organization: String
  /// Where its list goes on; `nil` at its beginning.
  var place: Cursor?

  /// Reads a cursor; `nil` when it is of an organisation that is not asked for any more.
  init?(_ cursor: Cursor?, of organizations: [String]) {
    guard let cursor, cursor.rawValue.hasPrefix("@") else {
      self.init(organization: organizations[0], place: cursor)
      return
    }
    let words = cursor.rawValue.dropFirst().split(separator: " ", maxSplits: 1)
    guard let name = words.first, let known = organizations.first(where: { $0.lowercased() == name.lowercased() }) else {
      return nil
    }
    self.init(organization: known, place: words.count > 1 ? Cursor(String(words[1])) : nil)
  }

  init(organization: String, place: Cursor?) {
    self.organization = organization
    self.place = place
  }

  /// Where to go on after a page of this organisation: there, else in the next one; `nil` behind the last.
  func next(_ place: Cursor?, of organizations: [String]) -> Cursor? {
    if let place { return Self.cursor(organization, place, organizations) }
    guard let index = organizations.firstIndex(of: organization), index + 1 < organizations.count else { return nil }
    return Self.cursor(organizations[index + 1], nil, organizations)
  }

  private static func cursor(_ organization: String, _ place: Cursor?, _ organizations: [String]) -> Cursor? {
    if organization == organizations[0] { return place }
    return Cursor("@\(organization)" + (place.map { " \($0.rawValue)" } ?? ""))
  }
}
