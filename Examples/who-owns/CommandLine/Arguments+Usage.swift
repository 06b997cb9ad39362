extension Arguments {
  /// What `--help` prints.
  static let usage = """
    Usage: who-owns [--file CODEOWNERS | --git PATH] [options] [PATH …]

    Says who owns which files. Without --file and --git the rules are those of the current folder.

      --file CODEOWNERS    the rules
      --git PATH           a clone, bare or not: rules, files and commits of its newest commit
      --dialect NAME       github, gitlab, bitbucket, or auto: what place, origin and content show (auto)
      --paths FILE         a list of paths, one a line or each ended by a NUL; - is standard input
      --format FORM        text, tsv or json (text); beside tsv, answers to questions go to standard error
      --json               short for --format json: one JSON object (README.md)
      --explain            with each path: which rule decided, and which it shadowed

    Questions about the rules; they replace the list of owners, unless --explain asks for that, too:

      --lint               what is wrong with the file
      --drift              rules whose owners do not make the commits
      --gaps               files without owners, those that change most first
      --simulate OTHER     which files change owners when the file OTHER replaces the rules, in their dialect
      --repair             a patch that removes drift, dead rules and gaps, as a unified diff

    An address of commits counts as an account of the file when its part before the @, without what
    follows a +, or the author's name is that login; of other addresses it is not known whose they are.

      --days N             how far back commits count (90)
      --now TIME           the moment to look from, ISO 8601 (now)
      --help, --version

    Exit codes: 0 done, 1 lint, drift or gaps found something, 2 something could not be read,
    64 wrong usage.
    """
}
