/// Whose owners a reader of lines understands.
enum OwnerGrammar {
  case gitHub
  case bitbucket

  /// Reads a word of a file; `nil` when it cannot be an owner.
  func owner(_ word: Range<Int>, of bytes: [UInt8]) -> Owner? {
    switch self {
    case .gitHub: Owner(word, of: bytes)
    case .bitbucket: Owner(bitbucket: bytes[word])
    }
  }

  /// What an owner looks like.
  var summary: String {
    switch self {
    case .gitHub: "@user, @organisation/team or an address"
    case .bitbucket: "@user, @workspace/group with :all, :random(2) or :least_busy(2), or an address"
    }
  }
}
