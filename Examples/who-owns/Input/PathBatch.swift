/// Some paths, as bytes that lie in one place.
struct PathBatch: RandomAccessCollection {
  private let bytes: [UInt8]
  private let ranges: [Range<Int>]

  init() { (bytes, ranges) = ([], []) }

  init(_ paths: [String]) {
    self.init(AnyBytes.bytes(paths.joined(separator: "\0")), separator: 0)
  }

  /// Cuts bytes at a separator.
  init(_ bytes: [UInt8], separator: UInt8) {
    var ranges: [Range<Int>] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: separator) ?? bytes.count
      let hasReturn = separator != 0 && end > start && bytes[end - 1] == UInt8(ascii: "\r")
      let range = start..<(hasReturn ? end - 1 : end)
      if !range.isEmpty { ranges.append(range) }
      start = end + 1
    }
    (self.bytes, self.ranges) = (bytes, ranges)
  }

  var startIndex: Int { 0 }
  var endIndex: Int { ranges.count }
  subscript(index: Int) -> ArraySlice<UInt8> { bytes[ranges[index]] }

  /// The path as rules are asked about it: from the root of the repository, without `./` or a slash before it.
  func lookup(_ index: Int) -> String {
    var path = self[index]
    while path.starts(with: [UInt8(ascii: "."), UInt8(ascii: "/")]) { path = path.dropFirst(2) }
    if path.first == UInt8(ascii: "/") { path = path.dropFirst() }
    return AnyBytes.text(path)
  }
}
