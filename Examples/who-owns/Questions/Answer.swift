/// What was found out about one question.
struct Answer {
  /// The member of the JSON object.
  var name: String
  /// For people.
  var text: [UInt8]
  var json: JSONValue
  /// Whether the exit code tells of it.
  var isFinding: Bool

  init(name: String, text: [UInt8], json: JSONValue, isFinding: Bool = false) {
    self.name = name
    self.text = text
    self.json = json
    self.isFinding = isFinding
  }

  /// An answer of a heading, and a line for each thing.
  init(name: String, heading: String, lines: [String] = [], json: JSONValue, isFinding: Bool = false) {
    let text = ([heading] + lines.map { "  \($0.replacing("\n", with: "\\n"))" }).map { $0 + "\n" }.joined()
    self.init(name: name, text: AnyBytes.bytes(text), json: json, isFinding: isFinding)
  }

  /// The JSON member, behind another one.
  var jsonMember: [UInt8] { Array(",\n\"\(name)\":".utf8) + json.bytes }
}
