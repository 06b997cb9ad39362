public import KoalrDomain

/// Removes from a store what is older than a policy allows, and leaves a summary of it where the policy says so.
///
/// | kind | when it goes |
/// |---|---|
/// | change | merged or closed, by `updatedAt`; an open one stays |
/// | commit, deployment | by `committedAt`, `createdAt` |
/// | issue | closed, by `updatedAt`; an open one stays |
/// | incident | by its end; one without an end stays |
/// | vulnerability, licence issue | resolved, by `updatedAt`, else `resolvedAt`; an open one stays, and one without a time. Never rolled up |
/// | ownership event | resolved, by its end; an open one stays. Never rolled up |
/// | coverage, ownership report | by `measuredAt`, `checkedAt`, except the newest of its repository. Never rolled up |
/// | version of CODEOWNERS | when the next version is too old. Never rolled up |
/// | assessment of a change, coverage of a change | with its change, or when its change is gone |
/// | all others, and assessments of repositories | never |
///
/// Removing leaves no tombstone, so a sync with a longer window may bring records back. They go again the next time, and are not
/// counted again: a summary remembers what it counted. Those that were never seen before are counted then.
///
/// Every page is one batch for each connection in it: what is removed and the summaries that count it are written together, so a
/// run that ends anywhere loses nothing and counts nothing twice. Start it again to go on.
///
/// Nothing else may write meanwhile, neither a sync nor another retention: a store cannot refuse to remove a record that changed
/// after it was read.
public struct StoreRetention: Sendable {
  private let store: any Store
  private let pageSize: Int

  /// Makes the retention of a store.
  public init(_ store: some Store) { self.init(store, pageSize: 500) }

  /// Makes the retention of a store that is to be read in small pages.
  package init(_ store: some Store, pageSize: Int) {
    self.store = store
    self.pageSize = pageSize
  }

  /// Applies a policy and says what it did. Applying it again at the same time changes nothing.
  ///
  /// It holds one page of records in memory. It reads what is old or has no time, and all assessments and coverage of changes,
  /// looking up the change of each.
  ///
  /// - Throws: ``StoreError``; pages before it are done.
  public func apply(_ policy: RetentionPolicy, now: Date) async throws -> RetentionReport {
    let cutoff = now.addingTimeInterval(-86_400 * Double(policy.days))
    let run = RetentionRun(
      store: store, action: policy.action, cutoff: cutoff, pageSize: pageSize, changes: try await ChangeLookup(store))
    var report = RetentionReport()
    for rule in RetentionRule.all { report[rule.kind] = try await rule.apply(run) }
    return report
  }
}
