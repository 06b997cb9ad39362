import Foundation
import KoalrCore

/// A file of the host's own incidents.
enum IncidentFile {
  /// Reads the file of `--incidents`.
  ///
  /// - Throws: `CommandError` with the file, the line, and what to do.
  static func read(_ path: String) throws -> ReportedIncidents {
    do {
      let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      defer { try? file.close() }
      // One byte more than is allowed, so that a larger file is refused and not cut.
      let bytes = try file.read(upToCount: ReportedIncidents.maximumBytes + 1) ?? Data()
      return try ReportedIncidents(jsonLines: bytes)
    } catch let error as IncidentFileError {
      throw CommandError("The incidents in \(path) cannot be used. \(error)")
    } catch {
      throw CommandError("The file of incidents \(path) cannot be read: \(error.localizedDescription)")
    }
  }
}
