import Foundation
import KoalrCore

/// The secrets of a webhook in a file: one a line, the newest first or last.
enum SecretFile {
  /// No secret is longer; a longer file is another file.
  private static let maximumBytes = 16_384

  /// - Throws: ``ProgramError``, which repeats nothing of the file.
  static func read(_ url: URL) throws -> [Secret] {
    let text: Data
    do {
      let handle = try FileHandle(forReadingFrom: url)
      text = try handle.read(upToCount: maximumBytes + 1) ?? Data()
    } catch {
      throw ProgramError("The file that --secret-file names cannot be read; check its name and permissions.")
    }
    guard text.count <= maximumBytes else { throw ProgramError("The file that --secret-file names is larger than 16 kB.") }
    let secrets = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline).compactMap { Secret(String($0)) }
    guard !secrets.isEmpty else { throw ProgramError("The file that --secret-file names holds no secret.") }
    return secrets
  }
}
