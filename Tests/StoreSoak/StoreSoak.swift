#if SQLite
import Foundation
import KoalrCore

/// Kills a writing process again and again, and looks after each kill whether all that was acknowledged is there and nothing else.
///
///     swift run -c release --traits SQLite store-soak --kills 200
///
/// Exit codes: 0 nothing was lost, 1 something was, 64 wrong usage.
@main
struct StoreSoak {
  static func main() async throws {
    let words = Array(CommandLine.arguments.dropFirst())
    if words.first == "write", words.count == 2 { return try await Writer(file: URL(fileURLWithPath: words[1])).run() }
    guard let options = Options(words) else {
      print("Usage: store-soak [--kills N] [--seed N] [--file FILE]")
      exit(64)
    }
    var soak = Soak(options)
    exit(try await soak.run() ? 0 : 1)
  }
}

struct Options {
  var kills = 200
  var seed: UInt64 = 1
  var file = FileManager.default.temporaryDirectory.appendingPathComponent("koalr-soak-\(UUID().uuidString).sqlite")

  init?(_ words: [String]) {
    var words = words[...]
    while let option = words.popFirst() {
      guard let value = words.popFirst() else { return nil }
      switch (option, Int(value)) {
      case ("--kills", let number?) where number > 0: kills = number
      case ("--seed", let number?) where number >= 0: seed = UInt64(number)
      case ("--file", _): file = URL(fileURLWithPath: value)
      default: return nil
      }
    }
  }
}
#else
import Foundation

/// Says what is needed; without the trait there is no store to kill.
@main
struct StoreSoak {
  static func main() {
    print("store-soak needs SQLite: swift run -c release --traits SQLite store-soak")
    exit(64)
  }
}
#endif
