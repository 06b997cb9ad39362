extension Owner {
  /// The roles that may own, singular and plural.
  private static let roles: Set<String> = ["developer", "developers", "maintainer", "maintainers", "owner", "owners"]

  /// Reads a word of a line; `nil` when it cannot be an owner at GitLab: `@user`, `@group/subgroup`, `@@role`, an address.
  ///
  /// A name alone may be a user's or a group's; it is taken for a user's.
  init?(gitLab word: ArraySlice<UInt8>) {
    let text = String(decoding: word, as: UTF8.self)
    guard word.first == .at else {
      guard Self.isAddress(word) else { return nil }
      self = .email(text)
      return
    }
    if word.starts(with: [.at, .at]) {
      guard Self.roles.contains(text.dropFirst(2).lowercased()) else { return nil }
      self = .role(text)
      return
    }
    let names = word.dropFirst().split(separator: .slash, omittingEmptySubsequences: false)
    guard names.allSatisfy(Self.isName) else { return nil }
    self = names.count == 1 ? .user(text) : .team(text)
  }

  /// Whether a word could name somebody at GitLab or Bitbucket.
  static func isName(_ word: ArraySlice<UInt8>) -> Bool {
    !word.isEmpty && word.allSatisfy { $0.isLetterOrDigit || $0 == .dash || $0 == .dot || $0 == .underscore }
  }
}
