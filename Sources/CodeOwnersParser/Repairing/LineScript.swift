/// How to make a text out of another one, line by line, and both of them.
struct LineScript: Hashable, Sendable {
  /// A line with what ends it.
  enum Step: Hashable, Sendable {
    case keep(ArraySlice<UInt8>)
    case remove(ArraySlice<UInt8>)
    case add(ArraySlice<UInt8>)
  }

  private(set) var steps: [Step] = []

  /// Makes the script of changed lines, counted from 0: `nil` removes one. New lines come before the line of their number, or at
  /// the end; none of them brings its own ending.
  init(_ bytes: [UInt8], replacing replaced: [Int: [UInt8]?] = [:], inserting new: (at: Int, lines: [[UInt8]]) = (0, [])) {
    let lines = Self.lines(bytes)
    let ending: [UInt8] = lines.first?.suffix(2) == [0x0D, .newline] ? [0x0D, .newline] : [.newline]
    for (number, line) in lines.enumerated() {
      if number == new.at { add(new.lines, ending) }
      if let replacement = replaced[number] {
        steps.append(.remove(line))
        if let replacement { steps.append(.add((replacement + Self.ending(of: line))[...])) }
      } else {
        steps.append(.keep(line))
      }
    }
    guard new.at >= lines.count, !new.lines.isEmpty else { return }
    endLastLine(with: ending)
    add(new.lines, ending)
  }

  /// The new text.
  var result: [UInt8] {
    var bytes: [UInt8] = []
    for step in steps {
      switch step {
      case .keep(let line), .add(let line): bytes += line
      case .remove: break
      }
    }
    return bytes
  }

  private mutating func add(_ lines: [[UInt8]], _ ending: [UInt8]) {
    steps += lines.map { .add(($0 + ending)[...]) }
  }

  /// What follows the last line needs it to end.
  private mutating func endLastLine(with ending: [UInt8]) {
    switch steps.last {
    case .keep(let line) where line.last != .newline:
      steps.removeLast()
      steps += [.remove(line), .add((line + ending)[...])]
    case .add(let line) where line.last != .newline:
      steps.removeLast()
      steps.append(.add((line + ending)[...]))
    default: break
    }
  }

  static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: .newline).map { $0 + 1 } ?? bytes.count
      lines.append(bytes[start..<end])
      start = end
    }
    return lines
  }

  private static func ending(of line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard line.last == .newline else { return [] }
    return line.suffix(line.dropLast().last == 0x0D ? 2 : 1)
  }
}
