/// A package that comes or goes, as REST sends it.
struct DependencyWire: Decodable, Sendable {
  struct Vulnerability: Decodable, Sendable {
    var severity: String?
    var advisory_ghsa_id: String?
  }
  var change_type: String?
  var manifest: String?
  var ecosystem: String?
  var name: String?
  var version: String?
  var license: String?
  var vulnerabilities: [Vulnerability]?
}
