/// What a title of the form `Revert "Add paging (#12)" (#15)` says.
struct RevertTitle {
  /// The title of what is taken back, without its number.
  var reverted: String
  /// The number of the change that is taken back, where the quoted title ends with it.
  var number: Int?

  /// Reads a title; `nil` for every other one.
  init?(_ title: String) {
    guard title.hasPrefix("Revert \""), let end = title.lastIndex(of: "\"") else { return nil }
    let start = title.index(title.startIndex, offsetBy: 8)
    guard start < end else { return nil }
    (reverted, number) = Self.split(title[start..<end])
  }

  /// Whether what is taken back was itself a revert, so that nothing is: the work is back.
  var restores: Bool { reverted.hasPrefix("Revert \"") || reverted.hasPrefix("Reapply \"") }

  /// Takes the number off a subject that a squash merge made.
  static func split(_ subject: some StringProtocol) -> (title: String, number: Int?) {
    guard subject.hasSuffix(")"), let mark = subject.lastIndex(of: "#"), subject[..<mark].hasSuffix(" ("),
      let number = Int(subject[subject.index(after: mark)...].dropLast()), number > 0
    else { return (String(subject), nil) }
    return (String(subject[..<mark].dropLast(2)), number)
  }
}
