/// What all proofs about one file may cost together, in steps that are counted and never timed, so that the same file always has the
/// same findings.
///
/// A step is a node or a glob that a look-up tries, a rule that it finds, or a place that a proof goes on from.
final class ProofBudget {
  /// The largest file of 62,400 rules spends a fifth of it, real ones a hundredth.
  static let ordinarySteps = 4_000_000

  private var left: Int
  private(set) var spent = 0

  init(steps: Int = ordinarySteps) { left = steps }

  /// Whether nothing may be looked at any more. What was begun then claims nothing.
  var isSpent: Bool { left < 0 }

  func charge(_ steps: Int) {
    left -= steps
    spent += steps
  }
}
