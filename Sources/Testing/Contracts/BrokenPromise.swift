/// A promise of a seam that an implementation does not keep.
public struct BrokenPromise: Error, Hashable, CustomStringConvertible {
  /// The promise, as a sentence.
  public var promise: String
  /// What was seen instead.
  public var detail: String

  /// Makes the error.
  public init(promise: String, detail: String) {
    self.promise = promise
    self.detail = detail
  }

  /// The promise and what was seen instead.
  public var description: String { "Broken promise: \(promise) \(detail)" }
}
