import KoalrCore

/// Identities that follow from words, so that they are the same on every run.
enum SampleNames {
  /// Returns a commit or blob name.
  static func sha(_ words: String...) -> CommitID {
    var generator = SeededGenerator(seed: words.joined(separator: "/"))
    let digits = (0..<3).map { _ in
      let text = String(generator.next(), radix: 16)
      return String(repeating: "0", count: 16 - text.utf8.count) + text
    }
    return CommitID(unchecked: String(digits.joined().prefix(40)))
  }

  /// Returns a number from 0 up to 1 that belongs to a word.
  static func fraction(_ word: String) -> Double {
    var generator = SeededGenerator(seed: word)
    return generator.fraction()
  }
}
