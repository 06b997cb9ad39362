import KoalrIntegrationProtocols

extension PeopleQuery.Position {
  /// Reads a cursor: two words, each `-` for a finished list, `+` for one not begun, or `+` and GitHub's cursor.
  init?(_ cursor: Cursor) {
    let words = cursor.rawValue.split(separator: " ")
    guard words.count == 2, words.allSatisfy({ $0 == "-" || $0.hasPrefix("+") }) else { return nil }
    self.init(
      teams: Self.position(words[0]), members: Self.position(words[1]), wantsTeams: words[0] != "-",
      wantsMembers: words[1] != "-")
  }

  /// The cursor, or `nil` when both lists are finished.
  var asCursor: Cursor? {
    guard wantsTeams || wantsMembers else { return nil }
    return Cursor("\(wantsTeams ? "+" + (teams ?? "") : "-") \(wantsMembers ? "+" + (members ?? "") : "-")")
  }

  private static func position(_ word: Substring) -> String? { word.count > 1 ? String(word.dropFirst()) : nil }
}
