public import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// A GitHub, a Codecov and a Snyk over one synthetic organisation, running on loopback until this value is released or the test
/// process ends. They live beside the project and are not part of it; where they or their Python environment are missing,
/// ``available`` is false.
public final class Peers: Sendable {
  /// What the peers say when they are ready.
  public struct Ready: Decodable, Sendable {
    /// The organisation.
    public var org: String
    /// The time the world stands at.
    public var now: String
    /// GitHub.
    public var github: Service
    /// Codecov.
    public var codecov: Service
    /// Snyk.
    public var snyk: Service

    /// One of the servers.
    public struct Service: Decodable, Sendable {
      /// Its address.
      public var url: String
      /// Its tokens by name.
      public var tokens: [String: String]
      /// The OAuth app that GitHub knows.
      public var oauth: App?
      /// A server elsewhere, which logs every credential that reaches it.
      public var foreign: String?

      /// An OAuth app.
      public struct App: Decodable, Sendable {
        /// Its id.
        public var clientId: String
        /// Its secret.
        public var clientSecret: String
      }
    }
  }

  /// Where they are and which tokens they know.
  public let ready: Ready
  /// The file with the truth, when one was asked for.
  public let truth: URL?
  private let process: TestProgram

  /// Why the peers cannot run here, in words for a skipped test.
  public static let absence =
    "the peers or their Python environment are missing: set KOALR_PEERS_PYTHON to a Python that has their requirements.txt"

  /// Whether the peers can run here. With `KOALR_REQUIRE_PEERS=1` the answer is always yes, so that absence fails.
  public static let available: Bool = {
    if ProcessInfo.processInfo.environment["KOALR_REQUIRE_PEERS"] == "1" { return true }
    guard FileManager.default.fileExists(atPath: script.path) else { return false }
    do {
      let check = "import graphql; assert graphql.version_info >= (3, 3)"
      return try TestProgram(["env", python, "-c", check]).isEndingWell()
    } catch {
      return false
    }
  }()

  /// The folder beside the project that holds shared test data.
  public static let sharedFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared")

  private static let script = sharedFolder.appendingPathComponent("peers/serve.py")

  /// The Python that runs them.
  public static let python: String = {
    if let named = ProcessInfo.processInfo.environment["KOALR_PEERS_PYTHON"] { return named }
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let local = package.appendingPathComponent(".build/peers-env/bin/python").path
    return FileManager.default.fileExists(atPath: local) ? local : "python3"
  }()

  /// Starts the peers; returns when they serve.
  ///
  /// - Parameter arguments: more arguments of `serve.py`.
  public init(
    seed: Int = 1, repositories: Int = 8, changes: Int = 14, now: String = "2026-11-20T12:00:00Z", truth wanted: Bool = false,
    _ arguments: [String] = []
  ) async throws {
    truth = wanted ? FileManager.default.temporaryDirectory.appendingPathComponent("koalr-truth-\(UUID().uuidString).json") : nil
    let words =
      [
        "env", Self.python, Self.script.path, "--seed", "\(seed)", "--repos", "\(repositories)", "--prs", "\(changes)", "--now",
        now, "--exit-with-stdin",
      ] + (truth.map { ["--truth", $0.path] } ?? []) + arguments
    let process = try TestProgram(words, wantsInput: true)
    self.process = process
    let line = try await TestProgram.onThread { process.firstLine() }
    guard !line.isEmpty else { throw PeerError(description: "The peers ended before they were ready.") }
    ready = try JSONDecoder().decode(Ready.self, from: line)
  }

  deinit {
    process.closeInput()
    process.discard()
    if let truth { try? FileManager.default.removeItem(at: truth) }
  }

  /// Returns the answer of a control address, `/_peer/log` for example, of one of the services.
  public func control(_ service: Ready.Service, _ path: String, post body: String? = nil, headers: [String: String] = [:])
    async throws -> Data
  {
    var request = URLRequest(url: try service.address(path))
    for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
    if let body {
      request.httpMethod = "POST"
      request.httpBody = Data(body.utf8)
      request.setValue("application/json", forHTTPHeaderField: "Content-Type")
    }
    return try await withCheckedThrowingContinuation { continuation in
      let task = URLSession.shared.dataTask(with: request) { data, _, error in
        if let data {
          continuation.resume(returning: data)
        } else {
          continuation.resume(throwing: error ?? PeerError(description: "no answer"))
        }
      }
      task.resume()
    }
  }

  /// Returns the broken rules and leaked credentials a service has noted, and the writes that Koalr must not send; all must be empty
  /// at the end of a test.
  public func complaints(_ service: Ready.Service) async throws -> [String] {
    let data = try await control(service, "/_peer/log")
    let log = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    let noted = ["violations", "leakedCredentials"].flatMap { key in (log[key] as? [Any] ?? []).map { "\(key): \($0)" } }
    return noted + (try OnlyReads(log: data).forbidden)
  }
}

/// Why the peers could not be used.
public struct PeerError: Error, CustomStringConvertible {
  /// One sentence.
  public var description: String
}
