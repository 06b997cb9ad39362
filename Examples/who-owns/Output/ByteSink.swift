#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Standard output, written in large pieces.
struct ByteSink: ~Copyable {
  private var buffer: [UInt8] = []

  private static let size = 65_536

  /// Adds bytes.
  ///
  /// - Throws: ``ClosedOutput``, ``ProgramError``.
  mutating func write(_ bytes: some Sequence<UInt8>) throws {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.size { try flush() }
  }

  /// Adds a text.
  ///
  /// - Throws: ``ClosedOutput``, ``ProgramError``.
  mutating func write(_ text: String) throws { try write(text.utf8) }

  /// Writes what was added.
  ///
  /// - Throws: ``ClosedOutput``, ``ProgramError``.
  mutating func flush() throws {
    var rest = buffer[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Self.write($0) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EPIPE {
        throw ClosedOutput()
      } else if errno != EINTR {
        throw ProgramError(
          "Could not write to standard output: \(String(cString: strerror(errno))). Send it elsewhere and try again.")
      }
    }
    buffer.removeAll(keepingCapacity: true)
  }

  #if canImport(Glibc)
  private static func write(_ bytes: UnsafeRawBufferPointer) -> Int { Glibc.write(STDOUT_FILENO, bytes.baseAddress, bytes.count) }
  #elseif canImport(Musl)
  private static func write(_ bytes: UnsafeRawBufferPointer) -> Int { Musl.write(STDOUT_FILENO, bytes.baseAddress, bytes.count) }
  #else
  private static func write(_ bytes: UnsafeRawBufferPointer) -> Int {
    Darwin.write(STDOUT_FILENO, bytes.baseAddress, bytes.count)
  }
  #endif
}

/// Nobody reads standard output any more: what was wanted has been read.
struct ClosedOutput: Error {}
