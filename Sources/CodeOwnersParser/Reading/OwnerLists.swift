/// The distinct lists of owners of a file: most rules name the same few.
struct OwnerLists: Sendable {
  private var lists: [[Owner]] = [[]]

  /// The list that names nobody.
  static let nobody: Int32 = 0

  subscript(number: Int32) -> [Owner] { lists[Int(number)] }

  /// Returns the number of a list, which it may get now.
  mutating func insert(_ owners: [Owner]) -> Int32 {
    guard !owners.isEmpty else { return Self.nobody }
    lists.append(owners)
    return Int32(lists.count - 1)
  }
}
