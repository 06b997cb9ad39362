import Foundation
import KoalrCore
import KoalrTesting
import Testing

/// Something that happens to a mock world, and the events that tell of it.
struct Happening: Sendable, CustomTestStringConvertible {
  var testDescription: String
  /// Changes the world; returns what is to be looked at again.
  var happen: @Sendable (inout MockWorld) -> [HostEvent]

  init(_ words: String, _ happen: @escaping @Sendable (inout MockWorld) -> [HostEvent]) {
    testDescription = words
    self.happen = happen
  }

  static let all: [Happening] = [
    Happening("a pushed CODEOWNERS") { world in
      push(&world) { repository in
        repository.codeOwners = .found(
          CodeOwnersSnapshot(
            repositoryID: repository.repository.id, path: "CODEOWNERS", sha: sha(7), text: "* @acme/nobody\n", errors: []))
      }
    },
    Happening("a removed CODEOWNERS") { world in push(&world) { $0.codeOwners = .none } },
    Happening("an opened change") { world in
      let index = busy(world)
      var change = open(world.repositories[index])
      (change.id, change.number, change.headSHA) = (ChangeID(unchecked: "PR_new"), 9_001, sha(8))
      world.repositories[index].changes.append(change.touched())
      world.repositories[index].repository.newestChangeAt = late
      return [change.event(in: world.repositories[index])]
    },
    Happening("a synchronised change") { world in
      change(&world) { change in
        change.headSHA = sha(9)
        change.files = [ChangedFile(path: "Sources/New.swift", status: .added, additions: 900, deletions: 0)]
        (change.additions, change.deletions, change.changedFiles) = (900, 0, 1)
      }
    },
    Happening("a merged change, before the push that tells of it") { world in
      let index = busy(world)
      let id = open(world.repositories[index]).id
      land(sha(10), in: &world.repositories[index])
      return change(&world) { change in
        (change.state, change.mergeSHA) = (.merged, sha(10))
        (change.mergedAt, change.closedAt) = (late, late)
        assert(change.id == id)
      }
    },
    Happening("a review") { world in
      change(&world) {
        $0.reviews =
          ($0.reviews ?? []) + [
            Review(id: SourceID(unchecked: "V_new"), author: Login(unchecked: "someone"), state: .approved, submittedAt: late)
          ]
      }
    },
    Happening("a label") { world in change(&world) { $0.labels = ["hotfix"] } },
    Happening("a failed check") { world in
      let index = busy(world)
      let id = open(world.repositories[index]).id
      let place = world.repositories[index].changes.firstIndex { $0.id == id } ?? 0
      world.repositories[index].changes[place].checks = [Check(name: "build", conclusion: "failure", completedAt: late)]
      let head = world.repositories[index].changes[place].headSHA ?? sha(0)
      return [.test([.checks(head)], in: world.repositories[index])]
    },
    Happening("a deployment that fails") { world in
      let index = busy(world)
      let repository = world.repositories[index]
      let deployment = Deployment(
        id: SourceID(unchecked: "DE_new"), repositoryID: repository.repository.id, environment: "production",
        sha: repository.repository.headSHA ?? sha(0), createdAt: late, updatedAt: late.addingTimeInterval(60),
        statuses: [DeploymentStatus(state: .failure, createdAt: late.addingTimeInterval(60))])
      world.repositories[index].deployments.append(deployment)
      world.repositories[index].repository.newestDeploymentAt = late
      world.repositories[index].repository.newestDeploymentUpdateAt = deployment.updatedAt
      return [.test([.deployment(deployment.id)], in: repository, version: deployment.updatedAt)]
    },
    Happening("a ticket of an outage") { world in
      let index = busy(world)
      let issue = Issue(
        id: SourceID(unchecked: "I_new"), repositoryID: world.repositories[index].repository.id, number: 9_002, state: .open,
        title: "All is down", author: nil, createdAt: late, updatedAt: late, closedAt: nil, labels: ["incident"])
      world.repositories[index].issues.append(issue)
      world.repositories[index].repository.newestIssueAt = late
      return [.test([.ticket(issue.id)], in: world.repositories[index], version: late)]
    },
    Happening("a member who changes teams") { world in
      world.teams[0].members = []
      return [.test([.people], in: nil)]
    },
    Happening("a renamed and archived repository") { world in
      let index = busy(world)
      world.repositories[index].repository.name = RepositoryName(unchecked: "acme/other-name")
      world.repositories[index].repository.archived = true
      return [.test([.repository], in: world.repositories[index])]
    },
    Happening("a change of a repository that nobody knew") { world in
      guard let new = SampleOrganisation.world["payments"] ?? SampleOrganisation.world.repositories.first else { return [] }
      world.repositories.append(new)
      return [.test([.change(open(new).id)], in: new)]
    },
  ]

  // MARK: Parts

  static let late = SampleOrganisation.now.addingTimeInterval(600)

  static func sha(_ number: Int) -> CommitID {
    let digits = String(number, radix: 16)
    return CommitID(unchecked: String(repeating: "f", count: 40 - digits.count) + digits)
  }

  /// The repository that has something open.
  static func busy(_ world: MockWorld) -> Int {
    world.repositories.firstIndex { $0.changes.contains { $0.state == .open } } ?? 0
  }

  static func open(_ repository: MockRepository) -> Change {
    repository.changes.first { $0.state == .open } ?? repository.changes[0]
  }

  /// Changes the first open change and tells of it.
  static func change(_ world: inout MockWorld, _ edit: (inout Change) -> Void) -> [HostEvent] {
    let index = busy(world)
    let id = open(world.repositories[index]).id
    guard let place = world.repositories[index].changes.firstIndex(where: { $0.id == id }) else { return [] }
    edit(&world.repositories[index].changes[place])
    world.repositories[index].changes[place] = world.repositories[index].changes[place].touched()
    world.repositories[index].repository.newestChangeAt = late
    return [world.repositories[index].changes[place].event(in: world.repositories[index])]
  }

  static func land(_ commit: CommitID, in repository: inout MockRepository) {
    let parent = repository.repository.headSHA
    repository.commits.insert(
      Commit(
        sha: commit, repositoryID: repository.repository.id, author: nil, authorName: "Ana", authorEmail: "ana@acme.example",
        committedAt: late, parents: [parent].compactMap(\.self), subject: "Late work",
        files: [ChangedFile(path: "README.md", status: .modified, additions: 5, deletions: 1)]), at: 0)
    repository.repository.headSHA = commit
    repository.repository.pushedAt = late
  }

  /// Pushes a commit to the default branch.
  static func push(_ world: inout MockWorld, _ edit: (inout MockRepository) -> Void) -> [HostEvent] {
    let index = busy(world)
    let before = world.repositories[index].repository.headSHA
    land(sha(6), in: &world.repositories[index])
    edit(&world.repositories[index])
    let branch = world.repositories[index].repository.defaultBranch ?? "main"
    return [.test([.branch(branch, before: before, after: sha(6), forced: false)], in: world.repositories[index])]
  }
}

extension Change {
  fileprivate func touched() -> Change {
    var change = self
    change.updatedAt = Happening.late
    return change
  }

  fileprivate func event(in repository: MockRepository) -> HostEvent {
    .test([.change(id)], in: repository, version: updatedAt)
  }
}
