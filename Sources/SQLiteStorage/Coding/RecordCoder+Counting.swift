import KoalrDomain

extension RecordCoder {
  /// Returns how many elements the array under a key of the outermost map has, none when it is absent or null. Steps over
  /// everything else unread. Returns `nil` when the bytes are no such map, and the general way has to say what they are.
  package static func elementCount(of key: StaticString, in bytes: UnsafeRawBufferPointer) -> Int? {
    try? RecordBytes(bytes).elementCount(of: key)
  }
}

extension RecordBytes {
  fileprivate func elementCount(of key: StaticString) throws(RecordFault) -> Int {
    var offset = 0
    let map = try head(at: &offset)
    guard map.kind == .map else { throw map.mismatch }
    for _ in 0..<(try length(map, at: offset)) {
      let isSought = hasKey(key, at: offset)
      try skip(from: &offset)
      if isSought {
        let value = try head(at: &offset)
        guard !value.isNull else { return 0 }
        guard value.kind == .array else { throw value.mismatch }
        return try length(value, at: offset)
      }
      try skip(from: &offset)
    }
    return 0
  }
}
