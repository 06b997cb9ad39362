import KoalrCore
import KoalrCryptography
import KoalrGitHub
import KoalrHTTPTransport

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The secrets of a connection that was saved by another program: its token, and what its webhook's deliveries are signed with.
struct SavedAccess {
  private let connection: ConnectionID
  private let secrets: SealedSecretStore

  /// - Throws: ``ProgramError`` without a key, `SealingError` for one that makes no sense.
  init(of connection: ConnectionID, in store: OpenedStore, environment: [String: String]) throws {
    guard let storage = store.tokens, let keys = try SealingKeys(environment: environment) else {
      throw ProgramError("A saved token needs the key it was sealed with: set KOALR_SEALING_KEYS or KOALR_SEALING_KEY_FILE.")
    }
    self.connection = connection
    secrets = SealedSecretStore(storage, sealer: KeyringSealer(keys: keys))
  }

  /// The saved token, or what renews the one that a person allowed by OAuth.
  ///
  /// - Throws: ``ProgramError``, `SealingError`, `StoreError`.
  func credential(at url: URL) async throws -> any CredentialSource {
    if try await secrets.secret(.oauthGrant, connection: connection) != nil {
      guard let client = try await secrets.secret(.oauthClient, connection: connection).flatMap(OAuthClient.init) else {
        throw ProgramError(
          "The connection \(connection) has no saved OAuth app; authorise it again with full-sync connections replace --oauth.")
      }
      let authorizer = GitHubOAuth(client: client, webURL: url, transport: URLSessionTransport())
      return RefreshingCredential(connection: connection, secrets: secrets, authorizer: authorizer, service: .gitHub)
    }
    guard let token = try await secrets.secret(.token, connection: connection) else {
      throw ProgramError("The connection \(connection) has no saved token; give it one with full-sync connections replace.")
    }
    return token
  }

  /// What the webhooks that `full-sync webhooks add` registered are signed with.
  ///
  /// - Throws: ``ProgramError`` when there are none, `SealingError`, `StoreError`.
  func webhookSecret() async throws -> Secret {
    guard let secret = try await secrets.secret(.webhook, connection: connection) else {
      throw ProgramError(
        "The connection \(connection) has no webhook of ours; make one with full-sync webhooks add, or give --secret-file.")
    }
    return secret
  }
}
