/// Cuts a list of paths that arrives in blocks. Any bytes are fine.
///
/// A list that has a NUL in its first ``lookahead`` bytes is a list of paths that a NUL ends; else each line is a path, without the
/// carriage return of a Windows line end. Empty ones are left out.
struct PathCutter {
  static let lookahead = 65_536
  /// The most bytes of a path: what is longer is no list of paths.
  static let maximumPath = 1_048_576

  private var carried: [UInt8] = []
  private var separator: UInt8?

  /// Makes a cutter that finds out what separates the paths, unless it is known.
  init(separator: UInt8? = nil) { self.separator = separator }

  /// Takes a block and returns the paths that end in it.
  ///
  /// - Throws: ``ProgramError``.
  mutating func feed(_ block: [UInt8]) throws(ProgramError) -> PathBatch {
    carried += block
    if separator == nil {
      if block.contains(0) {
        separator = 0
      } else if carried.count >= Self.lookahead {
        separator = UInt8(ascii: "\n")
      }
    }
    guard let separator, let end = carried.lastIndex(of: separator) else {
      guard carried.count <= Self.maximumPath else {
        throw ProgramError(
          "A path of more than \(Self.maximumPath) bytes: the input is no list of paths, one a line or ended by NULs.")
      }
      return PathBatch()
    }
    let rest = Array(carried[(end + 1)...])
    carried.removeSubrange(end...)
    defer { carried = rest }
    return PathBatch(carried, separator: separator)
  }

  /// Returns the paths that are left.
  mutating func finish() -> PathBatch {
    defer { carried = [] }
    return PathBatch(carried, separator: separator ?? UInt8(ascii: "\n"))
  }
}
