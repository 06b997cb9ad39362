/// A key of a map or a place in an array, as it appears in a coding path.
struct RecordKey: CodingKey {
  let stringValue: String
  let intValue: Int?

  init(stringValue: String) {
    self.stringValue = stringValue
    intValue = nil
  }

  init(intValue: Int) {
    stringValue = "Index \(intValue)"
    self.intValue = intValue
  }

  static let `super` = RecordKey(stringValue: "super")
}

extension RecordBytes {
  /// Returns the way from the first byte to the item at an offset, as far as the bytes allow.
  ///
  /// The last entry of a container may still be in the making: its end is never needed.
  @inline(never)
  func path(to target: Int) -> [any CodingKey] {
    var path: [any CodingKey] = []
    var offset = 0
    while offset < target, let step = try? step(from: offset, to: target) {
      path.append(step.key)
      offset = step.offset
    }
    return path
  }

  /// Returns the entry of the container at `offset` that `target` lies in.
  private func step(from offset: Int, to target: Int) throws(RecordFault) -> (key: RecordKey, offset: Int)? {
    var position = offset
    let head = try head(at: &position)
    guard head.kind == .map || head.kind == .array else { return nil }
    let entries = try length(head, at: position)
    for index in 0..<entries {
      let key = head.kind == .map ? try key(at: &position) : RecordKey(intValue: index)
      let value = position
      if value > target { return nil }
      if index < entries - 1 { try skip(from: &position) }
      if index == entries - 1 || target < position { return (key, value) }
    }
    return nil
  }

  private func key(at offset: inout Int) throws(RecordFault) -> RecordKey {
    let start = offset
    let head = try head(at: &offset)
    guard head.kind == .text else {
      offset = start
      try skip(from: &offset)
      return RecordKey(stringValue: head.kind.noun)
    }
    let length = try length(head, at: offset)
    defer { offset += length }
    return RecordKey(stringValue: (try? text(at: offset, length: length)) ?? "text that is not UTF-8")
  }
}
