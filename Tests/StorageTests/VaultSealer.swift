import KoalrCore
import KoalrTesting
import Synchronization

/// A sealer without cryptography that keeps every promise but one, or all: it remembers what it sealed and hands out numbers.
final class VaultSealer: Sealer, CustomStringConvertible {
  private let vault: Vault
  private let key: UInt64
  private let flaw: SealerContract.Promise?
  private let shown = Mutex("VaultSealer")

  /// What sealers remember together; each opens what was sealed with its own key.
  final class Vault: Sendable {
    struct Entry {
      var place: SecretPlace
      var secret: Secret
      var key: UInt64
    }

    private let state = Mutex((entries: [String: Entry](), generator: SeededGenerator(seed: "vault")))

    func number() -> UInt64 { state.withLock { $0.generator.next() } }

    func put(_ entry: Entry, reusing: Bool) -> String {
      state.withLock { state in
        let same = state.entries.first { $1.place == entry.place && $1.secret == entry.secret }
        if reusing, let same { return same.key }
        let text = "v.\(state.generator.next()).\(state.generator.next())"
        state.entries[text] = entry
        return text
      }
    }

    func entry(_ text: String) -> Entry? { state.withLock { $0.entries[text] } }
  }

  init(in vault: Vault = Vault(), breaking flaw: SealerContract.Promise? = nil) {
    self.vault = vault
    self.flaw = flaw
    key = vault.number()
  }

  var description: String { shown.withLock { $0 } }

  func seal(_ secret: Secret, for place: SecretPlace) throws -> SealedSecret {
    if flaw == .nothingShows { shown.withLock { $0 = secret.reveal() } }
    let kept = flaw == .opensWhatItSealed ? Secret(String(secret.reveal().prefix(255))) ?? secret : secret
    let entry = Vault.Entry(place: place, secret: kept, key: key)
    return SealedSecret(rawValue: vault.put(entry, reusing: flaw == .sealsDifferently))
  }

  func open(_ sealed: SealedSecret, from place: SecretPlace) throws -> Secret {
    let text = flaw == .changesAreRefused ? String(sealed.rawValue.drop { $0 == " " }) : sealed.rawValue
    guard let entry = vault.entry(text), entry.place == place || flaw == .isBoundToItsPlace,
      entry.key == key || flaw == .otherKeysAreRefused
    else { throw SealingError(.refused, operation: "open", reason: "it is not in the vault.") }
    return entry.secret
  }

  func isCurrent(_ sealed: SealedSecret) -> Bool {
    flaw == .knowsWhatIsCurrent ? true : vault.entry(sealed.rawValue)?.key == key
  }
}
