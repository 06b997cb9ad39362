public import KoalrDomain
public import KoalrStorage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension SealingKeys {
  /// The variable that holds the keys themselves, separated by new lines or commas.
  public static let keysVariable = "KOALR_SEALING_KEYS"
  /// The variable that holds the path of a file with the keys.
  public static let fileVariable = "KOALR_SEALING_KEY_FILE"
  /// The size of the largest file that is read, in bytes.
  public static let largestFile = 65_536

  /// Reads the keys that the environment holds or names; `nil` when it says nothing about them.
  ///
  /// A variable that is there and empty counts as absent.
  ///
  /// - Throws: `SealingError` with `badKeys`, also when both variables are set.
  public init?(environment: [String: String]) throws(SealingError) {
    let text = environment[Self.keysVariable].flatMap { $0.isEmpty ? nil : $0 }
    let path = environment[Self.fileVariable].flatMap { $0.isEmpty ? nil : $0 }
    switch (text, path) {
    case (nil, nil): return nil
    case (let text?, nil): try self.init(lines: Self.entries(of: text), source: Source(Self.keysVariable, unit: "entry"))
    // The path stays out of messages: whoever mixes the two variables up has put a key there.
    case (nil, let path?): try self.init(file: URL(fileURLWithPath: path), source: Source("the file of \(Self.fileVariable)"))
    case _: throw Source("the environment").error("\(Self.keysVariable) and \(Self.fileVariable) are both set; keep one of them.")
    }
  }

  /// Lines, of which those with keys may hold several between commas.
  private static func entries(of text: String) -> [Substring] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).flatMap { line in
      line.first { $0 != " " && $0 != "\t" } == "#" ? [line] : line.split(separator: ",", omittingEmptySubsequences: false)
    }
  }

  /// Reads keys from a file that only its owner may read.
  ///
  /// - Throws: `SealingError` with `badKeys`, also when it is no regular file, belongs to somebody else, or others have rights to it.
  public init(file: URL) throws(SealingError) { try self.init(file: file, source: Source(file.lastPathComponent)) }

  private init(file: URL, source: Source) throws(SealingError) {
    // Without waiting, so that a pipe by that name is refused instead of waited for.
    let descriptor = open(file.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw source.error("it cannot be opened (\(String(cString: strerror(errno)))).") }
    defer { close(descriptor) }
    try Self.checkOwner(of: descriptor, source)
    let bytes = try Self.bytes(of: descriptor, source)
    guard let text = String(validating: bytes, as: UTF8.self) else { throw source.error("it is no text in UTF-8.") }
    try self.init(lines: text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline), source: source)
  }

  /// Looks at the open file and not at its path, which could lead elsewhere a moment later.
  private static func checkOwner(of descriptor: Int32, _ source: Source) throws(SealingError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw source.error("it cannot be looked at (\(String(cString: strerror(errno)))).")
    }
    guard status.st_mode & S_IFMT == S_IFREG else { throw source.error("it is no regular file.") }
    guard status.st_uid == geteuid() else {
      throw source.error("it belongs to another user; make it this program's own (chown) and readable by it alone (chmod 600).")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw source.error("others may use it (mode \(String(status.st_mode & 0o777, radix: 8))); run chmod 600 on it.")
    }
  }

  private static func bytes(of descriptor: Int32, _ source: Source) throws(SealingError) -> [UInt8] {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 4096)
    while bytes.count <= largestFile {
      let count = read(descriptor, &block, block.count)
      if count == 0 { return bytes }
      if count > 0 {
        bytes += block[..<count]
      } else if errno != EINTR {
        throw source.error("it cannot be read (\(String(cString: strerror(errno)))).")
      }
    }
    throw source.error("it is larger than \(largestFile) bytes; name the file with the keys.")
  }
}
