extension Owner {
  /// Reads a word of a line; `nil` when it cannot be an owner at Bitbucket: an address, `@user`, `@workspace/group`, and a group
  /// with a selection behind it.
  init?(bitbucket word: ArraySlice<UInt8>) {
    let text = String(decoding: word, as: UTF8.self)
    guard word.first == .at else {
      guard Self.isAddress(word) else { return nil }
      self = .email(text)
      return
    }
    let names = word.dropFirst().prefix { $0 != .colon }.split(separator: .slash, omittingEmptySubsequences: false)
    let hasSelection = word.contains(.colon)
    guard names.allSatisfy(Self.isName), names.count == 2 || names.count == 1 && !hasSelection else { return nil }
    self = names.count == 1 ? .user(text) : .team(text)
    if hasSelection, selection == nil { return nil }
  }
}
