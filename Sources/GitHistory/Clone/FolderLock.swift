import CKoalrSpawn
import KoalrDomain
import KoalrIntegrationProtocols

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The right to work in a clone's folder, against other tasks and other processes. It ends with the process at the latest.
struct FolderLock {
  /// How often a held lock is tried again.
  static let pause: Duration = .milliseconds(200)
  /// How many times: half an hour.
  static let maximumAttempts = 9000

  private let descriptor: Int32

  static func acquire(_ folder: String, service: Connection.Service, clock: any WallClock) async throws -> Self {
    func refused(_ reason: String, _ code: IntegrationError.Code) -> IntegrationError {
      IntegrationError(code, service: service, operation: "lock the cached clone \(folder)", reason: reason)
    }
    let parent = String(folder[..<(folder.lastIndex(of: "/") ?? folder.startIndex)])
    do {
      try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    } catch {
      throw refused("The cache folder \(parent) cannot be made. Check its permissions.", .misconfigured)
    }
    for _ in 0..<maximumAttempts {
      let answer = koalr_lock_file("\(folder).lock")
      if answer >= 0 { return Self(descriptor: answer) }
      guard answer == -EWOULDBLOCK else {
        throw refused("The cache folder cannot be written (system error \(-answer)). Check its permissions.", .misconfigured)
      }
      try await clock.sleep(for: pause)
    }
    throw refused("Another process has been reading this repository for long. Try again later.", .unavailable)
  }

  func release() { close(descriptor) }
}
