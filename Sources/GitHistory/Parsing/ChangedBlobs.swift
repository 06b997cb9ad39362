import KoalrDomain

/// Collects the names of the contents before and after, from what ``HistoryFormat/blobArguments`` make git print.
struct ChangedBlobs {
  /// The names, without those of submodules.
  private(set) var names: Set<CommitID> = []
  private var tokens = NulTokenizer()
  private var skipsPath = false

  mutating func feed(_ block: [UInt8]) {
    var tokens = self.tokens
    self.tokens = NulTokenizer()
    tokens.feed(block) { take($0) }
    self.tokens = tokens
  }

  private mutating func take(_ token: UnsafeBufferPointer<UInt8>) {
    if skipsPath { return skipsPath = false }
    let entry = token.first == 0x0A ? UnsafeBufferPointer(rebasing: token.dropFirst()) : token
    guard entry.first == UInt8(ascii: ":") else { return }
    skipsPath = true
    let words = entry.dropFirst().split(separator: 0x20)
    guard words.count == 5 else { return }
    insert(words[2], mode: words[0])
    insert(words[3], mode: words[1])
  }

  private mutating func insert(_ name: Slice<UnsafeBufferPointer<UInt8>>, mode: Slice<UnsafeBufferPointer<UInt8>>) {
    // 160000 is a submodule's commit, which is not in this repository; 0 is nothing.
    guard !mode.elementsEqual("160000".utf8), name.contains(where: { $0 != UInt8(ascii: "0") }) else { return }
    if let name = CommitID(rawValue: String(decoding: name, as: UTF8.self)) { names.insert(name) }
  }
}
