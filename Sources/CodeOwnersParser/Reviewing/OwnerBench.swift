import KoalrDomain

/// Tells who of the owners may approve, and who did.
struct OwnerBench {
  let dialect: CodeOwnersParser.Dialect
  let author: Login?
  let directory: OwnerDirectory

  func requirement(_ decision: OwnershipDecision, paths: [String], approvers: [Login]) -> ReviewRequirement {
    let owners = decision.owners.filter { !isBarred($0) }
    let counting = approvers.filter { !directory.access(of: $0).isBarred }
    let answers = counting.map { login in (login, isOwner(login, among: owners)) }
    return ReviewRequirement(
      rule: decision.rule, section: decision.section, paths: paths, owners: owners,
      barred: decision.owners.filter { isBarred($0) }, approvals: decision.approvals,
      isOptional: decision.isOptional || decision.approvals == 0, cannotBeMet: cannotBeMet(decision.approvals, by: owners),
      approvedBy: answers.filter { $0.1 == true }.map(\.0), perhapsApprovedBy: answers.filter { $0.1 == nil }.map(\.0))
  }

  func isBarred(_ owner: Owner) -> Bool {
    if directory.access(of: owner).isBarred { return true }
    guard let author, let people = directory.people(behind: owner), !people.isEmpty else { return false }
    return people.allSatisfy { $0.folded == author.folded }
  }

  /// GitLab does not wait for more people than there are; where some are not known there may be enough.
  private func cannotBeMet(_ approvals: Int, by owners: [Owner]) -> Bool {
    guard dialect == .gitLab else { return false }
    var people: Set<String> = []
    for owner in owners {
      guard !mayBeGroup(owner), let known = directory.people(behind: owner) else { return false }
      people.formUnion(known.filter { !directory.access(of: $0).isBarred }.map(\.folded))
    }
    if let author { people.remove(author.folded) }
    return people.count < approvals
  }

  private func isOwner(_ login: Login, among owners: [Owner]) -> Bool? {
    var answer: Bool? = false
    for owner in owners {
      switch directory.contains(login, owner) {
      case true: return true
      case nil: answer = nil
      case false: if mayBeGroup(owner) { answer = nil }
      }
    }
    return answer
  }

  /// GitLab writes a group like a user; one that is not known as either may have any members.
  private func mayBeGroup(_ owner: Owner) -> Bool {
    guard dialect == .gitLab, case .user(let text) = owner else { return false }
    return directory.access(of: owner) == .unknown && directory.members(of: text) == nil
  }
}
