#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// An open file, or standard input, that is read block by block.
struct InputFile: ~Copyable {
  private let descriptor: Int32
  private let name: String

  static let blockSize = 262_144

  /// - Throws: ``ProgramError``.
  init(path: String) throws(ProgramError) {
    descriptor = (AnyBytes.bytes(path) + [0]).withUnsafeBytes { bytes in
      bytes.withMemoryRebound(to: CChar.self) { $0.baseAddress.map { open($0, O_RDONLY | O_CLOEXEC) } ?? -1 }
    }
    name = path
    guard descriptor >= 0 else { throw Self.failure("open", path) }
  }

  private init(descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
  }

  static var standardInput: Self { Self(descriptor: STDIN_FILENO, name: "standard input") }

  deinit { if descriptor > STDERR_FILENO { close(descriptor) } }

  /// Returns the next bytes; none at the end.
  ///
  /// - Throws: ``ProgramError``.
  func next() throws(ProgramError) -> [UInt8] {
    var count = -1
    let block = [UInt8](unsafeUninitializedCapacity: Self.blockSize) { buffer, used in
      repeat { count = read(descriptor, buffer.baseAddress, buffer.count) } while count < 0 && errno == EINTR
      used = max(0, count)
    }
    guard count >= 0 else { throw Self.failure("read", name) }
    return block
  }

  /// Returns all bytes, at most `limit`.
  ///
  /// - Throws: ``ProgramError``.
  func all(limit: Int) throws(ProgramError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < limit {
      let block = try next()
      if block.isEmpty { break }
      bytes += block.prefix(limit - bytes.count)
    }
    return bytes
  }

  private static func failure(_ operation: String, _ name: String) -> ProgramError {
    ProgramError("Could not \(operation) \(name): \(String(cString: strerror(errno))). Check its name and permissions.")
  }
}
