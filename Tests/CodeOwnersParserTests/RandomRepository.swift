import KoalrCodeOwnersParser
import KoalrTesting

/// A made-up repository with a CODEOWNERS file, from a seeded generator.
struct RandomRepository {
  let paths: [String]
  let lines: [String]
  var text: String { lines.joined(separator: "\n") + "\n" }

  static let owners = ["@ann", "@ben", "@eve", "@acme/api", "@acme/web", "kim@example.org"]
  private static let folders = ["api", "web", "docs", "a b", "lib", "x[1]", "core", "été"]
  private static let names = ["a.swift", "b.js", "README.md", "c d.txt", "e*f", "g?h", "i[j].ts", "k\\l", "Makefile", "日.md"]
  private static let patterns = [
    "*", "*.md", "*.js", "/api/", "/web/", "docs/", "lib/*", "/core/**/*.swift", "README.md", "/api/a.swift", "web/api", "**/lib",
    "/docs/*", "a*", "/x\\[1\\]/", "a\\ b/", "nothing/", "*.none", "/lib/core/", "core/*/docs", "b?js", "?.js", "*e*", "/a*/",
  ]

  private static let headers = ["[Docs]", "^[Docs]", "[API][2]", "[docs]", "^[Extra]", "[Web]"]

  init(
    _ random: inout SeededGenerator, files: Int = 80, rules: ClosedRange<Int> = 0...14,
    dialect: CodeOwnersParser.Dialect = .gitHub
  ) {
    var paths: Set<String> = []
    for _ in 0..<files {
      let depth = random.number(in: 0...3)
      let parents = (0..<depth).compactMap { _ in random.pick(Self.folders) }
      paths.insert((parents + [random.pick(Self.names) ?? "a"]).joined(separator: "/"))
    }
    self.paths = paths.sorted()
    lines = (0..<random.number(in: rules)).map { _ in
      let owners = random.draw(random.number(in: 0...3), of: Self.owners).joined(separator: " ")
      if dialect == .gitLab, random.chance(0.2) { return "\(random.pick(Self.headers) ?? "[A]") \(owners)" }
      let mark = dialect == .gitLab && random.chance(0.15) ? "!" : ""
      return "\(mark)\(random.pick(Self.patterns) ?? "*") \(owners)"
    }
  }
}

extension SeededGenerator {
  /// Some of the elements, in their order.
  mutating func some<Element>(of elements: [Element], probability: Double) -> [Element] {
    elements.filter { _ in chance(probability) }
  }
}
