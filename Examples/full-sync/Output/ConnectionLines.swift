import KoalrCore

/// Connections with what their test found, as text.
struct ConnectionLines {
  /// Room for the names of the services.
  private static let narrowest = 9

  var connections: [Connection]

  var lines: [String] {
    let names = connections.map { $0.settings?.name ?? $0.id.rawValue }
    let width = max(Self.narrowest, (names.map(\.count).max() ?? 0) + 2)
    return zip(names, connections).flatMap { name, connection in
      let names = connection.organizations.joined(separator: ", ")
      let who = [names.isEmpty ? nil : names, connection.account.map { "via \($0)" }].compactMap(\.self).joined(separator: " ")
      let padding = String(repeating: " ", count: width - name.count)
      return ["  \(name)\(padding)\(connection.status.words)  \(who)"] + details(of: connection)
    }
  }

  private func details(of connection: Connection) -> [String] {
    let rows = connection.capabilities.map { capability in
      let mark =
        switch capability.available {
        case true?: "✓"
        case false?: "✗"
        case nil: "?"
        }
      return "      \(mark) \(capability.name)\(capability.place)\(capability.advice.map { " — \($0)" } ?? "")"
    }
    let remedies = (connection.organizationAccess ?? []).compactMap { access in
      access.state == .granted ? access.remedy.map { "      ! \(access.name): \($0.reason) — \($0.nextStep)" } : nil
    }
    return (connection.message.map { ["      \($0)"] } ?? []) + rows + remedies
  }
}

extension Capability {
  /// Which organisation it is about, where there are several.
  var place: String { organization.map { " of \($0)" } ?? "" }
}

extension Connection.Status {
  /// The status as a person reads it.
  var words: String {
    switch self {
    case .connected: "Connected"
    case .degraded: "Connected, not everything works"
    case .failed: "Failed"
    }
  }
}
