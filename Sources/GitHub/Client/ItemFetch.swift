import KoalrDomain
import KoalrIntegrationProtocols

/// Reads single items by their ids, as many as cost one point, fewer when that is too much for GitHub.
struct ItemFetch: Sendable {
  let graphQL: GraphQLClient

  /// What became of one id.
  struct Fetched<Node: Decodable & Sendable>: Sendable {
    var id: String
    /// Its place in its field of the answer, which the paths of errors name.
    var index = 0
    /// The item, or `nil` when it is gone.
    var result: Result<Node?, IntegrationError>
    /// What is wrong with parts of it.
    var errors: [GraphQLErrorWire] = []
    /// Which of the kind's selections was asked for.
    var level = 0
  }

  /// Answers as many ids from the front as fit into one call, at least one.
  ///
  /// - Throws: `IntegrationError` when GitHub refuses the whole, `CancellationError`.
  func items<Node: Decodable & Sendable>(
    _ ids: [String], _ kind: ItemKind, limit: WorkLimit, of type: Node.Type
  ) async throws -> [Fetched<Node>] {
    guard !ids.isEmpty else { return [] }
    var level = 0
    var isSecondTry = false
    while true {
      let asked = Array(ids.prefix(level == 0 ? min(limit.current, kind.itemsPerCall) : 1))
      let fields = Self.fields(asked)
      switch try await graphQL.ask(kind.query(fields, level: level), for: AliasedWire<NodesWire<Node>>.self) {
      case .answered(let answer) where !answer.errors.contains(where: \.isOverload):
        limit.answered(asked.count)
        return read(fields, answer, kind, level)
      case .answered, .overloaded:
        limit.tooMuch(asked.count)
        guard asked.count == 1 else { continue }
        // One item may have met a bad moment: the same is asked for once more before less is.
        if isSecondTry { level += 1 }
        isSecondTry.toggle()
      }
      if level >= kind.selections.count { return [failed(asked[0], kind, .unavailable, Advice.tooMuchAtOnce)] }
    }
  }

  private static func fields(_ ids: [String]) -> [[String]] {
    stride(from: 0, to: ids.count, by: ItemKind.idsPerField).map { Array(ids[$0..<min($0 + ItemKind.idsPerField, ids.count)]) }
  }

  private func read<Node: Decodable & Sendable>(
    _ fields: [[String]], _ answer: GraphQLAnswer<AliasedWire<NodesWire<Node>>>, _ kind: ItemKind, _ level: Int
  ) -> [Fetched<Node>] {
    fields.enumerated().flatMap { number, ids in
      let slots = answer.data.values["n\(number)"]?.slots ?? []
      return ids.enumerated().map { index, id in
        let errors = answer.errors.filter { $0.concerns("n\(number)", index, id) }
        switch index < slots.count ? slots[index] : .null {
        case .item(let node): return Fetched(id: id, index: index, result: .success(node), errors: errors, level: level)
        case .unreadable: return failed(id, kind, .unexpectedResponse, Advice.unreadable)
        case .null where errors.contains { $0.type == "NOT_FOUND" }: return Fetched(id: id, result: .success(nil))
        case .null:
          // A null that nothing explains is no proof that the item is gone.
          let error = errors.first?.asIntegrationError(operation: operation(id, kind))
          return error.map { Fetched(id: id, result: .failure($0)) } ?? failed(id, kind, .unexpectedResponse, Advice.leftOut)
        }
      }
    }
  }

  private func failed<Node>(
    _ id: String, _ kind: ItemKind, _ code: IntegrationError.Code, _ reason: String
  ) -> Fetched<Node> {
    let error = IntegrationError(code, service: .gitHub, operation: operation(id, kind), reason: reason)
    return Fetched(id: id, result: .failure(error))
  }

  private func operation(_ id: String, _ kind: ItemKind) -> String { "read \(kind.noun) \(id.prefix(60)) again" }
}

extension ItemFetch.Fetched {
  /// What GitHub refused inside of the item, one gap a reason, but for the field that the mapping accounts for itself.
  func gaps(of repository: Repository, except field: String) -> [SourceGap] {
    var reasons: [String] = []
    for error in errors where !error.passes(field) && !reasons.contains(error.reason) { reasons.append(error.reason) }
    return reasons.map { SourceGap("parts of the answer", of: repository, why: $0) }
  }
}

extension GraphQLErrorWire {
  /// Whether an error is about one slot of a field. The missing of a node is told with its id instead of its place.
  fileprivate func concerns(_ field: String, _ index: Int, _ id: String) -> Bool {
    guard let path else { return true }
    if let place = path.lazy.compactMap(\.asIndex).first { return path.first == .field(field) && place == index }
    return type == "NOT_FOUND" ? message?.contains("'\(id)'") == true : path.first == .field(field)
  }
}

extension GraphQLErrorWire.Step {
  fileprivate var asIndex: Int? { if case .index(let index) = self { index } else { nil } }
}
