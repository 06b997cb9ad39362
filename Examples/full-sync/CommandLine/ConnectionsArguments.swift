import Foundation
import KoalrCore

/// What `full-sync connections` is asked to do.
struct ConnectionsArguments {
  enum Action: Equatable {
    case list(json: Bool)
    case add(ConnectableService, Connection.Settings, CredentialInput, webhook: WebhookURL?)
    case rename(String, to: String)
    case replace(String, CredentialInput, organizations: [String])
    case remove(String, deletesData: Bool, revokes: Bool)
    case reseal
    case check(String, json: Bool)
    case status(String?, json: Bool, now: Date?)
    case services(String, on: [IntegrationService], off: [IntegrationService])
    case repositories(String, ConnectionChoice)
  }

  var action: Action
  /// The database.
  var file: URL

  /// Reads the words behind `connections`.
  ///
  /// - Throws: ``UsageError``.
  init(_ words: ArraySlice<String>) throws(UsageError) {
    guard let verb = words.first, let grammar = Self.grammars[verb] else {
      throw UsageError(
        "connections needs one of list, add, check, status, services, repositories, rename, replace, remove, reseal and scopes.")
    }
    let words = try CommandWords(words.dropFirst(), grammar)
    let names = try words.operands.map(Self.name)
    switch verb {
    case "list": action = .list(json: try words.isJSON)
    case "add": action = try Self.add(names[0], words)
    case "rename": action = .rename(names[0], to: names[1])
    case "replace":
      action = .replace(
        names[0], try CredentialInput(words, isKnown: true), organizations: words.all("--organization").unique)
    case "remove":
      action = .remove(names[0], deletesData: try Self.deletesData(words), revokes: words.has("--revoke"))
    case "check": action = .check(names[0], json: try words.isJSON)
    case "status": action = .status(names.first, json: try words.isJSON, now: try words.now)
    case "services":
      action = .services(names[0], on: try words.services("--on"), off: try words.services("--off"))
    case "repositories": action = .repositories(names[0], try ConnectionChoice(words))
    default: action = .reseal
    }
    file = try words.storeFile(of: "connections \(verb)")
  }

  private static func add(_ name: String, _ words: CommandWords) throws(UsageError) -> Action {
    guard let service = words["--service"].flatMap(ConnectableService.init) else {
      throw UsageError("connections add needs --service github, codecov or snyk.")
    }
    let organizations = words.all("--organization").unique
    guard let organization = organizations.first else {
      throw UsageError("connections add needs --organization ORG: the organisation's name on GitHub.")
    }
    guard service != .snyk || organizations.count == 1 else {
      throw UsageError("--organization may be repeated for github and codecov; snyk's records belong to one.")
    }
    guard service == .snyk || words["--snyk-org"] == nil else { throw UsageError("--snyk-org belongs to --service snyk.") }
    guard service == .gitHub || !words.has(OAuthArguments.flag) else {
      throw UsageError("\(OAuthArguments.flag) belongs to --service github.")
    }
    guard service == .gitHub || words["--webhook"] == nil else { throw UsageError("--webhook belongs to --service github.") }
    let settings = Connection.Settings(
      name: name, url: try words.address("--url")?.url.absoluteString, organization: organization,
      otherOrganizations: organizations.count > 1 ? Array(organizations.dropFirst()) : nil, snykOrganization: words["--snyk-org"])
    return .add(service, settings, try CredentialInput(words, isKnown: false), webhook: try words.webhookURL("--webhook"))
  }

  private static func deletesData(_ words: CommandWords) throws(UsageError) -> Bool {
    guard words.has("--keep-data") != words.has("--delete-data") else {
      throw UsageError("connections remove needs one of --keep-data and --delete-data.")
    }
    return words.has("--delete-data")
  }

  /// A name is shown in lines and tables.
  private static func name(_ text: String) throws(UsageError) -> String {
    let name = text.trimmingCharacters(in: .whitespaces)
    guard (1...100).contains(name.utf8.count), !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
    else { throw UsageError("A connection's name has 1 to 100 bytes and no control characters.") }
    return name
  }

  private static let grammars: [String: CommandWords.Grammar] = [
    "list": .init(command: "connections list", values: ["--store", "--format"], flags: ["--json"]),
    "add": .init(
      command: "connections add", operands: ["NAME"],
      values: CredentialInput.values.union(["--store", "--service", "--organization", "--url", "--snyk-org", "--webhook"]),
      flags: CredentialInput.flags),
    "rename": .init(command: "connections rename", operands: ["NAME", "NEW"], values: ["--store"]),
    "replace": .init(
      command: "connections replace", operands: ["NAME"], values: CredentialInput.values.union(["--store", "--organization"]),
      flags: CredentialInput.flags),
    "check": .init(command: "connections check", operands: ["NAME"], values: ["--store", "--format"], flags: ["--json"]),
    "status": .init(
      command: "connections status", operands: ["NAME"], operandsAreOptional: true, values: ["--store", "--format", "--now"],
      flags: ["--json"]),
    "services": .init(command: "connections services", operands: ["NAME"], values: ["--store", "--on", "--off"]),
    "repositories": .init(
      command: "connections repositories", operands: ["NAME"], values: ["--store", "--only"], flags: ["--all"]),
    "remove": .init(
      command: "connections remove", operands: ["NAME"], values: ["--store"], flags: ["--keep-data", "--delete-data", "--revoke"]),
    "reseal": .init(command: "connections reseal", values: ["--store"]),
  ]
}
