import Foundation
import PeerSupport
import Testing

/// Clones whose commits have addresses that tell no account.
struct AddressTests {
  private static let now = "2026-11-20T12:00:00Z"

  private static func clone(_ rules: String, by name: String, _ address: String) async throws -> Clone {
    let clone = try await Clone(["CODEOWNERS": rules])
    for day in 11...18 {
      try await clone.commit(
        ["src/a": "\(day)", "lib/b": "\(day)"], by: name, of: address, at: "2026-11-\(day)T12:00:00Z")
    }
    return clone
  }

  @Test func `a repair names people by their addresses, and what it leaves with the reason`() async throws {
    let clone = try await Self.clone("/src/ zoe@example.com\n/CODEOWNERS @zoe\n", by: "Eve", "eve@example.com")
    let repair = try await WhoOwnsProgram.shell(
      #""$0" --git "$1" --repair --now 2026-11-20T12:00:00Z | git -C "$1" apply && cat "$1/CODEOWNERS""#, in: clone.path)
    #expect(
      repair.standardOutput == "/src/ eve@example.com\n/CODEOWNERS @zoe\n/lib/ eve@example.com\n",
      "\(repair.standardOutput)\(repair.standardError)")
    #expect(repair.standardError.isEmpty)
    let nobody = try await Self.clone("/src/ zoe@example.com\n/CODEOWNERS @zoe\n", by: "Eve", "eve@host")
    let left = try await WhoOwnsProgram.run("--git", nobody.path, "--repair", "--json", "--now", Self.now)
    let why = "nobody who could be named as an owner made a fifth of its commits"
    #expect(left.standardError == "who-owns: not repaired: line 1, /src/: \(why)\nwho-owns: not repaired: lib/: \(why)\n")
    #expect(left.standardOutput.contains(#""unmet":["line 1, /src/: \#(why)","lib/: \#(why)"]"#), "\(left.standardOutput)")
  }
}
