public import KoalrDomain
public import KoalrIntegrationProtocols

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension LocalGitRepository: FileListSource {
  /// Bytes of a path that are not UTF-8 are U+FFFD, as in commits.
  public func paths(of repository: Repository) async throws -> [String]? {
    var list: [UInt8] = []
    try await readPaths { list += $0 }
    return list.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }
}
