import KoalrIntegrationProtocols

/// A place in the list of repositories of several owners: a page's number in the first one's list, `@name number` in another's.
struct OwnerCursor {
  var owner: String
  /// The page's number as the list knows it; `nil` for the first one.
  var page: Cursor?

  /// Reads a cursor; `nil` when it is of an owner that is not asked for any more.
  init?(_ cursor: Cursor?, of owners: [String]) {
    guard let cursor, cursor.rawValue.hasPrefix("@") else {
      (owner, page) = (owners[0], cursor)
      return
    }
    let words = cursor.rawValue.dropFirst().split(separator: " ", maxSplits: 1)
    guard let name = words.first, let known = owners.first(where: { $0.lowercased() == name.lowercased() }) else { return nil }
    (owner, page) = (known, words.count > 1 ? Cursor(String(words[1])) : nil)
  }

  /// Where to go on: the next page of this owner, else the first of the next owner; `nil` behind the last.
  func next(_ number: Int?, of owners: [String]) -> Cursor? {
    let isFirst = owner == owners[0]
    if let number { return Cursor(isFirst ? "\(number)" : "@\(owner) \(number)") }
    guard let index = owners.firstIndex(of: owner), index + 1 < owners.count else { return nil }
    return Cursor("@\(owners[index + 1])")
  }
}
