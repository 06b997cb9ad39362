public import KoalrDomain
public import KoalrIntegrationProtocols

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension GitHubCodeHost: AuthorResolver {
  public func authors(of samples: [AuthorSample]) async throws -> [CommitID: Login] {
    var logins: [CommitID: Login] = [:]
    for sample in samples { logins[sample.sha] = sample.bot }
    var rest = samples.filter { logins[$0.sha] == nil }[...]
    while !rest.isEmpty {
      let batch = Array(rest.prefix(limits.authors.current))
      let query = AuthorsQuery.make(batch)
      switch try await ask(query, alone: batch.count == 1) {
      case .answered(let answer) where answer.errors.contains(where: \.isOverload) && batch.count > 1:
        limits.authors.tooMuch(batch.count)
      case .overloaded where batch.count > 1: limits.authors.tooMuch(batch.count)
      case .overloaded(let error): throw error
      case .answered(let answer):
        // An error beside the data left somebody out; taken for an author without an account it would be lost.
        if let error = answer.errors.first { throw error.asIntegrationError(operation: query.operation) }
        limits.authors.answered(batch.count)
        for (index, sample) in batch.enumerated() {
          logins[sample.sha] = answer.data.values["c\(index)"]?.object?.author?.user?.asLogin
        }
        rest = rest.dropFirst(batch.count)
      }
    }
    return logins
  }

  private func ask(_ query: GraphQLQuery, alone: Bool) async throws -> GraphQLOutcome<AliasedWire<AuthoredWire>> {
    // A single one cannot be asked for in smaller pieces, only again.
    guard alone else { return try await graphQL.ask(query, for: AliasedWire<AuthoredWire>.self) }
    return .answered(try await graphQL.askWhole(query, for: AliasedWire<AuthoredWire>.self))
  }
}
