/// A promise of a seam that an implementation does not keep.
public struct BrokenPromise: Error, Hashable, CustomStringConvertible {
  /// The promise, as a sentence.
  public var promise: String
  /// What was seen instead.
  public var detail: String

  /// Makes the error.
  public init(_ promise: String, _ detail: String) {
    self.promise = promise
    self.detail = detail
  }

  /// Both, in two lines.
  public var description: String { "Broken promise: \(promise)\n\(detail)" }
}
