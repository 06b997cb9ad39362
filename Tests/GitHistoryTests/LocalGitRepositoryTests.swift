import Foundation
import KoalrTesting
import PeerSupport
import KoalrDomain
import KoalrIntegrationProtocols
import Testing

@testable import KoalrGitHistory

struct LocalGitRepositoryTests {
  @Test func `reads every kind of file change with names as git has them`() async throws {
    let repository = try await TestRepository()
    let long = (1...30).map { "line \($0)\n" }.joined()
    try repository.write("old name.txt", long)
    try repository.write("gone", "x\n")
    try repository.write("kind", "text\n")
    let root = try await repository.commit("Root", at: 1_794_000_000)
    try await repository.git("mv", "old name.txt", "nüu\t\"quoted\"\n.txt")
    try repository.write("nüu\t\"quoted\"\n.txt", long + "more\n")
    try repository.write("binary", "\u{0}\u{1}")
    try await repository.git("rm", "-q", "gone", "kind")
    try FileManager.default.createSymbolicLink(atPath: repository.path + "/kind", withDestinationPath: "binary")
    try FileManager.default.createDirectory(atPath: repository.path + "/module", withIntermediateDirectories: true)
    try await repository.git("update-index", "--add", "--cacheinfo", "160000,\(root),module")
    let sha = try await repository.commit("Second\n\nThis reverts commit \(root).\n", at: 1_794_000_100)
    let history = try await History.read(repository.local)
    #expect(
      history.files(sha)?.map(\.line) == [
        "added binary +0 -0", "removed gone +0 -1", "modified kind +1 -1", "added module +1 -0",
        "renamed old name.txt -> nüu\t\"quoted\"\n.txt +1 -0",
      ])
    #expect(history.files(root)?.map(\.status) == [.added, .added, .added])
    #expect(history.commits.map(\.subject) == ["Second", "Root"])
    #expect(history.commits[0].reverts == root)
    #expect(history.commits[0].parents == [root])
    #expect(history.commits[0].committedAt == Date(timeIntervalSince1970: 1_794_000_100))
    #expect(history.summary == HistorySummary(headSHA: sha))
  }

  @Test func `a merge shows what it brought to the first parent, its own edits included, and is a change`() async throws {
    let repository = try await TestRepository()
    try repository.write("a", "1\n")
    let base = try await repository.commit("Root")
    try await repository.git("checkout", "-q", "-b", "topic")
    try repository.write("b", "2\n")
    let tip = try await repository.commit("Work", author: "Grace <7+grace@users.noreply.github.com>")
    try await repository.git("checkout", "-q", "main")
    try await repository.git("merge", "-q", "--no-ff", "--no-commit", "topic")
    try repository.write("evil", "3\n")
    let merge = try await repository.commit("Merge pull request #12 from acme/topic\n\nAdd b (really)\n\nMore.")
    let history = try await History.read(repository.local)
    #expect(history.files(merge)?.map(\.line) == ["added b +1 -0", "added evil +1 -0"])
    #expect(history.commits.first { $0.sha == tip }?.author?.rawValue == "grace")
    let change = try #require(history.changes.first)
    #expect(history.changes.count == 1)
    #expect(change.id.rawValue == "git:local/demo#12")
    #expect(change.title == "Add b (really)")
    #expect((change.author?.rawValue, change.authorName) == ("grace", "Grace"))
    #expect([change.baseSHA, change.headSHA, change.mergeSHA] == [base, tip, merge])
    #expect([change.additions, change.deletions, change.changedFiles] == [2, 0, 2])
    #expect(change.state == .merged && change.mergedAt == change.updatedAt && change.createdAt == nil)
  }

  @Test func `squash merges, nameless merges and repeated numbers become changes, direct commits do not`() async throws {
    let repository = try await TestRepository()
    try await repository.commit("Root")
    let older = try await repository.commit("First try (#7)", at: 1_795_000_001)
    try await repository.commit("Second try (#7)", at: 1_795_000_002)
    try await repository.commit("Direct", at: 1_795_000_003)
    try await repository.git("checkout", "-q", "-b", "topic")
    try await repository.commit("On a branch (#9)", at: 1_795_000_004)
    try await repository.git("checkout", "-q", "main")
    try await repository.git("merge", "-q", "--no-ff", "-m", "Merge branch 'topic'", "topic", at: 1_795_000_005)
    let merge = try await repository.head()
    let changes = try await History.read(repository.local).changes
    #expect(
      changes.map(\.id.rawValue) == [
        "git:local/demo#\(merge.short)", "git:local/demo#7", "git:local/demo#\(older.short)",
      ])
    #expect(changes.map(\.number) == [nil, 7, nil])
    #expect(changes.map(\.title) == ["Merge branch 'topic'", "Second try", "First try"])
    #expect(changes[1].headSHA == changes[1].mergeSHA)
  }

  @Test func `the window is exact although dates are out of order`() async throws {
    let repository = try await TestRepository()
    for (index, seconds) in [1_700_000_000, 1_795_000_010, 1000, 1_795_000_000, 1_794_999_999, 1_795_000_020].enumerated() {
      try await repository.commit("\(index)", at: seconds)
    }
    let history = try await History.read(repository.local, since: 1_795_000_000)
    #expect(Set(history.commits.map(\.subject)) == ["1", "3", "5"])
    #expect(history.commits.first?.subject == "5")
  }

  @Test func `batches are bounded and keep the order`() async throws {
    let repository = try await TestRepository()
    for index in 0..<23 { try await repository.commit("\(index)", at: 1_795_000_000 + index) }
    let history = try await History.read(repository.local, batchSize: 5)
    #expect(history.batches == [5, 5, 5, 5, 3])
    #expect(history.commits.map(\.subject) == (0..<23).reversed().map(String.init))
  }

  @Test func `an empty repository is empty and not an error`() async throws {
    let repository = try await TestRepository()
    let found = try await repository.local.repositories(after: nil).elements[0]
    #expect(found.repository.headSHA == nil && found.repository.defaultBranch == nil)
    #expect(found.codeOwners == .none)
    let history = try await History.read(repository.local)
    #expect(history.commits.isEmpty && history.summary.headSHA == nil)
  }

  @Test func `a detached head, a subfolder, a bare clone and a worktree show the same history`() async throws {
    let repository = try await TestRepository()
    try repository.write("folder/a", "1\n")
    try repository.write("docs/CODEOWNERS", "* @acme/docs\n")
    try repository.write("CODEOWNERS", "* @acme/all\n")
    let sha = try await repository.commit("Root")
    let bare = repository.folder.path + "/bare.git"
    try await TestRepository.git(["clone", "-q", "--bare", repository.path, bare])
    try await repository.git("worktree", "add", "-q", "--detach", repository.folder.path + "/tree")
    try await repository.git("checkout", "-q", "--detach")
    for path in [repository.path, repository.path + "/folder", bare, repository.folder.path + "/tree"] {
      let local = LocalGitRepository(path: path)
      let found = try await local.repositories(after: nil).elements[0]
      #expect(found.repository.headSHA == sha)
      #expect(found.repository.defaultBranch == (path == bare ? "main" : "HEAD"))
      guard case .found(let owners) = found.codeOwners else { throw TestGitError(text: path) }
      #expect(owners.path == "CODEOWNERS" && owners.text == "* @acme/all\n")
      #expect(try await History.read(local).commits.map(\.sha) == [sha])
      #expect(try await local.testConnection().status == .connected)
    }
  }

  @Test func `a shallow clone's oldest commit has no files, its real parents, and a stated gap`() async throws {
    let repository = try await TestRepository()
    for index in 0..<4 {
      try repository.write("f\(index)", "\(index)\n")
      try await repository.commit("\(index)", at: 1_795_000_000 + index)
    }
    let shallow = repository.folder.path + "/shallow"
    try await TestRepository.git(["clone", "-q", "--depth=2", "file://" + repository.path, shallow])
    let history = try await History.read(LocalGitRepository(path: shallow))
    #expect(history.commits.map(\.subject) == ["3", "2"])
    #expect(history.commits[0].files?.map(\.line) == ["added f3 +1 -0"])
    #expect(history.commits[1].files == nil)
    #expect(history.commits[1].parents == [try await repository.head("HEAD~2")])
    #expect(history.summary.gaps.count == 2)
  }

  @Test func `a partial clone without contents has paths, unknown counts and a stated gap, and fetches nothing`() async throws {
    let repository = try await TestRepository()
    try await repository.git("config", "uploadpack.allowFilter", "true")
    try repository.write("a", "1\n2\n3\n4\n")
    try await repository.commit("Root")
    try await repository.git("mv", "a", "b")
    let sha = try await repository.commit("Move", at: 1_795_000_001)
    let partial = repository.folder.path + "/partial"
    try await TestRepository.git(["clone", "-q", "--bare", "--filter=blob:none", "file://" + repository.path, partial])
    let history = try await History.read(LocalGitRepository(path: partial))
    #expect(history.files(sha)?.map(\.line) == ["removed a", "added b"])
    #expect(history.summary.gaps.map(\.what) == ["renames and line counts of local/partial"])
    let missing = try await TestRepository.git(["-C", partial, "rev-list", "--objects", "--all", "--missing=print"])
    #expect(missing.contains("?"))
  }

  @Test func `a missing content costs the line counts of its commit and nothing else`() async throws {
    let repository = try await TestRepository()
    var commits: [CommitID] = []
    for number in 1...5 {
      try repository.write("file \(number)", "content \(number)\n")
      commits.append(try await repository.commit("Commit \(number)", at: 1_794_000_000 + number))
    }
    let blob = try await repository.git("rev-parse", "HEAD~2:file 3")
    try FileManager.default.removeItem(atPath: "\(repository.path)/.git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))")
    let history = try await History.read(repository.local)
    #expect(history.commits.map(\.sha) == commits.reversed())
    #expect(history.files(commits[2])?.map(\.path) == ["file 3"])
    #expect(history.files(commits[2])?.first?.additions == nil)
    #expect(history.files(commits[3])?.first?.additions == 1)
    #expect(history.summary.gaps.map(\.what) == ["line counts of 1 commits of local/demo"])
  }

  @Test func `names and addresses are those of the commit, whatever the mailmap says`() async throws {
    let repository = try await TestRepository()
    try repository.write(".mailmap", "Other <other@example.org> <ada@example.org>\n")
    try await repository.commit("Root")
    try await repository.git("config", "log.mailmap", "true")
    let commit = try #require(try await History.read(repository.local).commits.first)
    #expect((commit.authorName, commit.authorEmail) == ("Ada", "ada@example.org"))
    #expect(commit.author == nil)
  }

  @Test func `a repository's own configuration runs nothing and changes nothing`() async throws {
    let repository = try await TestRepository()
    let mark = repository.folder.path + "/ran"
    let evil = try repository.folder.script("evil", "touch '\(mark)'; exit 1")
    try repository.write("a", "1\n")
    try repository.write(".gitattributes", "* diff=x\n")
    try await repository.commit("Root")
    try await repository.git("mv", "a", "b")
    let sha = try await repository.commit("Move", at: 1_795_000_001)
    for (key, value) in [
      ("core.fsmonitor", evil), ("diff.external", evil), ("diff.x.textconv", evil), ("diff.x.command", evil),
      ("gpg.program", evil), ("log.showSignature", "true"), ("core.pager", evil), ("diff.renames", "false"),
      ("diff.orderFile", "/nowhere"), ("core.sshCommand", evil), ("remote.origin.url", "ext::\(evil)"),
      ("remote.origin.promisor", "true"), ("core.hooksPath", repository.folder.path), ("log.showRoot", "false"),
    ] { try await repository.git("config", key, value) }
    let history = try await History.read(repository.local)
    #expect(history.files(sha)?.map(\.line) == ["renamed a -> b +0 -0"])
    #expect(!FileManager.default.fileExists(atPath: mark))
  }

  @Test func `files of given changes are compared with the merge base`() async throws {
    let repository = try await TestRepository()
    try repository.write("a", "1\n")
    try await repository.commit("Root")
    try await repository.git("checkout", "-q", "-b", "topic")
    try repository.write("b", "2\n")
    let head = try await repository.commit("Work")
    try await repository.git("checkout", "-q", "main")
    try repository.write("c", "3\n")
    let base = try await repository.commit("Meanwhile")
    let gone = try CommitID(String(repeating: "1", count: 40))
    let ranges = [
      ChangeRange(id: try ChangeID("one"), number: 1, baseSHA: base, headSHA: head),
      ChangeRange(id: try ChangeID("two"), number: 2, baseSHA: base, headSHA: gone),
      ChangeRange(id: try ChangeID("three"), number: 3, baseSHA: base, headSHA: base),
    ]
    let found = try await repository.local.repositories(after: nil).elements[0].repository
    let history = try await History.read(
      repository.local, HistoryRequest(repository: found, since: .distantPast, changes: ranges))
    #expect(history.changeFiles[ranges[0].id]?.map(\.line) == ["added b +1 -0"])
    #expect(history.changeFiles[ranges[2].id] == [])
    #expect(
      history.summary.unreadChanges == [
        ranges[1].id: "Its newest commit 111111111111 cannot be had: it was force-pushed away, or its fork was deleted."
      ])
    #expect(history.changes.isEmpty)
  }

  @Test func `what is not a repository is a failed connection with the reason`() async throws {
    let folder = try ScratchFolder()
    let connection = try await LocalGitRepository(path: folder.path).testConnection()
    #expect(connection.status == .failed)
    #expect(connection.message == "\(folder.path) is not inside a git repository. Give the path of a clone.")
    let nowhere = try await LocalGitRepository(path: folder.path + "/no").testConnection()
    #expect(nowhere.message == "There is no folder \(folder.path)/no. Give the path of a clone.")
  }

  @Test func `a missing program is said so`() async throws {
    let local = LocalGitRepository(
      path: "/", connection: try ConnectionID("git"), clock: .system, observer: .silent, program: "koalr-no-such-git")
    #expect(
      try await local.testConnection().message == "git is not installed or not in PATH. Install git 2.31 or newer.")
    await #expect(throws: IntegrationError.self) { try await local.repositories(after: nil) }
  }

  @Test(arguments: [
    ("https://github.com/acme/api.git", "acme/api"), ("git@github.com:acme/api.git", "acme/api"),
    ("ssh://git@host.example:22/group/sub/api", "sub/api"), ("https://user:secret@host.example/acme/api/", "acme/api"),
    ("/srv/git/api.git", "local/folder"), ("file:///srv/acme/api", "local/folder"), ("../api", "local/folder"),
    ("https://host.example/", "local/folder"), ("", "local/folder"), ("ext::sh -c x", "local/folder"),
  ])
  func `the name comes from the origin or the folder`(origin: String, name: String) {
    #expect(CloneName.name(origin: origin, folder: "/home/x/folder").rawValue == name)
  }

  @Test(arguments: [
    ("https://github.com/acme/api.git", "github.com"), ("git@GitLab.example.com:acme/api.git", "gitlab.example.com"),
    ("ssh://git@host.example:22/group/sub/api", "host.example"), ("https://user:secret@host.example/acme", "host.example"),
    ("/srv/git/api.git", nil), ("file:///srv/acme/api", nil), ("../api", nil), ("", nil),
  ])
  func `the host comes from the origin, without who asks there`(origin: String, host: String?) {
    #expect(CloneName.host(origin: origin) == host)
  }

  @Test(arguments: FileListSourceContract.Promise.allCases)
  func `a clone lists its files`(promise: FileListSourceContract.Promise) async throws {
    let repository = try await TestRepository()
    try repository.write("a b.txt", "1")
    try repository.write("src/deep/é.swift", "1")
    try await repository.commit("Root")
    let found = try #require(try await repository.local.repositories(after: nil).elements.first?.repository)
    try await FileListSourceContract(of: found) { repository.local }.check(promise)
    #expect(try await repository.local.paths(of: found)?.sorted() == ["a b.txt", "src/deep/é.swift"])
  }

  @Test func `a clone knows the host that it came from`() async throws {
    let repository = try await TestRepository()
    #expect(try await repository.local.host() == nil)
    try await repository.git("remote", "add", "origin", "git@gitlab.com:acme/api.git")
    #expect(try await repository.local.host() == "gitlab.com")
  }

  @Test(arguments: [
    ("/home/x/my api!", "local/my-api-"), ("/srv/x.git", "local/x"), ("/", "local/repository"), ("/a/.git", "local/a"),
  ])
  func `a folder's name is made fit`(folder: String, name: String) {
    #expect(CloneName.name(origin: nil, folder: folder).rawValue == name)
  }
}
