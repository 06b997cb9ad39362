import KoalrCodeOwnersParser

/// The files of a repository by who owns them, with the largest places that are all alike.
struct GapMap {
  enum Kind: Equatable {
    case owned
    case unowned
    case ownerless
  }

  /// A folder all of whose files nobody owns in the same way, or a single file in a mixed one.
  struct Place {
    var path: String
    var files: Range<Int>
    var kind: Kind
  }

  /// In the order of their bytes.
  let paths: [String]
  private(set) var kinds: [Kind] = []
  private(set) var places: [Place] = []
  private(set) var files = OwnershipGaps.Files()
  private let positions: [String: Int]

  init(_ file: CodeOwnersFile?, paths: some Sequence<String>) {
    let all = Array(paths).sortedByBytes { $0 }
    self.paths = all.indices.filter { $0 == 0 || !all[$0].utf8.elementsEqual(all[$0 - 1].utf8) }.map { all[$0] }
    positions = Dictionary(zip(self.paths, 0...), uniquingKeysWith: { first, _ in first })
    kinds.reserveCapacity(self.paths.count)
    if let file {
      file.forEachOwner(ofSorted: self.paths) { kinds.append(Self.kind(of: $1)) }
    } else {
      kinds = self.paths.map { _ in .unowned }
    }
    for kind in kinds { count(kind) }
    findPlaces()
  }

  /// Returns the place of a file in ``paths``.
  func position(of path: String) -> Int? { positions[path] }

  private static func kind(of ownership: Ownership) -> Kind {
    switch ownership {
    case .owned: .owned
    case .unowned: .ownerless
    case .noRule: .unowned
    }
  }

  private mutating func count(_ kind: Kind) {
    switch kind {
    case .owned: files.owned += 1
    case .unowned: files.unowned += 1
    case .ownerless: files.ownerless += 1
    }
  }

  /// Files of a folder lie together, so one walk opens and closes each folder once. A folder that closes and is all alike replaces
  /// the places in it.
  private mutating func findPlaces() {
    var open: [OpenFolder] = []
    for (index, path) in paths.enumerated() {
      let shared = index == 0 ? 0 : Self.sharedLength(paths[index - 1], path)
      while let last = open.last, last.length > shared { close(&open, at: index) }
      for slash in Self.slashes(of: path) where slash > open.last?.length ?? 0 {
        open.append(OpenFolder(length: slash, firstFile: index, firstPlace: places.count))
      }
      if kinds[index] != .owned { places.append(Place(path: path, files: index..<index + 1, kind: kinds[index])) }
      if let last = open.indices.last { open[last].note(kinds[index]) }
    }
    while !open.isEmpty { close(&open, at: paths.count) }
  }

  private mutating func close(_ open: inout [OpenFolder], at end: Int) {
    guard let folder = open.popLast() else { return }
    if let last = open.indices.last { open[last].note(folder.kind) }
    guard let kind = folder.kind, kind != .owned else { return }
    places.removeSubrange(folder.firstPlace...)
    let path = String(decoding: paths[folder.firstFile].utf8.prefix(folder.length), as: UTF8.self)
    places.append(Place(path: path, files: folder.firstFile..<end, kind: kind))
  }

  private static func sharedLength(_ left: String, _ right: String) -> Int {
    var (length, rest) = (0, right.utf8.makeIterator())
    for byte in left.utf8 {
      guard byte == rest.next() else { break }
      length += 1
    }
    return length
  }

  /// The lengths of a path's folders with their slashes.
  private static func slashes(of path: String) -> [Int] {
    path.utf8.enumerated().compactMap { $1 == UInt8(ascii: "/") ? $0 + 1 : nil }
  }
}

/// A folder whose files are being walked.
private struct OpenFolder {
  let length: Int
  let firstFile: Int
  let firstPlace: Int
  /// What all its files are so far; `nil` when they differ or none was seen.
  private(set) var kind: GapMap.Kind?
  private var isMixed = false

  init(length: Int, firstFile: Int, firstPlace: Int) {
    self.length = length
    self.firstFile = firstFile
    self.firstPlace = firstPlace
  }

  /// - Parameter other: What a file, or all files of a folder in it, are; `nil` when those differ.
  mutating func note(_ other: GapMap.Kind?) {
    isMixed = isMixed || other == nil || (kind != nil && kind != other)
    kind = isMixed ? nil : other
  }
}
