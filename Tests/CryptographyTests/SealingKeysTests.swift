import Foundation
import PeerSupport
import KoalrCore
import KoalrCryptography
import KoalrTesting
import Testing

struct SealingKeysTests {
  private let lines = KeyringSample.lines

  @Test func `keys are read from lines with blanks and comments between them`() throws {
    let text = "# new: since March\r\n  \(lines[0]) \r\n\r\n\t# old, and kept\n\(lines[1])\n"
    #expect(try SealingKeys(text: text).ids == ["2026-03", "2025-09"])
  }

  @Test(arguments: [
    ("", "there is no key in it; write one as id:base64, made with `head -c 32 /dev/urandom | base64`."),
    ("# only\n\n", "there is no key in it; write one as id:base64, made with `head -c 32 /dev/urandom | base64`."),
    ("hunter2hunter2", "line 1 has no colon; write id:base64."),
    ("\n:AAAA", "the id in line 2 is not 1 to 32 of A-Z, a-z, 0-9, _ and -."),
    ("a.b:AAAA", "the id in line 1 is not 1 to 32 of A-Z, a-z, 0-9, _ and -."),
    ("ä:AAAA", "the id in line 1 is not 1 to 32 of A-Z, a-z, 0-9, _ and -."),
    ("hunter2hunter2hunter2hunter2hunter2:AAAA", "the id in line 1 is not 1 to 32 of A-Z, a-z, 0-9, _ and -."),
    ("a:hunter2!", "what follows the id in line 1 is not base64."),
    ("a:AAAA", "the key in line 1 has 3 bytes instead of 32."),
    ("a:", "the key in line 1 has 0 bytes instead of 32."),
    (
      "a:\(String(repeating: "A", count: 43))=\n#\na:\(String(repeating: "B", count: 42))A=",
      "line 1 and line 3 have the same id; give each key its own."
    ),
  ])
  func `a slip is named by its line and never shown`(text: String, reason: String) {
    let error = #expect(throws: SealingError.self) { try SealingKeys(text: text) }
    #expect(error?.code == .badKeys)
    #expect(error?.description == "Could not read sealing keys from the text: \(reason)")
  }

  @Test func `there are at most a hundred keys`() throws {
    let key = try #require(lines[0].split(separator: ":").last)
    let text = (0...100).map { "k\($0):\(key)" }
    #expect(try SealingKeys(text: text.dropLast().joined(separator: "\n")).ids.count == 100)
    #expect(throws: SealingError.self) { try SealingKeys(text: text.joined(separator: "\n")) }
  }

  @Test func `the environment holds the keys or names their file, and never both`() throws {
    let folder = try ScratchFolder()
    let file = try folder.write("keys", lines[2], mode: 0o600)
    #expect(try SealingKeys(environment: [:])?.ids == nil)
    #expect(try SealingKeys(environment: ["KOALR_SEALING_KEYS": "", "KOALR_SEALING_KEY_FILE": ""])?.ids == nil)
    #expect(try SealingKeys(environment: ["KOALR_SEALING_KEYS": "\(lines[0]), \(lines[1])"])?.ids == ["2026-03", "2025-09"])
    #expect(
      try SealingKeys(environment: ["KOALR_SEALING_KEYS": "# a, b\n\(lines[0])\n\(lines[1])"])?.ids == ["2026-03", "2025-09"])
    #expect(try SealingKeys(environment: ["KOALR_SEALING_KEY_FILE": file.path])?.ids == ["2025-03"])
    let error = #expect(throws: SealingError.self) {
      try SealingKeys(environment: ["KOALR_SEALING_KEYS": lines[0], "KOALR_SEALING_KEY_FILE": file.path])
    }
    #expect(
      error?.description
        == "Could not read sealing keys from the environment: KOALR_SEALING_KEYS and KOALR_SEALING_KEY_FILE are both set; keep one "
        + "of them.")
  }

  @Test func `a slip in a variable is named by its entry, and a key where the path belongs is not shown`() {
    let entry = #expect(throws: SealingError.self) {
      try SealingKeys(environment: ["KOALR_SEALING_KEYS": "\(lines[0]),hunter2"])
    }
    #expect(entry?.description == "Could not read sealing keys from KOALR_SEALING_KEYS: entry 2 has no colon; write id:base64.")
    let path = #expect(throws: SealingError.self) { try SealingKeys(environment: ["KOALR_SEALING_KEY_FILE": lines[0]]) }
    #expect(
      path?.description
        == "Could not read sealing keys from the file of KOALR_SEALING_KEY_FILE: it cannot be opened (No such file or directory)."
    )
  }

  @Test(arguments: [0o600, 0o400, 0o700])
  func `a file of its owner alone is read`(mode: Int) throws {
    let folder = try ScratchFolder()
    #expect(try SealingKeys(file: folder.write("keys", lines[0], mode: mode)).ids == ["2026-03"])
  }

  @Test(arguments: [0o640, 0o604, 0o620, 0o602, 0o610, 0o601, 0o644])
  func `a file that others may use is refused`(mode: Int) throws {
    let folder = try ScratchFolder()
    let file = try folder.write("keys", lines[0], mode: mode)
    let error = #expect(throws: SealingError.self) { try SealingKeys(file: file) }
    #expect(
      error?.description
        == "Could not read sealing keys from keys: others may use it (mode \(String(mode, radix: 8))); run chmod 600 on it.")
  }

  @Test func `what is no regular file, no text or too large is refused`() throws {
    let folder = try ScratchFolder()
    func reason(_ file: URL) -> String? { #expect(throws: SealingError.self) { try SealingKeys(file: file) }?.reason }
    #expect(reason(folder.url) == "it is no regular file.")
    let pipe = folder.url.appendingPathComponent("pipe")
    #expect(mkfifo(pipe.path, 0o600) == 0)
    #expect(reason(pipe) == "it is no regular file.")
    #expect(reason(folder.url.appendingPathComponent("none")) == "it cannot be opened (No such file or directory).")
    let latin = folder.url.appendingPathComponent("latin")
    try Data([0x61, 0xE4]).write(to: latin)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: latin.path)
    #expect(reason(latin) == "it is no text in UTF-8.")
    let large = try folder.write("large", String(repeating: "#\n", count: 40_000), mode: 0o600)
    #expect(reason(large) == "it is larger than 65536 bytes; name the file with the keys.")
  }

  @Test(.enabled(if: geteuid() == 0, "only root can give a file away"))
  func `a file of another user is refused`() throws {
    let folder = try ScratchFolder()
    let file = try folder.write("keys", lines[0], mode: 0o600)
    #expect(chown(file.path, 65_534, 65_534) == 0)
    let error = #expect(throws: SealingError.self) { try SealingKeys(file: file) }
    #expect(
      error?.reason == "it belongs to another user; make it this program's own (chown) and readable by it alone (chmod 600).")
  }

  @Test func `a link to a good file is followed, as mounted secrets are links`() throws {
    let folder = try ScratchFolder()
    let file = try folder.write("keys", lines[0], mode: 0o600)
    let link = folder.url.appendingPathComponent("link")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
    #expect(try SealingKeys(file: link).ids == ["2026-03"])
  }
}

extension ScratchFolder {
  fileprivate func write(_ name: String, _ text: String, mode: Int) throws -> URL {
    let file = url.appendingPathComponent(name)
    try Data(text.utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
    return file
  }
}
