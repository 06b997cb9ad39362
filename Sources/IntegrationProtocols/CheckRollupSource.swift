public import KoalrDomain

/// A source of single things that says how the checks of a change stand together for less than it takes to list them.
///
/// A run asks for this verdict where checks ended long ago, and for the checks themselves only where it is another one.
///
/// *Using one:* as ``ItemSource``. *Writing one:* the verdict over the checks that ``ItemSource/checks(again:)`` lists; where it
/// cannot be told, fail, and the checks are asked for. `ItemSourceContract` checks that.
public protocol CheckRollupSource: ItemSource {
  /// Returns the verdicts over the checks of changes' newest commits.
  ///
  /// - Throws: ``IntegrationError``, `CancellationError`.
  func checkRollups(again requests: [ItemRequest]) async throws -> [ItemAnswer<CheckRollup>]
}
