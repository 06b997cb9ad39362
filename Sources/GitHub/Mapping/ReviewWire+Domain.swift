import KoalrDomain

extension ReviewWire {
  /// The review; `nil` without an id or a verdict.
  var asReview: Review? {
    guard let id = SourceID(rawValue: id), let state else { return nil }
    return Review(id: id, author: author?.asLogin, state: .init(rawValue: state), submittedAt: submittedAt)
  }
}
