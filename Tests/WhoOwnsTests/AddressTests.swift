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

  @Test func `an address that is a login of the file counts as that account, and is listed`() async throws {
    let clone = try await Self.clone("/src/ @bob\n/CODEOWNERS @Alice\n", by: "A. Lee", "alice+work@example.com")
    let outcome = try await WhoOwnsProgram.run("--git", clone.path, "--drift", "--now", Self.now)
    #expect(outcome.exitCode == 1)
    #expect(
      outcome.standardOutput.hasPrefix(
        """
        accounts: 1 told by addresses or names that are logins of the file
          alice+work@example.com: @Alice
        drift: 1 rule of 1 with enough commits
          medium: line 1, /src/: @bob made 0 % of 8 commits
        """), "\(outcome.standardOutput)")
    let repair = try await WhoOwnsProgram.run("--git", clone.path, "--repair", "--json", "--now", Self.now)
    #expect(repair.standardOutput.contains(#""inferredAccounts":[{"email":"alice+work@example.com","login":"Alice"}]"#))
    #expect(repair.standardOutput.contains(#"+/src/ @Alice\n"#), "\(repair.standardOutput)")
  }

  @Test func `an address that says nothing may be an owner's`() async throws {
    let clone = try await Self.clone("/src/ @bob\n/CODEOWNERS @alice\n", by: "Robert", "robert@example.com")
    let outcome = try await WhoOwnsProgram.run("--git", clone.path, "--drift", "--now", Self.now)
    #expect(
      outcome.standardOutput == """
        drift: 0 rules of 0 with enough commits, 1 of which it cannot be told
          line 1, /src/: cannot tell: the accounts of 1 of 1 contributor are not known

        """)
    #expect(outcome.exitCode == 0)
  }
}
