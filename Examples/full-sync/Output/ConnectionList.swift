import Foundation
import KoalrCore

/// The saved connections for `connections list`; never a token.
struct ConnectionList {
  /// One saved connection.
  struct Row: Encodable {
    var id: ConnectionID
    var name: String
    var service: Connection.Service
    var url: String?
    var organization: String
    var otherOrganizations: [String]?
    var snykOrganization: String?
    var account: String?
    var status: Connection.Status
    var message: String?
    var testedAt: String?
    var tokenSaved: Bool
  }

  private var rows: [Row] = []

  init(_ saved: SavedConnections) async throws {
    for (connection, settings) in saved.held.saved {
      rows.append(
        Row(
          id: connection.id, name: settings.name, service: connection.service, url: settings.url,
          organization: settings.organization, otherOrganizations: settings.otherOrganizations,
          snykOrganization: settings.snykOrganization, account: connection.account,
          status: connection.status, message: connection.message, testedAt: connection.testedAt.map(ISO8601Time.format),
          tokenSaved: try await saved.tokens.isSaved(connection.id)))
    }
  }

  func text(json: Bool) throws -> String {
    guard json else { return rows.isEmpty ? "No connection is saved." : table }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(["connections": rows]), as: UTF8.self)
  }

  private var table: String {
    let cells =
      [["name", "service", "organisation", "account", "status", "tested", "token"]]
      + rows.map { row in
        [
          row.name, row.service.rawValue, ([row.organization] + (row.otherOrganizations ?? [])).joined(separator: ", "),
          row.account ?? "–", row.status.words, row.testedAt ?? "never",
          row.tokenSaved ? "saved" : "none",
        ]
      }
    let widths = cells[0].indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
    return cells.map { line in
      let padded = zip(line, widths).map { cell, width in cell + String(repeating: " ", count: width - cell.count) }
      return padded.joined(separator: "  ").trimmingCharacters(in: .whitespaces)
    }.joined(separator: "\n")
  }
}
