/// GitHub's private addresses, which tell the account: `ID+LOGIN@users.noreply.github.com`, older ones without the number.
///
/// Source: docs.github.com, "Email addresses reference". An Enterprise Server has `users.noreply.HOST`.
package enum NoReplyAddress {
  /// Returns the account, or `nil` for every other address.
  package static func login(_ address: String) -> Login? {
    guard let at = address.lastIndex(of: "@") else { return nil }
    guard address[address.index(after: at)...].lowercased().hasPrefix("users.noreply.") else { return nil }
    var name = address[..<at]
    if let plus = name.firstIndex(of: "+") {
      guard name[..<plus].utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      name = name[name.index(after: plus)...]
    }
    return Login(rawValue: String(name))
  }
}
