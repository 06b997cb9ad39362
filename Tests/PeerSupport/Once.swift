/// Makes each value once, whoever asks first; the others wait for it. For servers that many tests share.
public actor Once<Key: Hashable & Sendable, Value: Sendable> {
  private var tasks: [Key: Task<Value, any Error>] = [:]

  /// Makes an empty cache.
  public init() {}

  /// Returns the value of a key, made by `make` when nobody has asked for it before.
  public func value(_ key: Key, make: @escaping @Sendable () async throws -> Value) async throws -> Value {
    let task = tasks[key] ?? Task { try await make() }
    tasks[key] = task
    return try await task.value
  }
}
