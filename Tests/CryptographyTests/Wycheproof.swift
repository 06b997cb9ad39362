import Foundation
import PeerSupport

/// The files of Wycheproof: groups of tests with hexadecimal values.
enum Wycheproof {
  static let folder = Peers.sharedFolder.appendingPathComponent("data/wycheproof")

  static let absence = "the Wycheproof vectors are missing: they belong into ../shared/data/wycheproof beside the checkout"

  /// With `KOALR_REQUIRE_PEERS=1` the answer is always yes, so that absence fails.
  static let available =
    ProcessInfo.processInfo.environment["KOALR_REQUIRE_PEERS"] == "1" || FileManager.default.fileExists(atPath: folder.path)

  struct File<Vector: WycheproofCase>: Decodable {
    struct Group: Decodable {
      var tests: [Vector]
    }

    var numberOfTests: Int
    var testGroups: [Group]
    var vectors: [Vector] { testGroups.flatMap(\.tests) }
  }

  static func load<Vector: WycheproofCase>(_ type: Vector.Type, _ name: String) throws -> File<Vector> {
    try JSONDecoder().decode(File<Vector>.self, from: Data(contentsOf: folder.appendingPathComponent(name)))
  }
}

protocol WycheproofCase: Decodable {
  var tcId: Int { get }
  var result: String { get }
}

/// Bytes that are written in hexadecimal.
struct Hex: Decodable {
  var bytes: [UInt8]

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let digits = try container.decode(String.self).map(\.hexDigitValue)
    guard digits.count.isMultiple(of: 2), !digits.contains(nil) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no hexadecimal bytes")
    }
    let values = digits.compactMap { $0 }
    bytes = stride(from: 0, to: values.count, by: 2).map { UInt8(values[$0] * 16 + values[$0 + 1]) }
  }
}
