import KoalrCore
import Testing

@testable import KoalrTesting

struct SampleOrganisationTests {
  private static let names = SampleOrganisation.world.repositories.map(\.repository.name.name)
  private let world = SampleOrganisation.world

  @Test func `it stands still at noon on 20 November 2026`() {
    #expect(ISO8601Time.format(SampleOrganisation.now) == "2026-11-20T12:00:00Z")
    #expect(world.now == SampleOrganisation.now)
  }

  @Test func `it is the same when it is made again`() {
    #expect(SampleOrganisation.makeWorld() == world)
  }

  /// Within one process the order of sets and dictionaries is the same, so equality alone would not notice them.
  @Test func `it is the same in every process`() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    var text = ""
    for found in world.repositories {
      text += String(decoding: try encoder.encode(found.commits), as: UTF8.self)
      text += String(decoding: try encoder.encode(found.changes), as: UTF8.self)
      text += String(decoding: try encoder.encode(found.deployments), as: UTF8.self)
      text += String(decoding: try encoder.encode(found.issues), as: UTF8.self)
      text += String(decoding: try encoder.encode(found.coverage?.newest), as: UTF8.self)
    }
    var fingerprint = SeededGenerator(seed: text)
    #expect(fingerprint.next() == 11_182_218_084_700_251_005)
  }

  @Test func `it has a dozen repositories of every sort`() throws {
    #expect(world.repositories.count == 12)
    #expect(world.repositories.count { $0.repository.archived } == 1)
    #expect(world.repositories.count { $0.repository.fork } == 1)
    #expect(world.repositories.count { $0.repository.headSHA == nil } == 1)
    #expect(world.repositories.count { (25...45).contains($0.changes.count) } == 9)
    let owners = world.repositories.compactMap { repository in
      if case .found(let snapshot) = repository.codeOwners { snapshot } else { nil }
    }
    #expect(Set(owners.map(\.path)) == Set(CodeOwnersSnapshot.locations))
    #expect(owners.count { $0.errors?.isEmpty == false } == 1)
  }

  @Test func `six teams share twenty-four people`() {
    #expect(world.teams.count == 6)
    #expect(world.people.count == 24)
    #expect(Set(world.teams.flatMap(\.members)) == Set(world.people.map(\.login)))
  }

  @Test(arguments: names) func `a head is the newest commit of the default branch`(name: String) throws {
    let found = try #require(world[name])
    let parents = Set(found.commits.flatMap(\.parents))
    #expect(found.repository.headSHA == found.commits.first { !parents.contains($0.sha) }?.sha)
  }

  @Test(arguments: names) func `commits are newest first, unique, and have their parents before them`(name: String) throws {
    let commits = try #require(world[name]).commits
    let times = Dictionary(uniqueKeysWithValues: commits.map { ($0.sha, $0.committedAt) })
    #expect(commits.map(\.committedAt) == commits.map(\.committedAt).sorted(by: >))
    for commit in commits {
      #expect(CommitID.accepts(commit.sha.rawValue))
      for parent in commit.parents {
        let time = try #require(times[parent], "\(commit.subject)")
        #expect(time < commit.committedAt, "\(commit.subject)")
      }
    }
  }

  @Test(arguments: names) func `the history can be replayed from its first commit`(name: String) throws {
    let found = try #require(world[name])
    let commits = Dictionary(uniqueKeysWithValues: found.commits.map { ($0.sha, $0) })
    var line: [Commit] = []
    var next = found.repository.headSHA
    while let sha = next {
      let commit = try #require(commits[sha])
      line.append(commit)
      next = commit.parents.first
    }
    var tree: Set<String> = []
    for commit in line.reversed() {
      for file in try #require(commit.files) {
        switch file.status {
        case .added: #expect(tree.insert(file.path).inserted, "\(file.path) in \(commit.subject)")
        case .modified: #expect(tree.contains(file.path), "\(file.path) in \(commit.subject)")
        case .removed: #expect(tree.remove(file.path) != nil, "\(file.path) in \(commit.subject)")
        case .renamed:
          #expect(tree.remove(try #require(file.previousPath)) != nil, "\(file.path) in \(commit.subject)")
          #expect(tree.insert(file.path).inserted, "\(file.path) in \(commit.subject)")
        }
      }
    }
  }

  @Test(arguments: names) func `the files of a merged change are those of its commits`(name: String) throws {
    let found = try #require(world[name])
    let commits = Dictionary(uniqueKeysWithValues: found.commits.map { ($0.sha, $0) })
    for change in found.changes where change.state == .merged {
      let merge = try #require(change.mergeSHA.flatMap { commits[$0] })
      #expect(merge.files == change.files)
      #expect(merge.committedAt == change.mergedAt)
      guard merge.isMerge else { continue }
      #expect(merge.parents.last == change.headSHA)
      var branch: [ChangedFile] = []
      var next = change.headSHA
      while let sha = next, sha != change.baseSHA {
        let commit = try #require(commits[sha])
        branch = (commit.files ?? []) + branch
        next = commit.parents.first
      }
      #expect(branch == change.files)
    }
  }

  @Test(arguments: names) func `the numbers of a change add up and its times are in order`(name: String) throws {
    let found = try #require(world[name])
    let shas = Set(found.commits.map(\.sha))
    for change in found.changes {
      let files = try #require(change.files)
      #expect(!files.isEmpty && change.changedFiles == files.count && Set(files.map(\.path)).count == files.count)
      #expect(change.additions == files.reduce(0) { $0 + ($1.additions ?? 0) })
      #expect(change.deletions == files.reduce(0) { $0 + ($1.deletions ?? 0) })
      #expect(change.commentCount == change.comments?.count)
      #expect(shas.contains(try #require(change.baseSHA)) && change.headSHA != nil)
      #expect((change.state == .merged) == (change.mergedAt != nil) && (change.state == .open) == (change.closedAt == nil))
      let created = try #require(change.createdAt)
      let times = (change.reviews ?? []).compactMap(\.submittedAt) + [change.updatedAt]
      #expect(created >= SampleOrganisation.since && times == times.sorted() && created <= times[0])
      #expect(change.updatedAt <= SampleOrganisation.now)
    }
    let numbers = found.changes.compactMap(\.number) + found.issues.map(\.number)
    #expect(Set(numbers).count == numbers.count)
  }

  @Test(arguments: names) func `people, deployments and reverts name what exists`(name: String) throws {
    let found = try #require(world[name])
    let shas = Set(found.commits.map(\.sha))
    let logins = Set(world.people.map(\.login) + [SamplePeople.bot])
    #expect(logins.isSuperset(of: found.commits.compactMap(\.author) + found.changes.compactMap(\.author)))
    #expect(logins.isSuperset(of: found.changes.flatMap { ($0.reviews ?? []).compactMap(\.author) }))
    #expect(found.changes.allSatisfy { change in !(change.reviews ?? []).contains { $0.author == change.author } })
    #expect(shas.isSuperset(of: found.deployments.map(\.sha) + found.commits.compactMap(\.reverts)))
    for deployment in found.deployments {
      let times = [deployment.createdAt] + deployment.statuses.map(\.createdAt)
      #expect(times == times.sorted() && deployment.updatedAt == times.last && deployment.updatedAt <= SampleOrganisation.now)
    }
  }

  @Test(arguments: names) func `coverage belongs to commits and changes that exist`(name: String) throws {
    let found = try #require(world[name])
    guard let coverage = found.coverage else { return }
    #expect(found.commits.contains { $0.sha == coverage.newest.sha })
    let files = try #require(coverage.files[coverage.newest.sha])
    #expect(coverage.newest.hits == files.reduce(0) { $0 + $1.hits })
    #expect(coverage.newest.lines == files.reduce(0) { $0 + $1.lines })
    let days = try #require(coverage.newest.trend).map(\.day)
    #expect(days == days.sorted() && Set(days).count == days.count && days.count > 10)
    for measured in coverage.changes {
      let change = try #require(found.changes.first { $0.number == measured.number })
      let files = try #require(change.headSHA.flatMap { coverage.files[$0] })
      #expect(measured.head == files.reduce(CoverageTotals(hits: 0, lines: 0)) { $0 + $1.totals })
      #expect(files.allSatisfy { (0...$0.lines).contains($0.hits) })
    }
  }

  @Test func `coverage tells its stories`() throws {
    let mobile = try #require(world["mobile-app"]?.coverage?.newest.trend)
    #expect(try #require(mobile.first).percent - (try #require(mobile.last)).percent > 10)
    let search = try #require(world["search-indexer"])
    #expect(search.coverage?.newest.sha != search.repository.headSHA)
    #expect(world["infra-terraform"]?.coverage == nil)
  }

  @Test func `findings are unique, in known repositories, and of every sort`() {
    let all = world.repositories.flatMap(\.findings).map(\.finding)
    let ids = Set(world.repositories.map(\.repository.id))
    #expect(Set(all.map { "\($0.projectID):\($0.issueID)" }).count == all.count)
    #expect(all.allSatisfy { $0.repositoryID.map(ids.contains) ?? false })
    #expect(Set(all.map(\.type)) == ["package_vulnerability", "license", "config"])
    #expect(all.contains { $0.ignored } && all.contains { $0.status == .resolved } && all.contains { $0.fixedIn == nil })
    #expect(world.strayFindings.allSatisfy { $0.finding.repositoryID == nil })
  }

  @Test func `work and trouble of every sort are in it`() {
    let changes = world.repositories.flatMap(\.changes)
    #expect(changes.contains { $0.state == .open } && changes.contains { $0.state == .closed })
    #expect(changes.contains { $0.state == .merged && $0.reviews == [] })
    #expect(changes.contains { ($0.files?.count ?? 0) > 20 } && changes.contains { $0.additions == 1 && $0.deletions == 1 })
    #expect(changes.contains { $0.author == SamplePeople.bot })
    #expect(changes.contains { $0.reviews?.contains { $0.state == .changesRequested } ?? false })
    #expect(Set(changes.flatMap { ($0.files ?? []).map(\.status) }) == [.added, .modified, .removed, .renamed])
    #expect(world.repositories.flatMap(\.commits).contains { $0.reverts != nil })
    #expect(world.repositories.flatMap(\.deployments).contains { $0.failedAt != nil })
    #expect(world.repositories.flatMap(\.issues).contains { $0.labels.contains("incident") })
    #expect(!world.incidents.isEmpty)
  }
}
