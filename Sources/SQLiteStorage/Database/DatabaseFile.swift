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
    if Self.make(path) != 0, errno != EEXIST { throw Self.failure(name, errno) }
    var information = stat()
    guard stat(path, &information) == 0 else { throw Self.failure(name, errno) }
    guard information.st_mode & S_IFMT == S_IFREG else { throw Self.failure(name, EISDIR) }
    guard access(path, R_OK | W_OK) == 0 else { throw Self.failure(name, errno) }
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

  private static func failure(_ name: String, _ number: Int32) -> StoreError {
    let (code, reason): (StoreError.Code, String) =
      switch number {
      case ENOENT, ENOTDIR: (.unavailable, "its folder does not exist; make the folder first, or name another file.")
      case EACCES, EPERM: (.unavailable, "it or its folder may not be written by this user; mend the permissions and try again.")
      case EROFS: (.unavailable, "it lies on a file system that is mounted read-only; mount it for writing or name another file.")
      case EISDIR: (.unavailable, "it is a folder or a device and no file; name a file.")
      case ENOSPC, EDQUOT: (.full, "the disk that holds it is full; make room and try again.")
      default: (.unavailable, "the system says: \(String(cString: strerror(number))).")
      }
    return StoreError(code, operation: "open \(name)", reason: reason)
  }
}
#endif
