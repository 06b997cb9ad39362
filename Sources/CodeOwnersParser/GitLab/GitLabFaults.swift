// What GitLab calls an error keeps GitLab's name for it.
extension CodeOwnersDiagnostic.Kind {
  /// A section without a name.
  public static let missingSectionName = Self(rawValue: "missing_section_name")
  /// A header that cannot be read as one.
  public static let invalidSectionFormat = Self(rawValue: "invalid_section_format")
  /// A word in a header that is no owner.
  public static let invalidSectionOwnerFormat = Self(rawValue: "invalid_section_owner_format")
  /// An optional section that asks for approvals.
  public static let invalidApprovalRequirement = Self(rawValue: "invalid_approval_requirement")
  /// A rule that nobody owns, and whose section names nobody either.
  public static let missingEntryOwner = Self(rawValue: "missing_entry_owner")
  /// A word in a rule that is no owner.
  public static let malformedEntryOwner = Self(rawValue: "malformed_entry_owner")
  /// Words in a rule that are no owners and look like the rest of a path with blanks.
  public static let invalidEntryOwnerFormat = Self(rawValue: "invalid_entry_owner_format")
  /// A section that asks for no approval, which GitLab takes for one.
  public static let noApprovals = Self(rawValue: "no-approvals")
  /// A part of a header that the host passes over.
  public static let ignoredText = Self(rawValue: "ignored-text")
}

extension LineFault {
  static func missingSectionName(_ place: Int) -> Self {
    Self(
      place: place, kind: .missingSectionName, reason: "the section has no name",
      advice: "write one between the brackets: [Backend]")
  }

  static func invalidSectionFormat(_ place: Int) -> Self {
    Self(
      place: place, kind: .invalidSectionFormat, reason: "the header is never closed, so that the line is a rule",
      advice: "close it with \"]\"; a pattern that begins with \"[\" begins with \"\\[\"")
  }

  static func approvalsOfOptional(_ place: Int, _ count: Int) -> Self {
    Self(
      place: place, kind: .invalidApprovalRequirement,
      reason: "the section is optional and asks for approvals all the same: \(count)", advice: "remove \"^\", or \"[\(count)]\"")
  }

  static func noApprovals(_ place: Int) -> Self {
    Self(
      place: place, kind: .noApprovals, reason: "a section cannot ask for 0 approvals; GitLab asks for 1",
      advice: "write \"^\" before the section to make it optional")
  }

  static func ignoredText(_ place: Int) -> Self {
    Self(
      place: place, kind: .ignoredText, reason: "GitLab passes over the rest of this header, from here on",
      advice: "write a header as [Name][2] @owner; a pattern that begins with \"[\" begins with \"\\[\"")
  }

  static func missingEntryOwner(_ place: Int) -> Self {
    Self(
      place: place, kind: .missingEntryOwner, reason: "nobody owns this, so that GitLab approves it by itself",
      advice: "name an owner here or in the section's header, or exclude the pattern with \"!\"")
  }

  static func neverMatchesAtGitLab(_ place: Int) -> Self {
    Self(
      place: place, kind: .neverMatches, reason: "the pattern never matches a path",
      advice: "close every \"[\" with \"]\", or write \"\\[\", and one slash between two names")
  }

  static func nothingExcluded(_ place: Int) -> Self {
    Self(place: place, kind: .invalidPattern, reason: "\"!\" alone excludes nothing", advice: "write the pattern right behind it")
  }

  /// A word in a header.
  static func malformedDefaultOwner(_ word: ArraySlice<UInt8>) -> Self {
    malformed(word, .invalidSectionOwnerFormat, advice: word.first == .hash ? remarkAdvice : ownerAdvice)
  }

  /// The first of a rule's words that are no owners.
  static func malformedOwner(_ first: ArraySlice<UInt8>, in words: [ArraySlice<UInt8>]) -> Self {
    if first.first == .hash { return malformed(first, .malformedEntryOwner, advice: remarkAdvice) }
    let isPath = words.prefix { $0.first != .hash }.contains { $0.first != .at && $0.contains { $0 == .slash || $0 == .star } }
    guard isPath else { return malformed(first, .malformedEntryOwner, advice: ownerAdvice) }
    return malformed(first, .invalidEntryOwnerFormat, advice: "write each blank in a path as \"\\ \"")
  }

  private static func malformed(_ word: ArraySlice<UInt8>, _ kind: CodeOwnersDiagnostic.Kind, advice: String) -> Self {
    let text = String(decoding: word.prefix(80), as: UTF8.self)
    return Self(place: word.startIndex, kind: kind, reason: "\"\(text)\" is not an owner and is left out", advice: advice)
  }

  private static var ownerAdvice: String { "write @user, @group/subgroup, @@developer, @@maintainer, @@owner or an address" }

  private static var remarkAdvice: String {
    "give the remark a line of its own: GitLab has no comments behind a rule, and takes owners out of them"
  }
}
