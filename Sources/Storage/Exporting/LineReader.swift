import KoalrDomain

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Reads a file line by line; holds one block and one line.
final class LineReader {
  private let path: String
  private let descriptor: Int32
  private var block: [UInt8]
  private var range = 0..<0
  private var isAtEnd = false
  /// The number of the line read last, from 1.
  private(set) var number = 0

  private static let blockSize = 256 * 1024

  init(_ url: URL) throws(StoreError) {
    path = try url.filePath(for: "import")
    block = [UInt8](repeating: 0, count: Self.blockSize)
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(path, errno) }
  }

  deinit { close(descriptor) }

  /// Returns the next line without its line feed, or `nil` at the end of the file.
  ///
  /// - Throws: ``StoreError`` when the file cannot be read or the line is longer than `limit` bytes.
  func next(limit: Int) throws(StoreError) -> [UInt8]? {
    var line: [UInt8] = []
    while true {
      if range.isEmpty {
        try fill()
        if isAtEnd { return line.isEmpty ? nil : counted(line) }
      }
      let end = block[range].firstIndex(of: UInt8(ascii: "\n"))
      line += block[range.lowerBound..<(end ?? range.upperBound)]
      guard line.count <= limit else {
        throw StoreError(
          .invalid, operation: "import line \(number + 1) of \(path)",
          reason: "it is longer than \(limit) bytes; is this an export?")
      }
      range = end.map { ($0 + 1)..<range.upperBound } ?? 0..<0
      if end != nil { return counted(line) }
    }
  }

  private func counted(_ line: [UInt8]) -> [UInt8] {
    number += 1
    return line
  }

  private func fill() throws(StoreError) {
    while true {
      let count = block.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        guard errno == EINTR else { throw Self.failure(path, errno) }
      } else {
        isAtEnd = count == 0
        range = 0..<count
        return
      }
    }
  }

  private static func failure(_ path: String, _ number: Int32) -> StoreError {
    StoreError.file(path, number, operation: "import", advice: "Check the name of the file and whether you may read it.")
  }
}
