import KoalrCore

/// What the command line says about an authorisation in the browser.
struct OAuthArguments: Equatable {
  /// Where the app's id is; `nil` for the saved one.
  var clientID: TokenSource?
  /// Where the app's secret is; `nil` for the saved one.
  var clientSecret: TokenSource?
  /// The port of the callback; 0 for a free one.
  var port: UInt16

  static let values: Set = [
    "--client-id-env", "--client-id-file", "--client-secret-env", "--client-secret-file", "--port",
  ]
  static let flag = "--oauth"

  /// Reads what belongs to `--oauth`.
  ///
  /// - Parameter isKnown: whether the app may be a saved one.
  /// - Throws: ``UsageError``.
  init(_ words: CommandWords, isKnown: Bool) throws(UsageError) {
    clientID = try TokenSource(words, of: "--client-id")
    clientSecret = try TokenSource(words, of: "--client-secret")
    guard isKnown || clientID != nil, (clientID == nil) == (clientSecret == nil) else {
      throw UsageError(
        "--oauth needs the OAuth app: --client-id-env NAME or --client-id-file FILE, and --client-secret-env NAME or "
          + "--client-secret-file FILE.")
    }
    let text = words["--port"] ?? "0"
    guard let port = UInt16(text) else { throw UsageError("--port needs a whole number from 0 to 65535, not \"\(text)\".") }
    self.port = port
  }

  /// Reads the app's id and secret.
  ///
  /// - Parameter saved: the app of the connection, for when the command line names none.
  /// - Throws: ``CommandError``.
  func client(_ environment: [String: String], saved: OAuthClient?) throws(CommandError) -> OAuthClient {
    guard let clientID, let clientSecret else {
      guard let saved else {
        throw CommandError("No OAuth app is saved for this connection; name one with --client-id-env and --client-secret-env.")
      }
      return saved
    }
    return OAuthClient(
      id: try clientID.read(environment, "client id", option: "--client-id").reveal(),
      secret: try clientSecret.read(environment, "client secret", option: "--client-secret"))
  }
}

/// Where the credential of a connection comes from.
enum CredentialInput: Equatable {
  case token(TokenSource)
  case oauth(OAuthArguments)

  static let values = TokenSource.values.union(OAuthArguments.values)
  static let flags = TokenSource.flags.union([OAuthArguments.flag])

  /// - Throws: ``UsageError``.
  init(_ words: CommandWords, isKnown: Bool) throws(UsageError) {
    guard words.has(OAuthArguments.flag) else {
      if let stray = OAuthArguments.values.sorted().first(where: { words[$0] != nil }) {
        throw UsageError("\(stray) belongs to --oauth.")
      }
      self = .token(try TokenSource(words))
      return
    }
    let stray = TokenSource.values.contains { words[$0] != nil } || TokenSource.flags.contains { words.has($0) }
    guard !stray else { throw UsageError("--oauth brings a token; leave --token-env, --token-file and --token-stdin out.") }
    self = .oauth(try OAuthArguments(words, isKnown: isKnown))
  }
}
