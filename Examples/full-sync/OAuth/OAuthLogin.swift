import Foundation
import KoalrCore

/// Lets a person authorise an app in their browser, from a terminal.
struct OAuthLogin {
  /// Where the browser comes back to. Of a loopback address GitHub compares the path and lets the port vary.
  static let path = "/callback"

  var client: OAuthClient
  var address: ServiceAddress
  var port: UInt16

  /// Prints an address, waits until somebody has opened it and come back, and returns what they allowed.
  ///
  /// - Throws: ``CommandError``, `IntegrationError`.
  func grant() async throws -> OAuthGrant {
    let listener = try LoopbackListener(port: port)
    guard let redirect = URL(string: "http://127.0.0.1:\(listener.port)\(Self.path)") else {
      preconditionFailure("A number makes a port.")
    }
    let authorizer = Setup.authorizer(client, address)
    let (page, pending) = try authorizer.authorization(OAuthRequest(redirect: redirect))
    // Before anything is printed: whoever reads it may press Ctrl-C at once.
    let signals = StopSignals { listener.stop() }
    defer { signals.end() }
    Messages.print(
      """
      Open this address in a browser, within \(Int(PendingAuthorization.lifetime) / 60) minutes, and authorise the app:

        \(page.absoluteString)

      Waiting for the answer on \(redirect.absoluteString)
      """)
    do {
      let code = try await listener.callback(at: Self.path, within: PendingAuthorization.lifetime) {
        try authorizer.code(from: $0, for: pending)
      }
      return try await authorizer.exchange(code, for: pending)
    } catch is CancellationError {
      throw CommandError("Stopped before the app was authorised.")
    }
  }

  /// Takes back a token that turned out to be of no use, so that none stays valid that nobody has.
  func takeBack(_ grant: OAuthGrant) async {
    do {
      try await Setup.authorizer(client, address).revoke(grant, extent: .token)
    } catch {
      Messages.print("full-sync: The new token could not be taken back (\(error)); do it in GitHub's settings.")
    }
  }
}
