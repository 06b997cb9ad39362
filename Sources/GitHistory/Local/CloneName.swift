import KoalrDomain

/// What a clone is called.
enum CloneName {
  /// Returns `owner/name` from the address of `origin`, or `local/FOLDER`.
  ///
  /// Understands `https://host/owner/name.git`, `ssh://git@host:22/owner/name` and `git@host:owner/name`; of deeper paths the last two
  /// parts count. An origin that is a folder says nothing of an owner.
  static func name(origin: String?, folder: String) -> RepositoryName {
    if let origin, let name = hosted(origin) { return name }
    let parts = folder.split(separator: "/")
    let named = parts.last == ".git" ? parts.dropLast().last : parts.last
    let plain = sanitised(withoutSuffix(named ?? ""))
    return RepositoryName(rawValue: "local/\(plain)") ?? RepositoryName(unchecked: "local/repository")
  }

  /// Returns the host of the address of `origin`, in lower case, without user and port; `nil` for a folder.
  static func host(origin: String) -> String? {
    guard path(of: origin) != nil else { return nil }
    let address = origin.firstRange(of: "://").map { origin[$0.upperBound...] } ?? origin[...]
    let authority = address.prefix { $0 != "/" }
    let host = (authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority).prefix { $0 != ":" }
    return host.isEmpty ? nil : host.lowercased()
  }

  private static func hosted(_ address: String) -> RepositoryName? {
    guard let path = path(of: address) else { return nil }
    let parts = path.prefix { $0 != "?" && $0 != "#" }.split(separator: "/").suffix(2)
    guard parts.count == 2, let owner = parts.first, let name = parts.last else { return nil }
    return RepositoryName(rawValue: "\(owner)/\(withoutSuffix(name))")
  }

  private static func path(of address: String) -> Substring? {
    if let scheme = address.firstRange(of: "://") {
      guard address[..<scheme.lowerBound] != "file" else { return nil }
      return address[scheme.upperBound...].drop { $0 != "/" }
    }
    guard !address.hasPrefix("/"), !address.hasPrefix("."), let colon = address.firstIndex(of: ":"),
      !address[..<colon].contains("/")
    else { return nil }
    return address[address.index(after: colon)...]
  }

  private static func withoutSuffix(_ name: Substring) -> Substring {
    name.hasSuffix(".git") && name.utf8.count > 4 ? name.dropLast(4) : name
  }

  private static func sanitised(_ name: Substring) -> String {
    String(name.prefix(100).map { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) ? $0 : "-" })
  }
}
