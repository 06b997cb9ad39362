import KoalrDomain

extension CheckContextWire {
  /// The check; `nil` when it has no name.
  var asCheck: Check? {
    if let name {
      let verdict = status == nil || status == "COMPLETED" ? conclusion?.lowercased() : nil
      return Check(name: name, conclusion: verdict, completedAt: verdict == nil ? nil : completedAt)
    }
    guard let context else { return nil }
    let isRunning = state == "PENDING" || state == "EXPECTED"
    let verdict = isRunning ? nil : state?.lowercased()
    return Check(name: context, conclusion: verdict, completedAt: verdict == nil ? nil : createdAt)
  }
}
