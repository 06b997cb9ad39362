import KoalrCore

/// Ids for connections. An id stays for good, because records are kept under it; a person's name for it may change.
struct ConnectionNaming {
  var held: HeldConnections

  /// The id of a new saved connection: that of an earlier run over one of its organisations, so that its records stay in use, else
  /// one made of the name.
  ///
  /// - Parameter organizations: as the service itself calls them.
  func id(forNew service: ConnectableService, name: String, organizations: [String]) -> ConnectionID {
    held.unsaved(service, organizations: organizations)?.id ?? free(Self.slug(name) ?? service.service.rawValue)
  }

  /// The id of the code host in a run with a token in the environment.
  func codeHost(organizations: [String]) -> ConnectionID {
    let service = ConnectableService.gitHub
    if let held = held.unsaved(service, organizations: organizations) { return held.id }
    let usual = ConnectionID(unchecked: service.service.rawValue)
    guard isTaken(usual) else { return usual }
    return free("\(usual)-\(organizations.first.flatMap(Self.slug) ?? "other")")
  }

  /// The id of another service in a run with a token in the environment. It follows from that of the code host, so that several
  /// organisations in one store stay apart.
  ///
  /// - Parameter organization: what the service calls the organisation.
  func companion(_ service: ConnectableService, of codeHost: ConnectionID, organization: String) -> ConnectionID {
    if let held = held.unsaved(service, organizations: [organization]) { return held.id }
    let usual = ConnectableService.gitHub.service.rawValue
    let suffix = codeHost.rawValue.hasPrefix(usual) ? codeHost.rawValue.dropFirst(usual.count) : "-\(codeHost)"
    let id = ConnectionID(unchecked: "\(service.service)\(suffix)")
    let isOurs = held.all.first { $0.id == id }.map { $0.settings == nil && $0.service == service.service } ?? true
    return isOurs ? id : free(id.rawValue)
  }

  /// The id of another local clone.
  func clone(_ name: String) -> ConnectionID { free("\(Connection.Service.git)-\(Self.slug(name) ?? "other")") }

  private func isTaken(_ id: ConnectionID) -> Bool { held.all.contains { $0.id == id } }

  /// The wanted id, with a number behind it where it is taken.
  private func free(_ wanted: String) -> ConnectionID {
    let numbered = (2...).lazy.map { ConnectionID(unchecked: "\(wanted)-\($0)") }
    let first = ConnectionID(unchecked: wanted)
    return isTaken(first) ? numbered.first { !isTaken($0) } ?? first : first
  }

  /// The longest part of a name that goes into an id.
  private static let longestSlug = 60

  /// A name in lower case, with a hyphen for everything that is no letter or digit of ASCII; `nil` when nothing is left.
  static func slug(_ name: String) -> String? {
    let words = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    let slug = words.joined(separator: "-").prefix(longestSlug)
    return slug.isEmpty ? nil : String(slug)
  }
}
