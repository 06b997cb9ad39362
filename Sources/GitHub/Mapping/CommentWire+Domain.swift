import KoalrDomain

extension CommentWire {
  /// The comment; `nil` without an id or a time. `path` is the file it is about.
  func asComment(path: String?) -> Comment? {
    guard let id = SourceID(rawValue: id), let createdAt else { return nil }
    return Comment(id: id, author: author?.asLogin, createdAt: createdAt, path: path)
  }
}
