/// What a conformance of a seam does not keep: thrown by the contracts of this module.
public struct BrokenPromise: Error, Hashable, CustomStringConvertible {
  /// The promise, as a sentence.
  public var promise: String
  /// What happened instead.
  public var detail: String

  /// Makes the error.
  public init(_ promise: String, _ detail: String) {
    self.promise = promise
    self.detail = detail
  }

  /// Both in two lines.
  public var description: String { "Broken promise: \(promise)\n\(detail)" }
}

/// What a check saw; the contract puts the promise before it.
struct ContractFinding: Error {
  let detail: String
}

/// Ends a check that saw something else than was promised.
func require(_ condition: Bool, _ detail: @autoclosure () -> String) throws(ContractFinding) {
  guard condition else { throw ContractFinding(detail: detail()) }
}

/// Ends a check when two values differ.
func require<Value: Equatable>(_ actual: Value, is expected: Value, _ what: @autoclosure () -> String) throws(ContractFinding) {
  try require(actual == expected, "\(what()): expected \(expected), got \(actual).")
}

/// Runs a check and says which promise it breaks.
func checking(_ promise: String, _ check: () async throws -> Void) async throws {
  do {
    try await check()
  } catch let finding as ContractFinding {
    throw BrokenPromise(promise, finding.detail)
  } catch let error as CancellationError {
    throw error
  } catch {
    throw BrokenPromise(promise, "It threw an error: \(error)")
  }
}
