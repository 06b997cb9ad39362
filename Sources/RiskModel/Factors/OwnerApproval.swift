import KoalrCodeOwnersParser
import KoalrDomain

/// Whether the owners of the files of a change approved it, in words. What it takes is ``ReviewCompliance``'s business.
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
    let compliance = ReviewCompliance(
      file: codeOwners, paths: files.map(\.path), author: evidence.change.author, approvers: approvers,
      directory: OwnerDirectory(roster: teams))
    outcome = .known(
      Outcome(
        decided: compliance.approved.count + compliance.lacking.count, lacking: compliance.lacking,
        undecided: compliance.undecided.count))
  }
}
