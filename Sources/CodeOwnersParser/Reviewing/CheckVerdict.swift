public import KoalrDomain

/// What a check on a change would say.
public struct CheckVerdict: Hashable, Sendable {
  /// Whether it passes.
  public var conclusion: Conclusion
  /// One line.
  public var title: String
  /// One sentence with the rules and people that matter.
  public var summary: String

  /// Whether a check passes, in the words of GitHub's checks.
  public enum Conclusion: String, Hashable, Sendable, Codable, CaseIterable {
    /// Every owned file has the approvals it needs.
    case success
    /// A file lacks one, or one of its owners asks for changes.
    case failure
    /// No file is known to lack one, and of some it cannot be told.
    case neutral
  }
}

extension ReviewCompliance {
  /// What a check on the change would say. The more people approve, the better it gets.
  public var verdict: CheckVerdict {
    let owned = approved.count + lacking.count + undecided.count
    let files = Wording.count(owned, "owned file")
    if !lacking.isEmpty {
      return CheckVerdict(
        conclusion: .failure, title: "\(lacking.count) of \(files) \(lacking.count == 1 ? "lacks" : "lack") an approval",
        summary: sentence(about: .lacking))
    }
    if !objectors.isEmpty {
      return CheckVerdict(
        conclusion: .failure, title: "An owner asks for changes",
        summary: "\(Wording.list(objectors.map(\.rawValue))) asked for changes and did not approve since.")
    }
    if !undecided.isEmpty {
      return CheckVerdict(
        conclusion: .neutral, title: "Of \(undecided.count) of \(files) it cannot be told whether owners approved",
        summary: sentence(about: .undecided))
    }
    guard owned > 0 else {
      return CheckVerdict(
        conclusion: .success, title: "No owner has to approve", summary: "None of the files needs an owner's approval.")
    }
    let people = Wording.list(approvers.map(\.rawValue))
    return CheckVerdict(
      conclusion: .success, title: "Owners approved all \(files)", summary: "The approvals of \(people) are all that is needed.")
  }

  /// The owners who approved, each once, in the order of the rules.
  public var approvers: [Login] {
    var seen: Set<Login> = []
    return requirements.flatMap(\.approvedBy).filter { seen.insert($0).inserted }
  }

  private func sentence(about state: ReviewRequirement.State) -> String {
    let asks = requirements.filter { $0.state == state && !$0.isOptional }.map(\.ask)
    return Wording.list(asks) + "."
  }
}

extension ReviewRequirement {
  /// `/api/ needs 1 of @acme/api, @ann (2 files)`.
  var ask: String {
    let place = section.map { "\(rule.pattern) in [\($0.name)]" } ?? rule.pattern
    let names = owners.prefix(3).map(\.text) + (owners.count > 3 ? ["\(owners.count - 3) more"] : [])
    let given = approvedBy.isEmpty ? "" : " and has \(approvedBy.count)"
    let doubt = state == .undecided ? ", whose people are not all known" : ""
    return
      "\(place) needs \(approvals) of \(names.joined(separator: ", "))\(doubt)\(given) (\(Wording.count(paths.count, "file")))"
  }
}
