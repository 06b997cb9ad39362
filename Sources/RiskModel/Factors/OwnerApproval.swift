import KoalrCodeOwnersParser
import KoalrDomain

/// Whether the owners of the files of a change approved it.
///
/// One approval by any owner of the deciding rule is enough for a file. A file whose only owner is the author asks for nobody
/// else. An address, or a team whose members are not known, cannot be compared with an approval: a file that has only such
/// owners is not decided.
struct OwnerApproval {
  struct Outcome {
    /// Owned files about which it can be told.
    var decided = 0
    /// Those whose owners did not approve.
    var lacking: [String] = []
    /// Owned files about which it cannot be told.
    var undecided = 0
    /// Whether the repository has a CODEOWNERS file.
    var hasFile = true

    var words: String {
      guard hasFile else { return "the repository has no CODEOWNERS file" }
      let beside = undecided > 0 ? "; for \(Wording.count(undecided, "owned file")) it cannot be told" : ""
      if decided == 0 {
        return (undecided > 0 ? "no owner could be compared" : "none of the files needs an owner's approval") + beside
      }
      if lacking.isEmpty { return "owners approved all \(Wording.count(decided, "owned file"))" + beside }
      return "owners of \(lacking.count) of \(Wording.count(decided, "owned file")) did not approve ("
        + Wording.list(lacking) + ")" + beside
    }
  }

  let outcome: Evidence<Outcome>

  init(evidence: ChangeEvidence, approvers: [Login]) {
    guard let ownership = evidence.ownership.value else {
      outcome = .missing(reason: evidence.ownership.absence ?? "the owners are not known")
      return
    }
    guard let files = evidence.files.value else {
      outcome = .missing(reason: evidence.files.absence ?? "the changed files are not known")
      return
    }
    guard case .file(let codeOwners, let teams) = ownership else {
      outcome = .known(Outcome(hasFile: false))
      return
    }
    var result = Outcome()
    for file in files {
      let owners = codeOwners.owners(of: file.path).owners.filter { !Self.isAuthor($0, evidence.change.author) }
      guard !owners.isEmpty else { continue }
      Self.count(file.path, owners, approvers, teams, into: &result)
    }
    outcome = .known(result)
  }

  private static func count(
    _ path: String, _ owners: [Owner], _ approvers: [Login], _ teams: TeamRoster, into result: inout Outcome
  ) {
    let answers = owners.flatMap { owner in approvers.map { isApproval($0, of: owner, teams) } }
    if answers.contains(true) {
      result.decided += 1
    } else if answers.contains(nil) {
      result.undecided += 1
    } else {
      result.decided += 1
      result.lacking.append(path)
    }
  }

  private static func isApproval(_ login: Login, of owner: Owner, _ teams: TeamRoster) -> Bool? {
    switch owner {
    case .user(let text): text.dropFirst().lowercased() == login.rawValue.lowercased()
    case .team(let text): teams.contains(login, in: text)
    case .email, .role: nil
    }
  }

  private static func isAuthor(_ owner: Owner, _ author: Login?) -> Bool {
    guard case .user(let text) = owner, let author else { return false }
    return text.dropFirst().lowercased() == author.rawValue.lowercased()
  }
}
