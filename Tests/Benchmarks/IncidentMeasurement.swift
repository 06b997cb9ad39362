import Foundation
import KoalrCore
import PeerSupport

/// Measures how well the incidents of an export agree with the peers' truth. Needs no trait.
struct IncidentMeasurement {
  var truth: URL
  var export: URL
  var showsExamples: Bool

  /// Reads `--truth FILE --export FILE [--examples]`; `nil` when they make no sense.
  init?(_ words: some Collection<String>) {
    var words = Array(words)[...]
    var files: [String: URL] = [:]
    showsExamples = false
    while let word = words.popFirst() {
      if word == "--examples" {
        showsExamples = true
      } else if ["--truth", "--export"].contains(word), let path = words.popFirst() {
        files[word] = URL(fileURLWithPath: path)
      } else {
        return nil
      }
    }
    guard let truth = files["--truth"], let export = files["--export"] else { return nil }
    (self.truth, self.export) = (truth, export)
  }

  func run() async throws {
    let store = InMemoryStore()
    _ = try await StoreImport(store).read(from: export)
    let score = IncidentScore(try await store.all(RecordQuery(Incident.self)), with: try Truth(truth))
    print(score)
    if showsExamples { print(score.examples.joined(separator: "\n")) }
  }
}
