import KoalrCore
import KoalrTesting
import Testing

struct ContractTests {
  @Test(arguments: StoreContract.Promise.allCases)
  func `the store in memory keeps`(_ promise: StoreContract.Promise) async throws {
    try await StoreContract { InMemoryStore() }.check(promise)
  }

  @Test(arguments: StoreContract.Promise.allCases)
  func `the contract of stores catches a store that breaks`(_ promise: StoreContract.Promise) async {
    let error = await #expect(throws: BrokenPromise.self) {
      try await StoreContract { BrokenStore(breaking: promise) }.check(promise)
    }
    #expect(error?.promise == promise.sentence)
  }

  @Test(arguments: JobQueueContract.Promise.allCases)
  func `the job queue in memory keeps`(_ promise: JobQueueContract.Promise) async throws {
    try await JobQueueContract { InMemoryJobQueue(now: $0) }.check(promise)
  }

  @Test(arguments: JobQueueContract.Promise.allCases)
  func `the contract of job queues catches a queue that breaks`(_ promise: JobQueueContract.Promise) async {
    let error = await #expect(throws: BrokenPromise.self) {
      try await JobQueueContract { BrokenQueue(breaking: promise, now: $0) }.check(promise)
    }
    #expect(error?.promise == promise.sentence)
  }

  @Test(arguments: SecretStoreContract.Promise.allCases)
  func `the secret store in memory keeps`(_ promise: SecretStoreContract.Promise) async throws {
    try await SecretStoreContract { InMemorySecretStore() }.check(promise)
  }

  @Test(arguments: SecretStoreContract.Promise.allCases)
  func `the contract of secret stores catches a store that breaks`(_ promise: SecretStoreContract.Promise) async {
    let error = await #expect(throws: BrokenPromise.self) {
      try await SecretStoreContract { BrokenSecretStore(breaking: promise) }.check(promise)
    }
    #expect(error?.promise == promise.sentence)
    #expect(error.map { "\($0)".contains("hunter2") } == false)
  }
}
