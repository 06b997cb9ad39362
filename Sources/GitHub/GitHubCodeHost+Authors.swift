public import KoalrDomain
public import KoalrIntegrationProtocols

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension GitHubCodeHost: AuthorResolver {
  public func authors(of samples: [AuthorSample]) async throws -> [CommitID: Login] {
    var logins: [CommitID: Login] = [:]
    var rest = samples[...]
    while !rest.isEmpty {
      let batch = Array(rest.prefix(limits.authors.current))
      switch try await graphQL.ask(AuthorsQuery.make(batch), for: AliasedWire<AuthoredWire>.self) {
      case .answered(let answer) where answer.errors.contains(where: \.isOverload) && batch.count > 1:
        limits.authors.tooMuch(batch.count)
      case .overloaded where batch.count > 1: limits.authors.tooMuch(batch.count)
      case .overloaded(let error): throw error
      case .answered(let answer):
        limits.authors.answered(batch.count)
        for (index, sample) in batch.enumerated() {
          logins[sample.sha] = answer.data.values["c\(index)"]?.object?.author?.user?.asLogin
        }
        rest = rest.dropFirst(batch.count)
      }
    }
    return logins
  }
}
