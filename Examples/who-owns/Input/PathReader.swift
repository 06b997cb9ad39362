import KoalrGitHistory

/// Reads the paths that are asked about, some at a time.
struct PathReader {
  var arguments: Arguments
  var clone: LocalGitRepository?

  /// Hands over the paths in their order; memory does not grow with the list.
  ///
  /// - Throws: ``ProgramError``, `IntegrationError`, or what `receive` throws.
  func read(_ receive: (PathBatch) async throws -> Void) async throws {
    if !arguments.paths.isEmpty { return try await receive(PathBatch(arguments.paths)) }
    guard let source = arguments.pathSource else { return try await readClone(receive) }
    let input: InputFile
    switch source {
    case .standardInput: input = .standardInput
    case .file(let path): input = try InputFile(path: path)
    }
    var cutter = PathCutter()
    while true {
      let block = try input.next()
      if block.isEmpty { break }
      try await receive(try cutter.feed(block))
    }
    try await receive(cutter.finish())
  }

  private func readClone(_ receive: (PathBatch) async throws -> Void) async throws {
    guard let clone else { return }
    var cutter = PathCutter(separator: 0)
    try await clone.readPaths { try await receive(try cutter.feed($0)) }
    try await receive(cutter.finish())
  }
}
