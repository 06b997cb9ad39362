import Foundation
import KoalrCore

/// A diagnosis as a person reads it, or as one JSON object.
struct DiagnosisText {
  var diagnosis: ConnectionDiagnosis
  var name: String

  func text(json: Bool) throws -> String {
    guard json else { return lines.joined(separator: "\n") }
    return try StableJSON.text(diagnosis)
  }

  private var lines: [String] {
    ["\(name): \(diagnosis.status.words)", "  \(diagnosis.message)", ""] + facts + organizations + capabilities + notes
  }

  private var facts: [String] {
    var rows = [["server", server]]
    if let account = diagnosis.account {
      rows.append(["account", account.name + (account.app.map { ", which the app \($0) is installed on" } ?? "")])
    }
    let credential = diagnosis.credential
    if let kind = credential.kind {
      rows.append(["credential", "\(kind)" + (credential.expiresAt.map { ", until \(ISO8601Time.format($0))" } ?? "")])
    }
    if let scopes = credential.scopes { rows.append(["scopes", scopes.isEmpty ? "none" : scopes.joined(separator: ", ")]) }
    if let complaint = credential.complaint { rows.append(["its form", complaint]) }
    return TextTable(rows: rows, indent: "  ").lines
  }

  private var server: String {
    let server = diagnosis.server
    let details = [server.product, server.apiVersion.map { "API version \($0)" }].compactMap(\.self).joined(separator: ", ")
    return server.api + (details.isEmpty ? "" : " (\(details))")
  }

  private var organizations: [String] {
    guard !diagnosis.organizations.isEmpty else { return [] }
    let rows = diagnosis.organizations.map { access in
      [
        access.name, access.state.words, access.isPending ? "invited" : access.role?.words ?? "–", access.repositoriesText,
        access.remedy.map { "\($0.reason); \($0.nextStep)" } ?? "",
      ]
    }
    return ["", "  Organisations"]
      + TextTable(rows: [["name", "access", "role", "repositories", "what to do"]] + rows, indent: "  ").lines
  }

  private var capabilities: [String] {
    guard !diagnosis.capabilities.isEmpty else { return [] }
    let rows = diagnosis.capabilities.map { row in
      [row.name + row.place, row.available.map { $0 ? "yes" : "no" } ?? "unknown", row.needs ?? "", row.advice ?? ""]
    }
    return ["", "  Capabilities"] + TextTable(rows: [["name", "works", "needs", "what to do"]] + rows, indent: "  ").lines
  }

  private var notes: [String] { diagnosis.notes.isEmpty ? [] : [""] + diagnosis.notes.map { "  \($0)" } }
}

extension OrganizationAccess {
  fileprivate var repositoriesText: String {
    guard let visibleRepositories else { return "–" }
    return allRepositories.map { "\(visibleRepositories) of \($0)" } ?? "\(visibleRepositories)"
  }
}

extension OrganizationAccess.State {
  fileprivate var words: String {
    switch self {
    case .granted: "granted"
    case .singleSignOnRequired: "wants single sign-on"
    case .appRestricted: "restricts apps"
    case .notVisible: "not visible"
    case .refused: "refused"
    case .unknown: "not asked"
    }
  }
}

extension OrganizationAccess.Role {
  fileprivate var words: String {
    switch self {
    case .admin: "owner"
    case .billingManager: "billing manager"
    case .none: "no member"
    default: rawValue
    }
  }
}

/// JSON whose members are in order, with times as everywhere.
enum StableJSON {
  static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .custom { date, encoder in
      var container = encoder.singleValueContainer()
      try container.encode(ISO8601Time.format(date))
    }
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
