/// Something that may be known, or not, with the reason.
public enum Evidence<Value: Sendable>: Sendable {
  /// It is known.
  case known(Value)
  /// It is not; why, as a sentence without its full stop: "no coverage service is connected".
  case missing(reason: String)

  /// The value, or `nil` when it is missing.
  public var value: Value? {
    if case .known(let value) = self { value } else { nil }
  }

  /// Why it is missing, or `nil` when it is known.
  public var absence: String? {
    if case .missing(let reason) = self { reason } else { nil }
  }

  /// Wraps a value that may be unknown, with the reason to give when it is.
  public init(_ value: Value?, else reason: @autoclosure () -> String) {
    self = if let value { .known(value) } else { .missing(reason: reason()) }
  }
}

extension Evidence: Equatable where Value: Equatable {}
extension Evidence: Hashable where Value: Hashable {}
