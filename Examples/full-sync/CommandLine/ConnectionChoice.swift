import KoalrCore

/// Which repositories of a connection are imported.
enum ConnectionChoice: Equatable {
  case all
  case only([String])
  /// As before; only to be shown.
  case unchanged

  /// - Throws: ``UsageError``.
  init(_ words: CommandWords) throws(UsageError) {
    let names = words.all("--only").unique
    guard names.isEmpty || !words.has("--all") else { throw UsageError("--only and --all exclude each other.") }
    if let wrong = names.first(where: { RepositoryName(rawValue: $0.contains("/") ? $0 : "owner/\($0)") == nil }) {
      throw UsageError("--only needs a repository's name, api or acme/api, not \"\(wrong)\".")
    }
    self = words.has("--all") ? .all : names.isEmpty ? .unchanged : .only(names)
  }
}

extension CommandWords {
  /// The services that an option names.
  ///
  /// - Throws: ``UsageError`` for words that are none, and for turning off what everything else needs.
  func services(_ option: String) throws(UsageError) -> [IntegrationService] {
    let services = all(option).map(IntegrationService.init)
    if let wrong = services.first(where: { !IntegrationService.all.contains($0) }) {
      let known = IntegrationService.all.map(\.rawValue).joined(separator: ", ")
      throw UsageError("\(option) needs one of \(known), not \"\(wrong)\".")
    }
    guard option == "--on" || !services.contains(where: \.isRequired) else {
      throw UsageError(
        "repositories cannot be turned off: every other service needs them. Choose some with connections repositories.")
    }
    return services
  }
}
