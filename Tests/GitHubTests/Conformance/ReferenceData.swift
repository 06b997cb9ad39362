import Foundation
import PeerSupport

/// GitHub's own descriptions and recorded answers, beside the project and no part of it.
enum ReferenceData {
  static let folder = Peers.sharedFolder.appendingPathComponent("data/github")
  static let absence = "GitHub's descriptions and recordings are missing beside the project (shared/data/github)"

  /// Whether they are there. With `KOALR_REQUIRE_PEERS=1` the answer is always yes, so that absence fails.
  static let available =
    ProcessInfo.processInfo.environment["KOALR_REQUIRE_PEERS"] == "1"
    || FileManager.default.fileExists(atPath: folder.appendingPathComponent("schema.graphql").path)

  /// One recorded answer.
  struct Recording: Decodable {
    /// The operation as the REST description writes it.
    var op: String?
    var status: Int
    var headers: [String: String]?
    var body: AnyJSON?
    var origin: String?
  }

  /// Returns every recorded answer.
  static func recordings() async throws -> [Recording] {
    var all: [Recording] = []
    for name in ["hub4j", "octokit-rb", "octokit-fixtures"] {
      let path = folder.appendingPathComponent("recordings/\(name).jsonl.gz").path
      let text = try await TestProgram.run(["gzip", "-dc", path]).standardOutput
      all += try text.split(separator: "\n").map { try JSONDecoder().decode(Recording.self, from: Data($0.utf8)) }
    }
    return all
  }
}

/// JSON of any form, kept as the bytes it is written with again.
struct AnyJSON: Decodable {
  var data: Data

  private enum Form: Codable {
    case null, flag(Bool), whole(Int), number(Double), text(String), list([Form]), object([String: Form])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if let value = try? container.decode(Bool.self) {
        self = .flag(value)
      } else if let value = try? container.decode(Int.self) {
        self = .whole(value)
      } else if let value = try? container.decode(Double.self) {
        self = .number(value)
      } else if let value = try? container.decode(String.self) {
        self = .text(value)
      } else if let value = try? container.decode([Form].self) {
        self = .list(value)
      } else {
        self = .object(try container.decode([String: Form].self))
      }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .null: try container.encodeNil()
      case .flag(let value): try container.encode(value)
      case .whole(let value): try container.encode(value)
      case .number(let value): try container.encode(value)
      case .text(let value): try container.encode(value)
      case .list(let value): try container.encode(value)
      case .object(let value): try container.encode(value)
      }
    }
  }

  init(from decoder: any Decoder) throws { data = try JSONEncoder().encode(try Form(from: decoder)) }
}
