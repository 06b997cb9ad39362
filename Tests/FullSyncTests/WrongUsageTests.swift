import Foundation
import PeerSupport
import Testing

/// Command lines that make no sense, and what the program says to them.
struct WrongUsageTests {
  @Test(arguments: [
    ("--bogus", "--bogus is not an option of full-sync."),
    ("--token=ghp_secret", "--token is not an option of full-sync."),
    ("ghp_secret", "full-sync takes options only; there is a word that belongs to none."),
    ("--git", "--git needs a value."),
    ("--format yaml", "--format is text or json, not \"yaml\"."),
    ("--max-wait soon", "--max-wait needs a whole number of minutes from 0 to 10080, not \"soon\"."),
    ("--days 0", "--days needs a whole number from 1 to 36525, not \"0\"."),
    ("--days ninety", "--days needs a whole number from 1 to 36525, not \"ninety\"."),
    ("--now yesterday", "--now needs a time such as 2026-11-20T12:00:00Z, not \"yesterday\"."),
    ("--history svn", "--history is git, api or auto, not \"svn\"."),
    ("--git . --history api", "--history is for --github and --connection; --git reads a clone."),
    ("--incidents file", "--incidents needs --git, --github or --connection: nothing else reads a history."),
    ("--git . --github acme", "--git, --github, --connection and --import exclude each other."),
    ("--connection a --connection b", "--git, --github, --connection and --import exclude each other."),
    (
      "--github acme",
      "--github needs GITHUB_TOKEN in the environment (a classic token with the scopes repo and read:org), or a connection to this "
        + "organisation that was saved with full-sync connections add."
    ),
    ("--github acme --github-url ftp://x", "--github-url needs an address such as https://example.com, not \"ftp://x\"."),
    ("--github acme --snyk-url https://u:p@x", "--snyk-url needs an address without user, password, query or fragment."),
    ("--github acme --codecov-url u:p@x", "--codecov-url needs an address such as https://example.com."),
    ("--connection Work", "--connection needs --store sqlite:FILE, where connections are saved."),
    ("--store disk", "--store is memory or sqlite:FILE, not \"disk\"."),
    ("--store sqlite:", "--store is memory or sqlite:FILE, not \"sqlite:\"."),
  ])
  func `a run`(line: String, message: String) async throws { try await expect(line, message) }

  @Test(arguments: [
    ("store", "store needs one of show, check, backup, retain and compact."),
    ("store erase", "store needs one of show, check, backup, retain and compact."),
    ("store show", "store show needs --store sqlite:FILE: a store in memory ends with the run that filled it."),
    (
      "store check --store memory",
      "store check needs --store sqlite:FILE: a store in memory ends with the run that filled it."
    ),
    ("store check --json", "--json is not an option of store check."),
    ("store backup", "store backup takes FILE, and nothing else that is no option; quote what has spaces."),
    ("store backup a b", "store backup takes FILE, and nothing else that is no option; quote what has spaces."),
    ("store retain", "store retain needs --days N: how much to keep."),
    ("store retain --days 0", "--days needs a whole number from 1 to 36525, not \"0\"."),
    ("store compact now", "store compact takes options only; there is a word that belongs to none."),
  ])
  func `of a store`(line: String, message: String) async throws { try await expect(line, message) }

  @Test(arguments: [
    ("webhooks", "webhooks needs one of add, status, ping, retry, redeliver and remove."),
    ("webhooks status", "webhooks status takes NAME, and nothing else that is no option; quote what has spaces."),
    ("webhooks add Work --store sqlite:x", "webhooks add needs --url URL: where GitHub reaches the receiver."),
    (
      "webhooks add Work --url https://u:p@x",
      "--url needs an address for webhooks (http or https, without user, password, query or fragment)."
    ),
    ("webhooks redeliver Work --since then", "--since needs a time such as 2026-11-20T12:00:00Z, not \"then\"."),
    ("webhooks status Work", "webhooks status needs --store sqlite:FILE: a store in memory ends with the run that filled it."),
  ])
  func `of webhooks`(line: String, message: String) async throws { try await expect(line, message) }

  @Test(arguments: [
    (
      "connections",
      "connections needs one of list, add, check, status, services, repositories, rename, replace, remove, reseal and scopes."
    ),
    (
      "connections services A --off repositories --store sqlite:x",
      "repositories cannot be turned off: every other service needs them. Choose some with connections repositories."
    ),
    (
      "connections services A --on pulls --store sqlite:x",
      "--on needs one of repositories, pull-requests, tickets, webhooks, not \"pulls\"."
    ),
    ("connections repositories A --only api --all --store sqlite:x", "--only and --all exclude each other."),
    (
      "connections check --store sqlite:x",
      "connections check takes NAME, and nothing else that is no option; quote what has spaces."
    ),
    ("connections list", "connections list needs --store sqlite:FILE: a store in memory ends with the run that filled it."),
    ("connections add Work --service gitlab", "connections add needs --service github, codecov or snyk."),
    (
      "connections add Work --service github",
      "connections add needs --organization ORG: the organisation's name on GitHub."
    ),
    (
      "connections add Work --service github --organization acme",
      "Say where the token is, once: --token-env NAME, --token-file FILE or --token-stdin."
    ),
    (
      "connections add Work --service github --organization acme --token-env A --token-stdin",
      "Say where the token is, once: --token-env NAME, --token-file FILE or --token-stdin."
    ),
    (
      "connections replace Work --token-env A --token-env B",
      "Say where the token is, once: --token-env NAME, --token-file FILE or --token-stdin."
    ),
    (
      "connections add Work ghp_secret --service github --organization acme",
      "connections add takes NAME, and nothing else that is no option; quote what has spaces."
    ),
    ("connections add Work --token ghp_secret", "--token is not an option of connections add."),
    (
      "connections add Work --service github --organization acme --snyk-org a --token-stdin",
      "--snyk-org belongs to --service snyk."
    ),
    (
      "connections add Work --service github --organization acme --url https://me:ghp_secret@x --token-stdin",
      "--url needs an address without user, password, query or fragment."
    ),
    (
      "connections add Work --service codecov --organization acme --token-stdin --webhook https://koalr.example",
      "--webhook belongs to --service github."
    ),
    (
      "connections rename Work",
      "connections rename takes NAME and NEW, and nothing else that is no option; quote what has spaces."
    ),
    ("connections remove Work", "connections remove needs one of --keep-data and --delete-data."),
    ("connections remove Work --keep-data --delete-data", "connections remove needs one of --keep-data and --delete-data."),
    ("connections reseal --json", "--json is not an option of connections reseal."),
  ])
  func `of connections`(line: String, message: String) async throws { try await expect(line, message) }

  @Test(arguments: ["", "a\nb", String(repeating: "x", count: 101)])
  func `a name that no line can show is refused`(name: String) async throws {
    let outcome = try await FullSyncProgram.run(["connections", "rename", "a", name])
    #expect(outcome.standardError == text("A connection's name has 1 to 100 bytes and no control characters."))
    #expect(outcome.exitCode == 64)
  }

  #if !SQLite
  @Test(arguments: ["", "store show ", "connections list "])
  func `without the trait a file says how to get it`(command: String) async throws {
    try await expect(
      command + "--store sqlite:x",
      "--store sqlite:FILE needs a build with the trait SQLite (and libsqlite3-dev): swift run --traits SQLite full-sync …")
  }
  #endif

  @Test(arguments: ["", "store", "connections"])
  func `help fits on a screen and goes to standard output`(command: String) async throws {
    let outcome = try await FullSyncProgram.run(command.split(separator: " ").map(String.init) + ["--help"])
    #expect(outcome.exitCode == 0 && outcome.standardError.isEmpty)
    #expect(outcome.standardOutput.hasPrefix("Usage: full-sync"))
    let lines = outcome.standardOutput.split(separator: "\n")
    #expect(lines.count <= 30 && lines.allSatisfy { $0.count <= 120 })
  }

  private func expect(_ line: String, _ message: String) async throws {
    let outcome = try await FullSyncProgram.run(line.split(separator: " ").map(String.init))
    #expect(outcome.standardError == text(message), "\(line)")
    #expect(outcome.exitCode == 64)
    #expect(outcome.standardOutput.isEmpty)
    #expect(!outcome.standardError.contains("secret"))
  }

  private func text(_ message: String) -> String { "full-sync: \(message)\nTry full-sync --help.\n" }
}
