import KoalrDomain
import KoalrHTTPTransport
import KoalrIntegrationProtocols

/// Reads one list of many repositories, several repositories to a call, and asks for less when GitHub cannot do as much.
struct RepositoryLists: Sendable {
  let graphQL: GraphQLClient
  let totals: RepositoryTotals
  let carried: CarriedPages

  /// One repository's answer.
  struct Answered<Node: JSONReadable & Sendable>: Sendable {
    var request: RepositoryPageRequest
    var position: PagePosition?
    /// The page; `nil` when nothing had to be asked.
    var list: Result<ListWire<Node>, IntegrationError>?
    /// What is wrong with parts of it.
    var errors: [GraphQLErrorWire] = []
    /// Which of the kind's selections was asked for.
    var level = 0
  }

  /// Answers as many requests from the front as fit into one call.
  func pages<Node: JSONReadable & Sendable>(
    _ requests: [RepositoryPageRequest], _ kind: RepositoryListKind, limit: WorkLimit, of type: Node.Type
  ) async throws -> [Answered<Node>] {
    var level = 0
    var isSecondTry = false
    // One item may have met a bad moment: the same is asked for once more before less is.
    func retreat() {
      if isSecondTry { level += 1 }
      isSecondTry.toggle()
    }
    while true {
      var plan = PagePlan(requests, kind: kind, itemLimit: level == 0 ? limit.current : 1, totals: totals)
      guard plan.items > 0 else { return plan.asks.map(unasked) }
      switch try await graphQL.ask(kind.query(plan, level: level), for: AliasedWire<RepositoryListWire<Node>>.self) {
      case .answered(let answer):
        let asked = plan.items
        guard let hit = firstOverloaded(plan, answer.errors) else {
          limit.answered(asked)
          return read(plan, answer, kind, level)
        }
        limit.tooMuch(asked)
        plan.cut(at: hit)
        if plan.items > 0 { return read(plan, answer, kind, level) }
        if asked == 1 { retreat() }
      case .overloaded:
        limit.tooMuch(plan.items)
        if plan.items == 1 { retreat() }
      }
      if level >= kind.selections.count { return [failed(requests[plan.firstAsked], kind)] }
    }
  }

  private func read<Node: JSONReadable & Sendable>(
    _ plan: PagePlan, _ answer: GraphQLAnswer<AliasedWire<RepositoryListWire<Node>>>, _ kind: RepositoryListKind, _ level: Int
  ) -> [Answered<Node>] {
    plan.asks.enumerated().map { index, ask in
      guard ask.size > 0 else { return unasked(ask) }
      let errors = answer.errors.filter { $0.alias == nil || $0.alias == "r\(index)" }
      let operation = "list \(kind.noun) of \(ask.request.repository.name)"
      guard let list = answer.data.values["r\(index)"]?.list else {
        let error =
          errors.first?.asIntegrationError(operation: operation)
          ?? IntegrationError(.unexpectedResponse, service: .gitHub, operation: operation, reason: Advice.leftOut)
        return Answered(request: ask.request, position: ask.position, list: .failure(error), errors: errors)
      }
      return Answered(request: ask.request, position: ask.position, list: .success(list), errors: errors, level: level)
    }
  }

  private func unasked<Node>(_ ask: PagePlan.Ask) -> Answered<Node> {
    Answered(request: ask.request, position: nil, list: ask.refusal.map { .failure($0) })
  }

  private func firstOverloaded(_ plan: PagePlan, _ errors: [GraphQLErrorWire]) -> Int? {
    let hit = errors.filter(\.isOverload)
    guard !hit.isEmpty else { return nil }
    return plan.asks.indices.first { index in
      plan.asks[index].size > 0 && hit.contains { $0.alias == nil || $0.alias == "r\(index)" }
    }
  }

  private func failed<Node>(_ request: RepositoryPageRequest, _ kind: RepositoryListKind) -> Answered<Node> {
    let error = IntegrationError(
      .unavailable, service: .gitHub, operation: "list \(kind.noun) of \(request.repository.name)", reason: Advice.tooMuchAtOnce)
    return Answered(request: request, position: nil, list: .failure(error))
  }
}
