#if SQLite
import KoalrDomain
import KoalrStorage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The file of a database, as the file system sees it.
///
/// It is never opened here once SQLite may have it open: closing any descriptor of a file drops all locks that the process holds on
/// it (https://www.sqlite.org/howtocorrupt.html, section 2.2).
struct DatabaseFile: Sendable {
  let path: String
  /// The name without its folder, for messages.
  let name: String
  private let identity: Identity

  /// Finds a file that may be read and written, or makes an empty one for its owner alone; its log takes over the permissions.
  init(path: String, name: String) throws(StoreError) {
    if Self.make(path) == 0 {
      guard Self.syncFolder(of: path) else { throw Self.failure(name, errno) }
    } else if errno != EEXIST {
      throw Self.failure(name, errno)
    }
    let path = try Self.followed(path, name: name)
    var information = stat()
    guard stat(path, &information) == 0 else { throw Self.failure(name, errno) }
    guard information.st_mode & S_IFMT == S_IFREG else { throw Self.failure(name, EISDIR) }
    // The log is made beside the file, so its folder has to be writable too.
    guard access(path, R_OK | W_OK) == 0, access(Self.folder(of: path), W_OK | X_OK) == 0 else {
      throw Self.failure(name, errno)
    }
    self.path = path
    self.name = name
    identity = Identity(information)
  }

  /// Makes an empty file that is not there yet.
  static func make(_ path: String) -> Int32 {
    #if canImport(Darwin)
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    return descriptor < 0 ? -1 : close(descriptor)
    #else
    return mknod(path, S_IFREG | 0o600, 0)
    #endif
  }

  /// The path without links: SQLite puts the log beside the file that they lead to.
  private static func followed(_ path: String, name: String) throws(StoreError) -> String {
    guard let found = realpath(path, nil) else { throw failure(name, errno) }
    defer { free(found) }
    return String(cString: found)
  }

  private static func folder(of path: String) -> String { path.lastIndex(of: "/").map { String(path[...$0]) } ?? "." }

  /// Puts a new name in a folder on the disk; returns whether that was possible.
  static func syncFolder(of path: String) -> Bool {
    let descriptor = open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    // Some file systems cannot do it for a folder and say so.
    return fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP
  }

  /// The size of the file, or of one beside it, such as its log; zero when it is not there.
  func bytes(_ suffix: String = "") -> Int {
    var information = stat()
    return stat(path + suffix, &information) == 0 ? Int(information.st_size) : 0
  }

  /// Refuses to go on when the file was deleted or replaced: what is written to it would vanish when it is closed.
  func requirePresence(for operation: String) throws(StoreError) {
    var information = stat()
    guard stat(path, &information) != 0 || Identity(information) != identity else { return }
    throw StoreError(
      .unavailable, operation: operation,
      reason: "\(name) was deleted or replaced while it was open. Nothing was written; open it again.")
  }

  private struct Identity: Equatable {
    let device: UInt64
    let number: UInt64

    init(_ information: stat) {
      device = UInt64(truncatingIfNeeded: information.st_dev)
      number = UInt64(truncatingIfNeeded: information.st_ino)
    }
  }

  static func failure(_ name: String, _ number: Int32, operation: String? = nil) -> StoreError {
    let (code, reason): (StoreError.Code, String) =
      switch number {
      case ENOENT, ENOTDIR: (.unavailable, "its folder does not exist; make the folder first, or name another file.")
      case EACCES, EPERM: (.unavailable, "it or its folder may not be written by this user; mend the permissions and try again.")
      case EROFS: (.unavailable, "it lies on a file system that is mounted read-only; mount it for writing or name another file.")
      case EISDIR: (.unavailable, "it is a folder or a device and no file; name a file.")
      case ENOSPC, EDQUOT: (.full, "the disk that holds it is full; make room and try again.")
      default: (.unavailable, "the system says: \(String(cString: strerror(number))).")
      }
    return StoreError(code, operation: operation ?? "open \(name)", reason: reason)
  }
}
#endif
