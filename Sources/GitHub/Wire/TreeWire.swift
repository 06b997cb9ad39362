/// All that is in a commit, as REST sends it.
struct TreeWire: Decodable, Sendable {
  /// A file, a folder or a submodule.
  struct Entry: Decodable, Sendable {
    var path: String?
    var type: String?
  }
  var tree: [Entry]?
  var truncated: Bool?
}
