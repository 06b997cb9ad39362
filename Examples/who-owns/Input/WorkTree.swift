import Foundation

/// Where files of this machine lie in the work tree of a git repository.
enum WorkTree {
  /// The path from the top of the work tree around a file; `nil` outside of one.
  static func place(of path: String) -> String? {
    let file = URL(fileURLWithPath: path).standardizedFileURL
    // Folders may be links; a file that is one lies where the link does.
    let place = file.deletingLastPathComponent().resolvingSymlinksInPath()
    var folder = place
    while !FileManager.default.fileExists(atPath: folder.appendingPathComponent(".git").path) {
      guard folder.pathComponents.count > 1 else { return nil }
      folder.deleteLastPathComponent()
    }
    return (place.pathComponents.dropFirst(folder.pathComponents.count) + [file.lastPathComponent]).joined(separator: "/")
  }
}
