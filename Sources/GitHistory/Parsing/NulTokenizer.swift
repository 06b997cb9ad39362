import KoalrDomain

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Cuts a stream of bytes at its NULs, without copying a token that lies inside one block.
struct NulTokenizer {
  /// The most bytes of a token that are kept; what is longer is cut, never buffered.
  static let maximumToken = 1_048_576

  private var carried: [UInt8] = []

  /// Hands over every token that ends in this block. A token is only valid during the call.
  mutating func feed(_ block: [UInt8], to handle: (UnsafeBufferPointer<UInt8>) -> Void) {
    block.withUnsafeBufferPointer { bytes in
      var start = 0
      while start < bytes.count, let end = Self.nextNul(in: bytes, from: start) {
        let part = UnsafeBufferPointer(rebasing: bytes[start..<end])
        if carried.isEmpty {
          handle(UnsafeBufferPointer(rebasing: part.prefix(Self.maximumToken)))
        } else {
          carry(part)
          carried.withUnsafeBufferPointer(handle)
          carried.removeAll(keepingCapacity: true)
        }
        start = end + 1
      }
      if start < bytes.count { carry(UnsafeBufferPointer(rebasing: bytes[start...])) }
    }
  }

  /// Hands over what follows the last NUL, if anything.
  mutating func finish(_ handle: (UnsafeBufferPointer<UInt8>) -> Void) {
    guard !carried.isEmpty else { return }
    carried.withUnsafeBufferPointer(handle)
    carried.removeAll()
  }

  private mutating func carry(_ part: UnsafeBufferPointer<UInt8>) {
    carried.append(contentsOf: part.prefix(max(0, Self.maximumToken - carried.count)))
  }

  private static func nextNul(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard let base = bytes.baseAddress, let found = memchr(base + start, 0, bytes.count - start) else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }
}
