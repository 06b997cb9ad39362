import Synchronization

/// Keeps the answers that were used last, up to a number and a size.
public final class InMemoryAnswerCache: AnswerCache {
  /// How many answers are kept unless told otherwise.
  public static let standardMaximumEntries = 1000
  /// How many bytes of bodies are kept unless told otherwise: 16 MiB.
  public static let standardMaximumBytes = 16 << 20

  fileprivate struct Entry {
    var answer: KeptAnswer
    var lastUse: Int
  }
  fileprivate struct State {
    var entries: [AnswerKey: Entry] = [:]
    var bytes = 0
    var uses = 0
  }
  private let state = Mutex(State())
  private let maximumEntries: Int
  private let maximumBytes: Int

  /// Makes an empty cache.
  public init(maximumEntries: Int = standardMaximumEntries, maximumBytes: Int = standardMaximumBytes) {
    self.maximumEntries = max(0, maximumEntries)
    self.maximumBytes = max(0, maximumBytes)
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension InMemoryAnswerCache {
  public func answer(for key: AnswerKey) async -> KeptAnswer? {
    state.withLock { state in
      state.uses += 1
      state.entries[key]?.lastUse = state.uses
      return state.entries[key]?.answer
    }
  }

  public func keep(_ answer: KeptAnswer, for key: AnswerKey) async {
    state.withLock { state in
      state.remove(key)
      guard answer.body.count <= maximumBytes, maximumEntries > 0 else { return }
      state.uses += 1
      state.entries[key] = Entry(answer: answer, lastUse: state.uses)
      state.bytes += answer.body.count
      while state.entries.count > maximumEntries || state.bytes > maximumBytes { state.removeOldest() }
    }
  }
}

extension InMemoryAnswerCache.State {
  fileprivate mutating func remove(_ key: AnswerKey) {
    if let old = entries.removeValue(forKey: key) { bytes -= old.answer.body.count }
  }

  fileprivate mutating func removeOldest() {
    if let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })?.key { remove(oldest) }
  }
}
