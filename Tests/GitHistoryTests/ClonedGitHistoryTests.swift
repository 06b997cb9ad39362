import Foundation
import PeerSupport
import KoalrDomain
import KoalrIntegrationProtocols
import Synchronization
import Testing

@testable import KoalrGitHistory

struct ClonedGitHistoryTests {
  /// A repository with a server's settings, 40 commits a day apart, the last at 1_795_000_000.
  private func server() async throws -> TestRepository {
    let repository = try await TestRepository("server")
    try await repository.git("config", "uploadpack.allowFilter", "true")
    try await repository.git("config", "uploadpack.allowAnySHA1InWant", "true")
    for index in 0..<40 {
      try repository.write("file \(index / 2)", (0...20).map { "\(index / 2) \($0)\n" }.joined() + "\(index)\n")
      try await repository.commit("\(index)", at: 1_795_000_000 - (39 - index) * 86_400)
    }
    return repository
  }

  private func request(_ server: TestRepository, since: Int, changes: [ChangeRange] = []) throws -> HistoryRequest {
    HistoryRequest(
      repository: Repository(
        id: try RepositoryID("R_kgDO+Ab/="), name: try RepositoryName("acme/server"), defaultBranch: "main", headSHA: nil,
        cloneURL: "file://" + server.path), since: Date(timeIntervalSince1970: Double(since)), changes: changes)
  }

  @Test func `reads the window, then what is new, then a wider window`() async throws {
    let server = try await server()
    let cache = try ScratchFolder()
    let source = ClonedGitHistory(cacheFolder: cache.url, token: nil)
    let week = 1_795_000_000 - 6 * 86_400
    let first = try await History.read(source, try request(server, since: week))
    #expect(first.commits.map(\.subject) == (33..<40).reversed().map(String.init))
    #expect(first.commits.allSatisfy { $0.files?.count == 1 && $0.parents.count == 1 })
    #expect(first.commits[0].files?.map(\.line) == ["modified file 19 +1 -1"])
    #expect(first.summary.gaps.isEmpty)
    try await server.git("mv", "file 3", "moved")
    try await server.commit("new", at: 1_795_000_100)
    let second = try await History.read(source, try request(server, since: week))
    #expect(second.commits.first?.files?.map(\.line) == ["renamed file 3 -> moved +0 -0"])
    #expect(second.commits.count == 8)
    let third = try await History.read(source, try request(server, since: 0))
    #expect(third.commits.count == 41 && third.commits.last?.parents == [])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: cache.path).sorted() == [
        "_52_5fkg_44_4f_2b_41b_2f_3d.git", "_52_5fkg_44_4f_2b_41b_2f_3d.git.lock",
      ])
  }

  @Test func `changes from before the window are compared with their merge base`() async throws {
    let server = try await server()
    try await server.git("checkout", "-q", "-b", "topic", "main~25")
    try server.write("topic", "1\n")
    let head = try await server.commit("Work", at: 1_795_000_000)
    try await server.git("checkout", "-q", "main")
    let base = try await server.head()
    let gone = try CommitID(String(repeating: "2", count: 40))
    let ranges = [
      ChangeRange(id: try ChangeID("a"), number: 1, baseSHA: base, headSHA: head),
      ChangeRange(id: try ChangeID("b"), number: 2, baseSHA: base, headSHA: gone),
    ]
    let cache = try ScratchFolder()
    let source = ClonedGitHistory(cacheFolder: cache.url, token: nil)
    for _ in 0..<2 {
      let history = try await History.read(source, try request(server, since: 1_795_000_000 - 86_400, changes: ranges))
      #expect(history.changeFiles[ranges[0].id]?.map(\.line) == ["added topic +1 -0"])
      #expect(history.summary.unreadChanges.keys.map(\.rawValue) == ["b"])
      #expect(history.commits.map(\.subject) == ["39", "38"])
    }
  }

  @Test func `reading starts few programs, and fewer where nothing is new`() async throws {
    let server = try await server()
    try await server.git("checkout", "-q", "-b", "topic", "main~25")
    try server.write("topic", "1\n")
    let head = try await server.commit("Work", at: 1_795_000_000)
    try await server.git("checkout", "-q", "main")
    let range = ChangeRange(id: try ChangeID("a"), number: 1, baseSHA: try await server.head(), headSHA: head)
    let cache = try ScratchFolder()
    let observer = RecordingObserver()
    let source = ClonedGitHistory(cacheFolder: cache.url, token: nil, observer: observer)
    func programs() -> Int { observer.all.count { if case .childProcess = $0 { true } else { false } } }
    _ = try await History.read(source, try request(server, since: 1_795_000_000 - 86_400, changes: [range]))
    let first = programs()
    #expect(first <= 20)
    _ = try await History.read(source, try request(server, since: 1_795_000_000 - 86_400, changes: [range]))
    #expect(programs() - first <= 12)
  }

  @Test func `a merge of an old branch inside the window does not hide what lies behind it`() async throws {
    let server = try await server()
    try await server.git("checkout", "-q", "-b", "old", "main~30")
    try server.write("old", "1\n")
    try await server.commit("Old work", at: 1_795_000_000 - 35 * 86_400)
    try await server.git("checkout", "-q", "main")
    try await server.git("merge", "-q", "--no-ff", "-m", "Merge old", "old", at: 1_795_000_050)
    for index in 40..<44 { try await server.commit("\(index)", at: 1_795_000_100 + index) }
    let cache = try ScratchFolder()
    let source = ClonedGitHistory(cacheFolder: cache.url, token: nil)
    let history = try await History.read(source, try request(server, since: 1_795_000_000 - 4 * 86_400))
    #expect(history.commits.map(\.subject) == ["43", "42", "41", "40", "Merge old", "39", "38", "37", "36", "35"])
    #expect(history.commits[4].files?.map(\.line) == ["added old +1 -0"])
    #expect(history.summary.gaps.isEmpty)
  }

  @Test func `a window without commits, an empty repository and a missing one`() async throws {
    let server = try await server()
    let cache = try ScratchFolder()
    let source = ClonedGitHistory(cacheFolder: cache.url, token: nil)
    let none = try await History.read(source, try request(server, since: 1_796_000_000))
    #expect(none.commits.isEmpty)
    #expect(none.summary.headSHA == (try await server.head()))
    let empty = try await TestRepository("empty")
    var question = try request(empty, since: 0)
    question.repository.id = try RepositoryID("empty")
    #expect(try await History.read(source, question).summary.headSHA == nil)
    question.repository.cloneURL = "file:///nowhere/at/all"
    question.repository.id = try RepositoryID("missing")
    await #expect(throws: IntegrationError.self) { try await History.read(source, question) }
  }

  @Test func `a damaged clone is made anew, a half-made one too`() async throws {
    let server = try await server()
    let cache = try ScratchFolder()
    let observer = RecordingObserver()
    let source = ClonedGitHistory(cacheFolder: cache.url, token: nil, observer: observer)
    let question = try request(server, since: 1_795_000_000 - 86_400)
    _ = try await History.read(source, question)
    let folder = cache.path + "/" + ClonedGitHistory.folderName(question.repository.id) + ".git"
    for file in try FileManager.default.contentsOfDirectory(atPath: folder + "/objects/pack") {
      try FileManager.default.removeItem(atPath: folder + "/objects/pack/" + file)
    }
    #expect(try await History.read(source, question).commits.count == 2)
    try FileManager.default.removeItem(atPath: folder + "/koalr-since")
    try FileManager.default.removeItem(atPath: folder + "/HEAD")
    #expect(try await History.read(source, question).commits.count == 2)
    #expect(observer.all.contains { if case .childProcess("git", _) = $0 { true } else { false } })
  }

  @Test func `the token is in the child's environment and nowhere else`() async throws {
    let cache = try ScratchFolder()
    let script = try cache.script(
      "git",
      """
      case "$*" in *" version") echo "git version 2.39.5"; exit 0;; esac
      echo "$@" >>'\(cache.path)/arguments'
      env >>'\(cache.path)/environment'
      case "$*" in *" init "*) for folder; do :; done; mkdir -p "$folder"; exit 0;; *fetch*) ;; *) exit 1;; esac
      echo "fatal: Authentication failed for 'https://git.example.org/' with hunter2hunter2" >&2
      exit 128
      """)
    let source = ClonedGitHistory(
      cacheFolder: cache.url.appendingPathComponent("clones"), token: Secret("hunter2hunter2"), program: script)
    let question = HistoryRequest(
      repository: Repository(
        id: try RepositoryID("R"), name: try RepositoryName("acme/api"), defaultBranch: "main", headSHA: nil,
        cloneURL: "https://git.example.org/acme/api.git"), since: Date(timeIntervalSince1970: 0))
    let error = await #expect(throws: IntegrationError.self) { try await History.read(source, question) }
    #expect(
      error?.description
        == "github: could not read the history of acme/api: The server does not accept the token for git. Check that it is valid and may read the repository's content."
    )
    let header = "Authorization: Basic " + Data("x-access-token:hunter2hunter2".utf8).base64EncodedString()
    #expect(cache.read("environment").contains("GIT_CONFIG_KEY_3=http.https://git.example.org/.extraHeader"))
    #expect(cache.read("environment").contains("GIT_CONFIG_VALUE_3=\(header)"))
    #expect(!cache.read("arguments").isEmpty)
    for text in [cache.read("arguments"), cache.read("clones/_52.git/config"), "\(String(reflecting: error))"] {
      #expect(!text.contains("hunter2") && !text.contains(header.suffix(20)))
    }
  }

  @Test(arguments: [
    "ext::sh -c touch% /tmp/x", "-uhttps://x", "ssh://host/x", "git://host/x", "https://user:secret@host/x", "https://",
    "http://host.example/x",
    "https://host/a b", "https://-host/x", "relative/path", "file://host/x", "", "https://host/x\ny", "https://host\\@evil/x",
  ])
  func `addresses that run programs, hold credentials or expose the token are refused`(address: String) throws {
    let error = #expect(throws: IntegrationError.self) {
      try GitRemote(address, token: Secret("t"), service: .gitHub, repository: RepositoryName("a/b"))
    }
    #expect(error?.description.contains("secret") == false)
  }

  @Test(arguments: ["--upload-pack=touch /tmp/x", "main:refs/heads/x", "a b", "*", "x\ny"])
  func `branch names cannot become options or refspecs`(branch: String) async throws {
    let server = try await TestRepository("server")
    try await server.commit("Root")
    var question = try request(server, since: 0)
    question.repository.defaultBranch = branch
    question.repository.headSHA = try await server.head()
    let source = ClonedGitHistory(cacheFolder: try ScratchFolder().url, token: nil)
    await #expect(throws: IntegrationError.self) { try await History.read(source, question) }
  }

  @Test func `a lock that is held is waited for`() async throws {
    let cache = try ScratchFolder()
    let held = try await FolderLock.acquire(cache.path + "/x.git", service: .git, clock: .system)
    let waits = Mutex(0)
    let clock = ReleasingClock {
      waits.withLock { $0 += 1 }
      held.release()
    }
    let lock = try await FolderLock.acquire(cache.path + "/x.git", service: .git, clock: clock)
    lock.release()
    #expect(waits.withLock { $0 } == 1)
  }

  /// Waiting is what lets the other one go: no time passes.
  private struct ReleasingClock: WallClock {
    var body: @Sendable () -> Void
    func now() -> Date { Date(timeIntervalSince1970: 0) }
    func sleep(for duration: Duration) async throws { body() }
  }
}
