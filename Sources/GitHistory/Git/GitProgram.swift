import KoalrDomain
import KoalrIntegrationProtocols

#if !canImport(FoundationEssentials)
import Foundation
#endif

/// The `git` program, run so that neither the machine's configuration nor a repository's own can make it do anything but read.
///
/// System and user configuration are off; hooks, external diff programs, signature checks, lazy fetches, prompts, credential
/// programs and every transport but those asked for are off; replaced objects and mailmaps are ignored, so that names and contents
/// are those of the commits.
struct GitProgram: Sendable {
  /// The oldest version that takes configuration from the environment and `--diff-merges=first-parent`.
  static let oldestVersion = GitVersion(major: 2, minor: 31)
  /// The most bytes of a short answer.
  static let maximumAnswer = 16_777_216
  /// The longest a command that talks to a server may take.
  static let networkTimeLimit: Duration = .seconds(3600)

  /// The program's name, looked up in PATH, or its path.
  var program = "git"
  /// The service that errors name.
  var service: Connection.Service
  /// Told of every child's processor time.
  var observer: any SyncObserver
  /// Bounds how many children run at a time.
  var gate: ProcessGate

  /// Where a command works and what it may reach.
  struct Place: Sendable {
    /// The git directory; `nil` for none.
    var gitFolder: String?
    /// The server and credential; `nil` keeps the command offline.
    var remote: GitRemote?
  }

  /// Runs a command and hands its output to `body`.
  ///
  /// - Throws: ``IntegrationError`` when git is missing; ``GitFailure`` when it ends with an error.
  func run<Outcome>(
    _ arguments: [String], in place: Place, input: [UInt8]? = nil, body: (ChildOutput) async throws -> Outcome
  ) async throws -> Outcome {
    let command = ChildCommand(
      program: program, arguments: Self.settings(place) + arguments, environment: Self.environment(place), input: input,
      timeLimit: place.remote == nil ? nil : Self.networkTimeLimit)
    let (outcome, exit) = try await gate.enter {
      do {
        return try await ChildProcess.run(command, body: body)
      } catch let error as ChildStartError {
        throw missing(error)
      }
    }
    observer.observe(.childProcess(program: "git", cpu: exit.cpu))
    guard exit.status == 0 else {
      throw GitFailure(command: arguments.first { $0.first?.isLetter ?? false } ?? "", exit: exit, secret: place.remote?.token)
    }
    return outcome
  }

  /// Runs a command and returns its output.
  func answer(
    _ arguments: [String], in place: Place, input: [UInt8]? = nil, limit: Int = maximumAnswer
  ) async throws -> [UInt8] {
    try await run(arguments, in: place, input: input) { try await $0.collect(limit: limit) }
  }

  /// Runs a command and returns the first line of its output, or `nil` when it ends with an error.
  func line(_ arguments: [String], in place: Place) async throws -> String? {
    do {
      return String(decoding: try await answer(arguments, in: place).prefix { $0 != 0x0A }, as: UTF8.self)
    } catch is GitFailure {
      return nil
    }
  }

  private func missing(_ error: ChildStartError) -> IntegrationError {
    IntegrationError(
      .misconfigured, service: service, operation: "run git",
      reason: error.code == 2
        ? "git is not installed or not in PATH. Install git \(Self.oldestVersion) or newer."
        : "git could not be started (system error \(error.code)). Check that git in PATH may be executed.",
      underlying: error)
  }
}

/// A version of git.
struct GitVersion: Hashable, Comparable, CustomStringConvertible {
  var major: Int
  var minor: Int

  var description: String { "\(major).\(minor)" }

  init(major: Int, minor: Int) {
    self.major = major
    self.minor = minor
  }

  /// Reads `git version 2.39.5 (Apple Git-154)`.
  init?(_ text: String) {
    guard let word = text.split(separator: " ").first(where: { $0.first?.isNumber ?? false }) else { return nil }
    let numbers = word.split(separator: ".").prefix(2).map { Int($0) }
    guard numbers.count == 2, let major = numbers[0], let minor = numbers[1] else { return nil }
    self.init(major: major, minor: minor)
  }

  static func < (left: Self, right: Self) -> Bool { (left.major, left.minor) < (right.major, right.minor) }
}

extension GitProgram {
  /// Returns the installed version.
  ///
  /// - Throws: ``IntegrationError`` when git is missing or too old.
  func version() async throws -> GitVersion {
    let text = try await line(["version"], in: Place()) ?? ""
    guard let version = GitVersion(text) else {
      throw IntegrationError(
        .misconfigured, service: service, operation: "ask git for its version",
        reason: "The program called git did not answer as git does. Check which git comes first in PATH.")
    }
    guard version >= Self.oldestVersion else {
      throw IntegrationError(
        .misconfigured, service: service, operation: "use git",
        reason: "git \(version) is too old. Install git \(Self.oldestVersion) or newer.")
    }
    return version
  }
}
