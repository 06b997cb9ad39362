public import Foundation
public import KoalrDomain

/// A running set of peers with its truth, as the tests of one service see it.
///
/// A conformance adds the adapter under test; its ``service`` is the one whose tokens, faults and complaints are meant.
public protocol PeerWorld: Sendable {
  /// The peers.
  var peers: Peers { get }
  /// What they know.
  var truth: Truth { get }
  /// The service under test.
  var service: Peers.Ready.Service { get }
}

extension PeerWorld {
  /// The time the world stands at.
  public var now: Date { ISO8601Time.parse(truth.now) ?? .distantPast }

  /// The start of the window that a sync covers.
  public var since: Date { ISO8601Time.parse(truth.since) ?? .distantPast }

  /// Makes the service fail as a rule says.
  public func fault(_ rule: String) async throws { try await control("faults", rule) }

  /// Ends all faults and forgets what was asked.
  public func reset() async throws { try await control("reset") }

  /// Tells the service something, by the last part of a control address.
  public func control(_ action: String, _ json: String = "{}") async throws {
    _ = try await peers.control(service, "/_peer/" + action, post: json)
  }

  /// Returns whether each of the faults that are set was met at least once; a fault that nothing meets shows nothing.
  public func metEveryFault() async throws -> Bool {
    let rules = try JSONSerialization.jsonObject(with: try await peers.control(service, "/_peer/faults")) as? [[String: Any]]
    return rules?.isEmpty == false && rules?.allSatisfy { ($0["hits"] as? Int ?? 0) > 0 } == true
  }

  /// Returns the broken rules and leaked credentials the service has noted; both must be empty at the end of a test.
  public func complaints() async throws -> [String] { try await peers.complaints(service) }
}

extension Peers.Ready.Service {
  /// Returns the token of this name, or one with just this text where no token is named so: a wrong one, for example.
  public func secret(_ name: String) throws -> Secret {
    guard let secret = Secret(tokens[name] ?? name) else { throw PeerError(description: "\(name) is not a token.") }
    return secret
  }

  /// Returns the service's address, with more of a path behind it.
  public func address(_ path: String = "") throws -> URL {
    guard let address = URL(string: url + path) else { throw PeerError(description: "\(path) is not a path.") }
    return address
  }
}
