public import KoalrDomain

extension SourceID {
  /// The scope of the checkpoint whose time is when events of a connection were followed last.
  public static let events = SourceID(unchecked: "events")
}
