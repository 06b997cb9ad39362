/// The files that GitHub's dependency graph reads packages from, by their names.
///
/// Source: docs.github.com, "Dependency graph supported package ecosystems". Names that only a submission by a build knows are left out.
enum ManifestNames {
  private static let names: Set<String> = [
    // Cargo, Composer, Go modules, Maven, npm, pnpm, Yarn
    "cargo.toml", "cargo.lock", "composer.json", "composer.lock", "go.mod", "pom.xml", "package.json", "package-lock.json",
    "pnpm-lock.yaml", "yarn.lock",
    // pip, Poetry, pipenv
    "requirements.txt", "pipfile", "pipfile.lock", "setup.py", "pyproject.toml", "poetry.lock",
    // Bundler, Swift, pub, NuGet
    "gemfile", "gemfile.lock", "package.resolved", "pubspec.yaml", "pubspec.lock", "packages.config", "packages.lock.json",
  ]
  private static let endings = [".gemspec", ".csproj", ".vbproj", ".vcxproj", ".fsproj", ".nuspec"]

  /// Whether a path's last part is such a name. Workflows count: the actions they use are packages.
  static func contains(_ path: String) -> Bool {
    let path = path.lowercased()
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    if names.contains(name) || endings.contains(where: name.hasSuffix) { return true }
    if name.hasPrefix("requirements"), name.hasSuffix(".txt") { return true }
    return path.hasPrefix(".github/workflows/") && (name.hasSuffix(".yml") || name.hasSuffix(".yaml"))
  }
}
