import Foundation

/// Puts the job queue on SQLite under `kill -9`, and measures it.
///
///     swift build -c release --traits SQLite --product queue-soak
///     queue-soak                                   50,000 jobs, 500 kills; exit 1 when a promise is broken
///     queue-soak --jobs 3000 --kills 20 --seed 7   a short one
///     queue-soak bench --batch 20                  jobs a second of 4 processes that add, claim and complete 20 at a time
@main
enum QueueSoak {
  static func main() async {
    #if SQLite
    do {
      let options = try Options(Array(CommandLine.arguments.dropFirst()))
      switch options.mode {
      case "soak": exit(try await Soak(options).run() ? 0 : 1)
      case "bench": exit(try await Bench(options).run() ? 0 : 1)
      case "soak-worker": try await SoakWorker(options).run()
      default: try await BenchWorker(options).run()
      }
    } catch let error as Options.Misuse {
      say("queue-soak: \(error.sentence)")
      exit(64)
    } catch {
      say("queue-soak: \(error)")
      exit(1)
    }
    #else
    say("queue-soak needs the SQLite trait: swift run -c release --traits SQLite queue-soak")
    exit(64)
    #endif
  }

  private static func say(_ line: String) { FileHandle.standardError.write(Data("\(line)\n".utf8)) }
}
