import KoalrCore

/// How connections are doing, as a person reads it, or as one JSON object.
struct StatusText {
  var statuses: [ConnectionStatus]

  func text(json: Bool) throws -> String {
    guard !json else { return try StableJSON.text(["connections": statuses]) }
    guard !statuses.isEmpty else { return "No connection is known." }
    return statuses.map { lines($0).joined(separator: "\n") }.joined(separator: "\n\n")
  }

  private func lines(_ status: ConnectionStatus) -> [String] {
    let who = [status.organizations.joined(separator: ", "), status.account.map { "via \($0)" } ?? ""].filter { !$0.isEmpty }
    var rows = [["service", "\(status.service)"], ["looks at", who.isEmpty ? "–" : who.joined(separator: " ")]]
    if let reason = status.reason { rows.append(["because", reason]) }
    if let webhook = status.webhook { rows.append(["webhook", words(webhook)]) }
    if let count = status.repositories { rows.append(["repositories", "\(count)"]) }
    rows.append(["last sync", status.lastSync.map(words) ?? "never"])
    rows.append(["last event", status.lastEventAt.map { ISO8601Time.format($0) } ?? "never"])
    if !status.servicesOff.isEmpty { rows.append(["off", status.servicesOff.map(\.rawValue).joined(separator: ", ")]) }
    return ["\(status.name): \(status.state.words)"] + TextTable(rows: rows, indent: "  ").lines + missing(status)
  }

  private func missing(_ status: ConnectionStatus) -> [String] {
    guard !status.missingRepositories.isEmpty else { return [] }
    return ["  Why no repository is here:"]
      + status.missingRepositories.map { "  - \($0.reason)" + ($0.nextStep.map { "; \($0)" } ?? "") }
  }

  private func words(_ webhook: ConnectionStatus.WebhookState) -> String {
    let state =
      switch webhook.health {
      case .active: "Active"
      case .failed: "Failed"
      case .unknown: "Unknown"
      case .absent: "None is registered"
      case .off: "Off"
      }
    let retry = webhook.retryHelps.map { $0 ? " (a retry may help)" : " (a retry does not help)" } ?? ""
    return state + (webhook.reason.map { ": \($0)" } ?? "") + retry
  }

  private func words(_ sync: ConnectionStatus.LastSync) -> String {
    let state =
      switch sync.state {
      case .running: "running"
      case .interrupted: "interrupted"
      case .incomplete: "incomplete, \(sync.gaps) gap\(sync.gaps == 1 ? "" : "s")"
      case .complete: "complete"
      }
    return "\(ISO8601Time.format(sync.beganAt)), \(state)"
  }
}
