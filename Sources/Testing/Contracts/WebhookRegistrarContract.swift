public import KoalrCore

/// The promises of a `WebhookRegistrar`.
///
/// Every check makes its own registrar, over a target that has no webhook, and leaves what it made.
public struct WebhookRegistrarContract: Sendable {
  let target: WebhookTarget
  let url: WebhookURL
  let make: @Sendable () async throws -> any WebhookRegistrar

  /// Makes the contract.
  ///
  /// - Parameters:
  ///   - target: what webhooks are made for; the credential must be good enough.
  ///   - url: where they deliver to; nobody has to listen there.
  ///   - registrar: makes what is judged, anew for each promise.
  public init(
    on target: WebhookTarget, deliveringTo url: WebhookURL,
    registrar: @escaping @Sendable () async throws -> any WebhookRegistrar
  ) {
    self.target = target
    self.url = url
    make = registrar
  }

  // swift-format-ignore: AllPublicDeclarationsHaveDocumentation (the sentences are the documentation)
  /// Something that every registrar keeps.
  public enum Promise: String, CaseIterable, Sendable, CustomStringConvertible {
    case names = "The events worth having are named once each, in the order of their bytes."
    case secrets = "Every new secret is another one, of at least 16 characters."
    case creates = "A webhook that was made is listed as it was wanted."
    case refusesDoubles = "A second one for the same address and events is refused as a conflict."
    case changes = "A change shows in the list, and makes no other webhook."
    case tellsOfGone = "Changing one that is gone is refused as not found."
    case pings = "A ping shows up among the deliveries."
    case newestFirst = "Deliveries come newest first, each attempt once."
    case redelivers = "What is delivered again is another attempt under the same guid."
    case deletes = "One that was removed is no longer listed, and removing it again says that there was none."
    case seesNoObstacle = "Nothing stands in the way of a credential that is good enough."
    case cancels = "A cancelled call throws CancellationError."

    /// The promise as a sentence.
    public var description: String { rawValue }
  }

  /// Checks one promise on a new registrar.
  ///
  /// - Throws: ``BrokenPromise``, or what the registrar throws.
  public func check(_ promise: Promise) async throws {
    let registrar = try await make()
    switch promise {
    case .names: try checkNames(registrar)
    case .secrets: try checkSecrets(registrar)
    case .creates: try await checkCreates(registrar)
    case .refusesDoubles: try await checkRefusesDoubles(registrar)
    case .changes: try await checkChanges(registrar)
    case .tellsOfGone: try await checkTellsOfGone(registrar)
    case .pings: try await checkPings(registrar)
    case .newestFirst: try await checkNewestFirst(registrar)
    case .redelivers: try await checkRedelivers(registrar)
    case .deletes: try await checkDeletes(registrar)
    case .seesNoObstacle: try await checkSeesNoObstacle(registrar)
    case .cancels: try await checkCancels(registrar)
    }
  }
}
