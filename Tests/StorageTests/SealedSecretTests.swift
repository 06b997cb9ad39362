import KoalrCore
import KoalrTesting
import Testing

struct SealedSecretTests {
  @Test(arguments: SealedSecretStorageContract.Promise.allCases)
  func `the storage of sealed secrets in memory keeps`(_ promise: SealedSecretStorageContract.Promise) async throws {
    try await SealedSecretStorageContract { .inMemory }.check(promise)
  }

  @Test(arguments: SealedSecretStorageContract.Promise.allCases)
  func `the contract of sealed storages catches one that breaks`(_ promise: SealedSecretStorageContract.Promise) async {
    let error = await #expect(throws: BrokenPromise.self) {
      try await SealedSecretStorageContract { BrokenSealedStorage(breaking: promise) }.check(promise)
    }
    #expect(error?.promise == promise.sentence)
  }

  @Test(arguments: SealerContract.Promise.allCases)
  func `a sealer that remembers instead of encrypting keeps`(_ promise: SealerContract.Promise) async throws {
    let vault = VaultSealer.Vault()
    try await SealerContract { VaultSealer(in: vault) }.check(promise)
  }

  @Test(arguments: SealerContract.Promise.allCases)
  func `the contract of sealers catches one that breaks`(_ promise: SealerContract.Promise) async {
    let vault = VaultSealer.Vault()
    let error = await #expect(throws: BrokenPromise.self) {
      try await SealerContract { VaultSealer(in: vault, breaking: promise) }.check(promise)
    }
    #expect(error?.promise == promise.sentence)
    #expect(error.map { "\($0)".contains("hunter2") } == false)
  }

  @Test(arguments: SecretStoreContract.Promise.allCases)
  func `the sealed secret store in memory keeps`(_ promise: SecretStoreContract.Promise) async throws {
    try await SecretStoreContract { SealedSecretStore(.inMemory, sealer: VaultSealer()) }.check(promise)
  }

  @Test func `a sealing error says what was tried and why`() {
    let error = SealingError(
      .refused, operation: "open the secret \"token\" of \"github\"", reason: "it was changed; save it anew.")
    #expect("\(error)" == "Could not open the secret \"token\" of \"github\": it was changed; save it anew.")
  }
}
