import KoalrDomain
import KoalrIntegrationProtocols

/// Collects what is missing of single items and states it in few lines.
struct GapLedger {
  private struct Kind: Hashable {
    var part: String
    var why: String
  }
  private var order: [Kind] = []
  private var names: [Kind: [String]] = [:]
  private let noun: String
  private let repository: Repository
  /// More names than this are counted instead.
  private static let namedItems = 3

  /// Begins a ledger for items of a repository: `noun` is what a person calls them.
  init(_ noun: String, of repository: Repository) {
    self.noun = noun
    self.repository = repository
  }

  /// Notes that a part of an item is missing, or with an empty part the item.
  mutating func note(_ part: String, of name: String, why: String) {
    let kind = Kind(part: part, why: why)
    if names[kind] == nil { order.append(kind) }
    names[kind, default: []].append(name)
  }

  /// What is missing.
  var gaps: [SourceGap] {
    order.map { kind in
      let names = names[kind] ?? []
      let items =
        names.count <= Self.namedItems
        ? names.map { "\(repository.name)\($0)" }.joined(separator: ", ") : "\(names.count) \(noun) of \(repository.name)"
      return SourceGap(what: kind.part.isEmpty ? items : "\(kind.part) of \(items)", why: kind.why)
    }
  }
}
