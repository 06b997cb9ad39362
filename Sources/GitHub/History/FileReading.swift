import KoalrDomain
import KoalrHTTPTransport
import KoalrIntegrationProtocols

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Reads file lists over REST as long as the allowance lasts, one at a time: many repositories are read side by side already.
struct FileReading {
  /// The most files that GitHub lists of one change or commit.
  static let maximumFiles = 3000
  /// No list of so many files has more pages.
  private static let maximumPages = 100
  /// After so many failures in a row the rest is not asked for.
  private static let maximumFailures = 3

  let repository: Repository
  let rest: RESTClient
  let clock: any WallClock
  let allowance: HistoryAllowance
  private var failures = 0
  /// Why nothing more is asked.
  private var stop: String?

  init(_ repository: Repository, rest: RESTClient, clock: any WallClock, allowance: HistoryAllowance) {
    self.repository = repository
    self.rest = rest
    self.clock = clock
    self.allowance = allowance
  }

  /// A list, or why there is none.
  enum Outcome {
    case files([ChangedFile])
    case unread(String)
  }

  /// Why a list was not asked for.
  static let spent =
    "The leftover of GitHub's hourly budget was used up before; run again after an hour, or install git, which needs none of it."

  /// Reads the files of a pull request, against its merge base.
  mutating func files(ofChange number: Int) async throws -> Outcome {
    try await read(
      ["pulls", "\(number)", "files"], query: [("per_page", "100")], operation: "list files of \(repository.name)#\(number)"
    ) { response, operation in
      try response.json([FileWire].self, service: .gitHub, operation: operation)
    }
  }

  /// Reads the files of a commit, against its first parent.
  mutating func files(of commit: CommitID) async throws -> Outcome {
    try await read(["commits", commit.rawValue], query: [], operation: "list files of \(repository.name)@\(commit.short)") {
      response, operation in
      try response.json(CommitFilesWire.self, service: .gitHub, operation: operation).files ?? []
    }
  }

  private mutating func read(
    _ segments: [String], query: [(name: String, value: String?)], operation: String,
    decode: (HTTPResponse, String) throws -> [FileWire]
  ) async throws -> Outcome {
    do {
      let name = repository.name
      var page: URL? = try rest.address.endpoint(
        ["repos", name.owner, name.name] + segments, query: query, service: .gitHub, operation: operation)
      var files: [ChangedFile] = []
      var pages = 0
      while let url = page {
        if let stop { return .unread(stop) }
        guard allowance.take() else { return .unread(Self.spent) }
        let response = try await get(url, operation)
        let listed = try decode(response, operation)
        files += listed.compactMap(\.file)
        pages += 1
        page = try response.nextLink(service: .gitHub, operation: operation)
        guard pages < Self.maximumPages, files.count < Self.maximumFiles else {
          return .unread("GitHub lists no more than \(Self.maximumFiles) files of it.")
        }
      }
      failures = 0
      // In git's order, so that a store cannot tell which way it was filled.
      return .files(files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) })
    } catch let error as IntegrationError where error.code != .unauthorized {
      return failed(error)
    }
  }

  private func get(_ url: URL, _ operation: String) async throws -> HTTPResponse {
    let response = try await rest.client.send(HTTPRequest("GET", url, headers: GitHubHeaders.standard, operation: operation))
    allowance.note(response)
    guard response.status == 200 else { throw GitHubFailure(response, clock: clock).error(operation: operation) }
    return response
  }

  private mutating func failed(_ error: IntegrationError) -> Outcome {
    switch error.code {
    case .rateLimited:
      allowance.end()
      return .unread(Self.spent)
    case .notFound, .tooLarge: break
    default:
      failures += 1
      if failures >= Self.maximumFailures { stop = error.reason }
    }
    return .unread(error.reason)
  }
}
