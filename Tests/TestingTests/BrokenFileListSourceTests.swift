import KoalrCore
import KoalrTesting
import Synchronization
import Testing

struct BrokenFileListSourceTests {
  @Test(arguments: FileListSourceContract.Promise.allCases)
  func `the contract catches a list of files that breaks`(_ promise: FileListSourceContract.Promise) async throws {
    let remote = MockRemote(SampleOrganisation.world)
    await expectBroken(promise) {
      try await FileListSourceContract(of: remote.world.repositories[0].repository) { BreakingFiles(promise, remote) }
        .check(promise)
    }
  }

  @Test func `a list that is not whole has nothing to check`() async throws {
    var world = SampleOrganisation.world
    world.repositories[0].paths = nil
    let (repository, remote) = (world.repositories[0].repository, MockRemote(world))
    await #expect(throws: BrokenPromise.self) {
      try await FileListSourceContract(of: repository) { MockCodeHost(remote) }.check(.once)
    }
  }
}

private final class BreakingFiles: FileListSource {
  private let promise: FileListSourceContract.Promise
  private let host: MockCodeHost

  init(_ promise: FileListSourceContract.Promise, _ remote: MockRemote) {
    self.promise = promise
    host = MockCodeHost(remote)
  }

  func paths(of repository: Repository) async throws -> [String]? {
    switch promise {
    case .lists: return []
    case .once: return ["a", "b", "a"]
    case .files: return ["src", "src/a.swift"]
    case .same: return host.remote.callCount(.fileList) == 0 ? try await host.paths(of: repository) : ["other"]
    case .cancels: return ["a"]
    }
  }
}
