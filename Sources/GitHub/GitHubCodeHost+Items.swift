public import KoalrDomain
public import KoalrIntegrationProtocols

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension GitHubCodeHost: ItemSource {
  public func repositories(again ids: [RepositoryID]) async throws -> [ItemAnswer<DiscoveredRepository>] {
    let fetched = try await items.items(
      ids.map(\.rawValue), .repositories, limit: limits.repositories, of: RepositoryWire.self)
    return zip(ids, fetched).map { id, item in
      answer(SourceID(unchecked: id.rawValue), item) { wire, _ in
        discovered(wire, item.errors)
      }
    }
  }

  public func changes(again requests: [ItemRequest]) async throws -> [ItemAnswer<Change>] {
    let fetched = try await ask(requests, .pullRequests, limits.changes, of: PullRequestWire.self)
    let found = try await details.fetch(fetched.flatMap { $0.missing { ChangeMapping.missing($0, in: $1) } })
    return fetched.map { asked in
      answer(asked) { wire, item in
        var mapping = ChangeMapping(asked.request.repository, details: found, errors: item.errors, hasChecks: item.level == 0)
        let change = mapping.change(WindowPage.Item(index: item.index, node: wire))
        return change.map { ($0, mapping.gaps + item.gaps(of: asked.request.repository, except: "statusCheckRollup")) }
      }
    }
  }

  public func checks(again requests: [ItemRequest]) async throws -> [ItemAnswer<[Check]>] {
    let fetched = try await ask(requests, .checks, limits.details, of: PullRequestWire.self)
    let found = try await details.fetch(fetched.flatMap { $0.missing { ChangeMapping.furtherChecks($0, in: $1) } })
    return fetched.map { asked in
      answer(asked) { wire, item in
        var mapping = ChangeMapping(asked.request.repository, details: found, errors: item.errors, hasChecks: true)
        let checks = mapping.checks(wire, at: item.index)
        return checks.map { ($0, mapping.gaps + item.gaps(of: asked.request.repository, except: "statusCheckRollup")) }
      }
    }
  }

  public func deployments(again requests: [ItemRequest]) async throws -> [ItemAnswer<Deployment>] {
    let fetched = try await ask(requests, .deployments, limits.deployments, of: DeploymentWire.self)
    let found = try await details.fetch(fetched.flatMap { $0.missing { DeploymentMapping.missing($0, in: $1) } })
    return fetched.map { asked in
      answer(asked) { wire, item in
        var mapping = DeploymentMapping(asked.request.repository, details: found)
        let deployment = mapping.deployment(wire)
        return deployment.map { ($0, mapping.gaps + item.gaps(of: asked.request.repository, except: "statuses")) }
      }
    }
  }

  public func issues(again requests: [ItemRequest]) async throws -> [ItemAnswer<Issue>] {
    let fetched = try await ask(requests, .issues, limits.issues, of: IssueWire.self)
    let found = try await details.fetch(fetched.flatMap { $0.missing { IssueMapping.missing($0, in: $1) } })
    return fetched.map { asked in
      answer(asked) { wire, item in
        var mapping = IssueMapping(asked.request.repository, details: found)
        let issue = mapping.issue(wire)
        return issue.map { ($0, mapping.gaps + item.gaps(of: asked.request.repository, except: "labels")) }
      }
    }
  }

  private func ask<Node: Decodable & Sendable>(
    _ requests: [ItemRequest], _ kind: ItemKind, _ limit: WorkLimit, of type: Node.Type
  ) async throws -> [AskedItem<Node>] {
    let fetched = try await items.items(requests.map(\.id.rawValue), kind, limit: limit, of: type)
    return zip(requests, fetched).map { AskedItem(request: $0, item: $1) }
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension GitHubCodeHost: CheckRollupSource {
  public func checkRollups(again requests: [ItemRequest]) async throws -> [ItemAnswer<CheckRollup>] {
    try await ask(requests, .checkRollups, limits.rollups, of: PullRequestWire.self).map { asked in
      answer(asked) { wire, item in
        guard let rollup = wire.statusCheckRollup else { return item.errors.isEmpty ? (.passing, []) : nil }
        return rollup.state.flatMap(CheckRollup.init(gitHubState:)).map { ($0, []) }
      }
    }
  }
}

extension CheckRollup {
  /// The verdict behind a `StatusState`; `nil` for a word that is not known.
  fileprivate init?(gitHubState state: String) {
    switch state {
    case "SUCCESS": self = .passing
    case "FAILURE", "ERROR": self = .failing
    case "PENDING", "EXPECTED": self = .pending
    default: return nil
    }
  }
}

extension GitHubCodeHost {
  private func answer<Node, Element: Sendable>(
    _ asked: AskedItem<Node>, map: (Node, ItemFetch.Fetched<Node>) -> (Element, [SourceGap])?
  ) -> ItemAnswer<Element> { answer(asked.request.id, asked.item, map: map) }

  private func answer<Node, Element: Sendable>(
    _ id: SourceID, _ item: ItemFetch.Fetched<Node>,
    map: (Node, ItemFetch.Fetched<Node>) -> (Element, [SourceGap])?
  ) -> ItemAnswer<Element> {
    switch item.result {
    case .failure(let error): return ItemAnswer(id: id, result: .failure(error))
    case .success(nil): return ItemAnswer(id: id, result: .success(nil))
    case .success(let wire?):
      guard let (element, gaps) = map(wire, item) else {
        let reason = item.errors.first?.reason ?? Advice.unreadable
        let error = IntegrationError(
          .unexpectedResponse, service: .gitHub, operation: "read \(id.rawValue.prefix(60)) again", reason: reason)
        return ItemAnswer(id: id, result: .failure(error))
      }
      return ItemAnswer(id: id, result: .success(element), gaps: gaps)
    }
  }
}

/// An id that was asked for, with what became of it.
private struct AskedItem<Node: Decodable & Sendable> {
  var request: ItemRequest
  var item: ItemFetch.Fetched<Node>

  /// The lists that have to be fetched for it.
  func missing(_ parts: (Node, Repository) -> [DetailItem]) -> [DetailItem] {
    guard case .success(let node?) = item.result else { return [] }
    return parts(node, request.repository)
  }
}
