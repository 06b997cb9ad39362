/// How numbers and nouns are written in reasons.
package enum Wording {
  /// `1 file`, `9 files`.
  package static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

  /// At most one decimal place: `4`, `12.5`.
  package static func decimal(_ number: Double) -> String {
    guard number.isFinite, abs(number) < 1e12 else { return "\(number)" }
    let tenths = Int((number * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    let (whole, rest) = abs(tenths).quotientAndRemainder(dividingBy: 10)
    return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
  }

  /// A share of 1 in percent: `6.3 %`.
  package static func percent(_ share: Double) -> String { decimal(share * 100) + " %" }

  /// `a`, `a and b`, `a, b and 3 more`.
  package static func list(_ names: [String], limit: Int = 3) -> String {
    if names.count > limit { return names.prefix(limit - 1).joined(separator: ", ") + " and \(names.count - limit + 1) more" }
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }
}
