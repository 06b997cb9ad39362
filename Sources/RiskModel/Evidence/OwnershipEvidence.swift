public import KoalrCodeOwnersParser

/// Who owns a repository's files, by the CODEOWNERS file of the branch that a change goes to.
public enum OwnershipEvidence: Sendable {
  /// The repository is known to have no CODEOWNERS file.
  case noFile
  /// The file, with the members of the teams it names as far as they are known.
  case file(CodeOwnersFile, teams: TeamRoster)
}
