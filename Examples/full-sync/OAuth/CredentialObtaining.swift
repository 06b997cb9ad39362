import KoalrCore

/// Gets a new credential, from where the command line says or from a person's browser.
struct CredentialObtaining {
  var environment: [String: String]
  /// Where the service is.
  var address: ServiceAddress
  /// The OAuth app that is saved already.
  var saved: OAuthClient?

  /// Gets a credential and gives it to `body`. A token that was made for this is taken back when that fails.
  func use<Outcome>(_ input: CredentialInput, _ body: (NewCredential) async throws -> Outcome) async throws -> Outcome {
    switch input {
    case .token(let source): return try await body(.token(try source.read(environment)))
    case .oauth(let arguments):
      let client = try arguments.client(environment, saved: saved)
      let login = OAuthLogin(client: client, address: address, port: arguments.port)
      let grant = try await login.grant()
      do {
        return try await body(.oauth(grant, client))
      } catch {
        await login.takeBack(grant)
        throw error
      }
    }
  }
}
