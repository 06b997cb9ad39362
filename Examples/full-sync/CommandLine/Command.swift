/// What the program is asked to do: the first word says it, or there is none and it syncs.
enum Command {
  case sync(SyncArguments)
  case store(StoreArguments)
  case connections(ConnectionsArguments)
  case webhooks(WebhooksArguments)
  case scopes(ScopesCommand)
  case work(WorkArguments)

  /// Reads the command line.
  ///
  /// - Throws: ``UsageError``.
  init(_ words: [String]) throws(UsageError) {
    switch words.first {
    case "store": self = .store(try StoreArguments(words.dropFirst()))
    case "connections" where words.dropFirst().first == "scopes": self = .scopes(try ScopesCommand(words.dropFirst(2)))
    case "connections": self = .connections(try ConnectionsArguments(words.dropFirst()))
    case "webhooks": self = .webhooks(try WebhooksArguments(words.dropFirst()))
    case "work": self = .work(try WorkArguments(words.dropFirst()))
    default: self = .sync(try SyncArguments(words))
    }
  }

  /// What `--help` prints.
  static func usage(_ words: [String]) -> String {
    switch words.first {
    case "store": storeUsage
    case "connections": connectionsUsage
    case "webhooks": WebhooksArguments.usage
    case "work": WorkArguments.usage
    default: syncUsage
    }
  }

  private static let syncUsage = """
    Usage: full-sync [--git PATH | --github ORG | --connection NAME | --import FILE] [options]
           full-sync store show|check|backup|retain|compact … (store --help)
           full-sync connections list|add|check|status|services|repositories|rename|replace|remove|reseal|scopes …
                                                                             (connections --help)
           full-sync webhooks add|status|ping|retry|redeliver|remove … (webhooks --help), work (work --help)

    Without a mode it syncs a sample organisation, without network.

      --git PATH           a local clone: its merges of the window, scored from its history
      --github ORG         an organisation, with tokens of the environment or saved ones; may be repeated
      --connection NAME    the organisation of a saved connection, with the saved tokens only
      --import FILE        reads what --export wrote into an empty store and prints what it holds
      --store STORE        where records are kept: memory, or sqlite:FILE to keep them between runs (memory)
      --export FILE        writes everything the store holds as JSON Lines (Documentation/Export.md)
      --format FORM        text or json: the form of the summary (text)
      --json               short for --format json: one JSON object
      --days N             how far back to look (90)
      --now TIME           the moment to look from, ISO 8601 (now); what is newer is shown as well
      --repo NAME          only this repository; may be repeated
      --github-url URL     the web address of GitHub (https://github.com)
      --codecov-url URL    the address of Codecov's API (https://api.codecov.io)
      --snyk-url URL       the address of Snyk's API (https://api.snyk.io)
      --history WAY        how commits and files are read: git, api, or auto: git where it can be used (auto)
      --incidents FILE     the host's own incidents, as JSON Lines (README.md)
      --incident-label L   a label of incidents, in place of the usual ones; may be repeated
      --production NAME    an environment that users meet, in place of the usual ones; may be repeated
      --snyk-org SLUG      the Snyk organisation, when the token sees several
      --plan               what the run would cost, and nothing else: tests the connection and finds the repositories
      --cache FOLDER       where clones are kept between runs (the user's cache folder)
      --max-wait MINUTES   how long to wait when GitHub's limits are reached (61, as the hourly budget needs)
      --help, --version

    Exit codes: 0 complete, 1 incomplete, 2 failed, 64 wrong usage.
    """

  private static let storeUsage = """
    Usage: full-sync store COMMAND --store sqlite:FILE [options]

      show                 prints what the store holds, as after a sync; --json, --export FILE
      check                reads the whole file: "sound", or what is wrong with it
      backup FILE          copies the store, also while others use it
      retain --days N      removes what is older than N days; --roll-up keeps its daily numbers; --now TIME
      compact              makes the file as small as its content

    Exit codes: 0 done, 1 check found something wrong, 2 failed, 64 wrong usage.
    """

  private static let connectionsUsage = """
    Usage: full-sync connections COMMAND --store sqlite:FILE [options]

      list                 what is saved; --json
      add NAME TOKEN --service github|codecov|snyk --organization ORG [--url URL] [--snyk-org SLUG]
                           tests the token and saves the connection; --organization may be repeated, but for snyk;
                           --webhook URL has GitHub tell a receiver there of events (webhooks --help)
      add NAME --service github --organization ORG --oauth CLIENT [--url URL] [--port N]
                           prints an address for the browser, waits on 127.0.0.1 for the answer, tests and saves
      check NAME           asks the service what the token may do, and says what to do about the rest; --json
      status [NAME]        how connections are doing, from the store alone; --json, --now TIME
      services NAME        turns services on and off: --on SERVICE, --off SERVICE, of repositories (always on),
                           pull-requests, tickets and webhooks
      repositories NAME    which repositories are imported: --only REPO (may be repeated) or --all
      rename NAME NEW
      replace NAME TOKEN   tests a new token and saves it in place of the old one; --organization ORG … for other
                           organisations, of which one stays; --oauth [CLIENT] authorises again
      remove NAME          removes token and settings; --keep-data or --delete-data says what becomes of the records;
                           --revoke takes a token back that was made by --oauth
      scopes               what GitHub is asked for by --oauth, and why; --json
      reseal               seals every token with the first key

    TOKEN is one of --token-env NAME (a variable), --token-file FILE and --token-stdin; never the token itself.
    CLIENT is an OAuth app: --client-id-env NAME or --client-id-file FILE, and --client-secret-env NAME or
    --client-secret-file FILE. Its callback address is http://127.0.0.1/callback.
    Tokens are sealed with the keys in KOALR_SEALING_KEYS or in the file KOALR_SEALING_KEY_FILE.

    Exit codes: 0 done, 1 check or status found something wrong, 2 failed, 64 wrong usage.
    """
}
