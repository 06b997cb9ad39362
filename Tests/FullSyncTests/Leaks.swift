import Foundation
import PeerSupport

/// Looks for secrets where they must not be: as they are, in base64 at any offset, and in hexadecimal.
struct Leaks {
  private let forms: [(name: String, bytes: Data)]

  init(_ secrets: [String: String]) {
    forms = secrets.flatMap { name, secret in Self.forms(Data(secret.utf8)).map { (name, $0) } }
  }

  init(raw secrets: [String: Data]) {
    forms = secrets.flatMap { name, secret in Self.forms(secret).map { (name, $0) } }
  }

  /// The names of the secrets that are in some bytes.
  func found(in data: Data) -> Set<String> { Set(forms.filter { data.range(of: $0.bytes) != nil }.map(\.name)) }

  /// The names of the secrets that are in some text.
  func found(in text: String) -> Set<String> { found(in: Data(text.utf8)) }

  /// The names of the secrets that are in any file of a folder, each with the file.
  func found(inFilesOf folder: URL) throws -> Set<String> {
    var leaks: Set<String> = []
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
    for case let file as URL in files ?? .init() where try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true
    {
      leaks.formUnion(found(in: try Data(contentsOf: file)).map { "\($0) in \(file.lastPathComponent)" })
    }
    return leaks
  }

  private static func forms(_ secret: Data) -> [Data] {
    let hexadecimal = secret.map { String(UInt16($0) + 256, radix: 16).suffix(2) }.joined()
    let inBase64 = (0..<3).map { offset in
      // What stands before and behind it changes the digits at its edges, so those are left out.
      let text = (Data(repeating: 0, count: offset) + secret).base64EncodedString().prefix { $0 != "=" }
      return Data(text.dropFirst(offset == 0 ? 0 : offset + 1).dropLast(2).utf8)
    }
    return [secret, Data(hexadecimal.utf8), Data(hexadecimal.uppercased().utf8)] + inBase64
  }
}
