import KoalrDomain

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A file that appears when it is complete: lines go to `FILE.partial`, which takes the name at the end.
final class ExportFile {
  private let path: String
  private let partialPath: String?
  private let descriptor: Int32
  private var isOpen = true
  private var buffer: [UInt8] = []

  private static let blockSize = 256 * 1024

  init(_ url: URL) throws(StoreError) {
    path = try url.filePath(for: "export")
    partialPath = Self.isSpecial(path) ? nil : path + ".partial"
    descriptor = open(partialPath ?? path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw Self.failure(path, errno) }
    buffer.reserveCapacity(Self.blockSize * 2)
  }

  deinit {
    guard isOpen else { return }
    close(descriptor)
    if let partialPath { unlink(partialPath) }
  }

  func append(line: [UInt8]) throws(StoreError) {
    buffer += line
    buffer.append(UInt8(ascii: "\n"))
    if buffer.count >= Self.blockSize { try flush() }
  }

  /// Writes what is left, makes sure that it is on the disk, and gives the file its name.
  func finish() throws(StoreError) {
    try flush()
    if let partialPath {
      guard fsync(descriptor) == 0, rename(partialPath, path) == 0 else { throw Self.failure(path, errno) }
    }
    isOpen = false
    guard close(descriptor) == 0 else { throw Self.failure(path, errno) }
  }

  private func flush() throws(StoreError) {
    var written = 0
    while written < buffer.count {
      let count = buffer.withUnsafeBytes { write(descriptor, $0.baseAddress?.advanced(by: written), $0.count - written) }
      if count < 0 {
        guard errno == EINTR else { throw Self.failure(path, errno) }
      } else {
        written += count
      }
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Whether there is something at the path that must not be replaced: a device, a pipe, a link.
  private static func isSpecial(_ path: String) -> Bool {
    var information = stat()
    return lstat(path, &information) == 0 && information.st_mode & S_IFMT != S_IFREG
  }

  private static func failure(_ path: String, _ number: Int32) -> StoreError {
    StoreError.file(path, number, operation: "export", advice: "Give another place with --export, or make room, and try again.")
  }
}

extension URL {
  /// Returns the path of a file address.
  func filePath(for operation: String) throws(StoreError) -> String {
    guard isFileURL, !path.isEmpty else {
      throw StoreError(.invalid, operation: "\(operation) \(scheme ?? "")", reason: "it is not the address of a file.")
    }
    return path
  }
}

extension StoreError {
  /// Says what the system said about a file.
  static func file(_ path: String, _ number: Int32, operation: String, advice: String) -> StoreError {
    let code: Code = number == ENOSPC || number == EDQUOT ? .full : .unavailable
    let reason = strerror(number).map { String(cString: $0) } ?? "error \(number)"
    return StoreError(code, operation: "\(operation) \(path)", reason: "\(reason). \(advice)")
  }
}
