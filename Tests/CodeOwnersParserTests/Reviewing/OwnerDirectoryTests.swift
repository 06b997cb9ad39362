import KoalrCodeOwnersParser
import KoalrDomain
import Testing

struct OwnerDirectoryTests {
  private let directory = OwnerDirectory(
    teams: [
      team("core", parent: nil, ["Ann"]), team("api", parent: "core", ["ben", "eve"]), team("idle", parent: nil, []),
    ],
    accounts: [login("Ann"): .write, login("ben"): .read, login("zoe"): .gone],
    teamAccess: ["@Acme/API": .read], addresses: ["Ann@Example.org": login("ann")], completeOrganizations: ["ACME"])

  private static func login(_ name: String) -> Login { Login(unchecked: name) }
  private static func team(_ slug: String, parent: String?, _ members: [String]) -> Team {
    Team(
      id: SourceID(unchecked: slug), organization: "acme", slug: slug, name: slug, parent: parent, members: members.map(login))
  }

  @Test(arguments: [
    (Owner.user("@ann"), OwnerDirectory.Access.write), (.user("@BEN"), .read), (.user("@zoe"), .gone), (.user("@kim"), .unknown),
    (.team("@acme/api"), .read), (.team("@acme/core"), .unknown), (.team("@acme/none"), .absent),
    (.team("@other/none"), .unknown), (.email("ann@example.org"), .write), (.email("kim@example.org"), .unknown),
    (.role("@@maintainer"), .unknown),
  ]) func `an owner may do what is known of it`(owner: Owner, access: OwnerDirectory.Access) {
    #expect(directory.access(of: owner) == access)
  }

  @Test(
    arguments: [
      ("ANN", Owner.user("@ann"), true), ("ann", .user("@ben"), false), ("ann", .email("ANN@example.org"), true),
      ("ann", .email("kim@example.org"), nil), ("ann", .team("@acme/core"), true), ("Ben", .team("@acme/core"), true),
      ("ann", .team("@acme/api"), false), ("ann", .team("@acme/idle"), false), ("ann", .team("@acme/unknown"), nil),
      ("ann", .role("@@owner"), nil),
    ] as [(String, Owner, Bool?)])
  func `somebody stands behind an owner, or does not, or it is not known`(login: String, owner: Owner, expected: Bool?) {
    #expect(directory.contains(Self.login(login), owner) == expected)
  }

  @Test func `people behind an owner are those of teams below too`() {
    #expect(directory.people(behind: .team("@acme/Core"))?.map(\.rawValue).sorted() == ["Ann", "ben", "eve"])
    #expect(directory.people(behind: .team("@acme/idle")) == [])
    #expect(directory.people(behind: .team("@acme/none")) == nil)
    #expect(directory.people(behind: .email("ann@example.org")) == [Self.login("ann")])
    #expect(directory.people(behind: .user("@Kim")) == [Self.login("Kim")])
  }

  @Test func `two spellings of one account that disagree are unknown`() {
    let directory = OwnerDirectory(accounts: [Self.login("ann"): .gone, Self.login("Ann"): .write])
    #expect(directory.access(of: .user("@ann")) == .unknown)
  }
}
