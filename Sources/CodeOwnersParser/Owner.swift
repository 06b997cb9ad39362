/// Who owns a path: an account, a team, a role, or the address of an account. Compared without regard to case, as hosts do.
public enum Owner: Sendable {
  /// An account, as written: `@octocat`.
  case user(String)
  /// A team, as written: `@acme/platform`.
  case team(String)
  /// The address of an account, as written.
  case email(String)
  /// Everyone with a role, as written: `@@maintainer`.
  case role(String)

  /// The exact text of the file.
  public var text: String {
    switch self {
    case .user(let text), .team(let text), .email(let text), .role(let text): text
    }
  }

  /// Makes an owner of an address as it stands on commits, or `nil` when no host takes it for one.
  package init?(address: String) {
    guard Self.isAddress(Array(address.utf8)[...]) else { return nil }
    self = .email(address)
  }

  /// The text in lower case: what two owners are compared by.
  public var folded: String { text.lowercased() }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Owner: Hashable, CustomStringConvertible {
  public static func == (left: Self, right: Self) -> Bool { left.text == right.text || left.folded == right.folded }
  public func hash(into hasher: inout Hasher) { hasher.combine(folded) }
  public var description: String { text }
}
