import KoalrCore

/// Who owns each path, in one of the forms.
struct OwnerListing {
  let file: CodeOwnersFile
  let format: Arguments.Format
  let explains: Bool
  private var isFirst = true

  init(file: CodeOwnersFile, arguments: Arguments) {
    self.file = file
    format = arguments.format
    explains = arguments.explains
  }

  /// What stands before the first line.
  var beginning: String { format == .json ? ",\"paths\":[" : "" }
  /// What stands behind the last one.
  var end: String { format == .json ? "\n]" : "" }

  /// Returns the lines, or JSON elements, of some paths.
  mutating func lines(of paths: PathBatch) -> [UInt8] {
    var bytes: [UInt8] = []
    if explains {
      for index in paths.indices { explain(paths, index, &bytes) }
      return bytes
    }
    var index = 0
    file.forEachOwner(ofSorted: paths.indices.lazy.map(paths.lookup)) { _, ownership in
      append(paths[index], ownership, &bytes)
      index += 1
    }
    return bytes
  }

  private mutating func append(_ path: ArraySlice<UInt8>, _ ownership: Ownership, _ bytes: inout [UInt8]) {
    switch format {
    case .tsv:
      Self.appendField(path, to: &bytes)
      bytes.append(UInt8(ascii: "\t"))
      Self.append(ownership.owners, to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    case .text:
      Self.appendField(path, to: &bytes)
      bytes += ": ".utf8
      if ownership.owners.isEmpty { bytes += "nobody".utf8 } else { Self.append(ownership.owners, to: &bytes) }
      bytes += ownership.line.map { " (line \($0))\n" }?.utf8 ?? " (no rule matches)\n".utf8
    case .json: append(.object(Self.members(path, ownership)), &bytes)
    }
  }

  private mutating func explain(_ paths: PathBatch, _ index: Int, _ bytes: inout [UInt8]) {
    let path = paths.lookup(index)
    let parts = file.explanation(of: path).parts
    switch format {
    case .text:
      for reason in parts.isEmpty ? ["no rule matches"] : parts.map(\.description) {
        Self.appendField(paths[index], to: &bytes)
        bytes += AnyBytes.bytes(": \(reason)\n")
      }
    case .tsv:
      append(paths[index], file.owners(of: path), &bytes)
      bytes[bytes.count - 1] = UInt8(ascii: "\t")
      Self.appendField(AnyBytes.bytes(parts.map(\.description).joined(separator: "; "))[...], to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    case .json:
      let decisions = parts.map(JSONValue.init)
      let members = Self.members(paths[index], file.owners(of: path)) + [("decisions", .list(decisions))]
      append(.object(members), &bytes)
    }
  }

  private mutating func append(_ value: JSONValue, _ bytes: inout [UInt8]) {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
    bytes.append(UInt8(ascii: "\n"))
    bytes += value.bytes
  }

  private static func append(_ owners: [Owner], to bytes: inout [UInt8]) {
    for (number, owner) in owners.enumerated() {
      if number > 0 { bytes.append(UInt8(ascii: " ")) }
      bytes += owner.text.utf8
    }
  }

  /// A path as it was given, but that a line stays a line and a field a field.
  private static func appendField(_ path: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
    for byte in path {
      switch byte {
      case UInt8(ascii: "\t"): bytes += "\\t".utf8
      case UInt8(ascii: "\n"): bytes += "\\n".utf8
      default: bytes.append(byte)
      }
    }
  }

  private static func members(_ path: ArraySlice<UInt8>, _ ownership: Ownership) -> [(String, JSONValue)] {
    [
      ("path", .text(String(decoding: path, as: UTF8.self))), ("owners", .owners(ownership.owners)),
      ("line", .optional(ownership.line)),
    ]
  }
}

extension JSONValue {
  fileprivate init(_ part: OwnershipExplanation.Part) {
    let decision = part.decision
    self = .object([
      ("section", .optional(decision.section?.name)), ("line", .number(decision.rule.line)),
      ("pattern", .text(decision.rule.pattern)), ("owners", .owners(decision.owners)),
      ("approvals", .number(decision.approvals)), ("optional", .bool(decision.isOptional)),
      (
        "shadowed",
        .list(
          zip(part.shadowed, part.shadowedOwners).map {
            .object([("line", .number($0.line)), ("pattern", .text($0.pattern)), ("owners", .owners($1))])
          })
      ),
    ])
  }

  static func owners(_ owners: [Owner]) -> JSONValue { .list(owners.map { .text($0.text) }) }
}
