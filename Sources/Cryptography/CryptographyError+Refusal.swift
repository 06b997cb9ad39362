extension CryptographyError {
  /// What both kinds of primitives answer to a tag that does not fit.
  static var tagDoesNotFit: Self {
    Self(
      .refused, operation: "open what AES-256-GCM sealed",
      reason: "it was sealed with another key or for another use, or it was changed.")
  }
}
