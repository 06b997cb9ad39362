public import KoalrCore

/// What goes wrong, and when.
///
/// ```swift
/// var plan = FailurePlan.outage(of: .snyk)
/// plan.fail(.changes, call: 2, with: .rateLimited)
/// plan.fail(.deployments, in: api.id, with: .forbidden)
/// plan.perform(at: .history, call: 3) { run.cancel() }
/// ```
public struct FailurePlan: Sendable {
  /// Nothing goes wrong.
  public static let none = FailurePlan()
  private(set) var rules: [Rule] = []

  /// Makes a plan by which nothing goes wrong.
  public init() {}

  /// A plan by which a service cannot be reached at all.
  public static func outage(of service: Connection.Service, code: IntegrationError.Code = .unavailable) -> Self {
    var plan = FailurePlan()
    for operation in MockOperation.allCases where operation.service == service { plan.fail(operation, with: code) }
    return plan
  }

  /// A plan by which a service does not know the credential: its test says so, and every other call fails.
  public static func deadCredential(of service: Connection.Service) -> Self { outage(of: service, code: .unauthorized) }

  /// Makes calls fail with this kind of error.
  ///
  /// - Parameters:
  ///   - operation: what is asked.
  ///   - call: which of the calls that fit, from 1; `nil` for all.
  ///   - repository: only what is asked about this repository. In a call about several, the others are answered.
  ///   - code: the kind of error.
  public mutating func fail(
    _ operation: MockOperation, call: Int? = nil, in repository: RepositoryID? = nil, with code: IntegrationError.Code
  ) {
    let error = IntegrationError(
      code, service: operation.service, operation: operation.rawValue, reason: "the test's failure plan says so")
    fail(operation, call: call, in: repository, with: error)
  }

  /// Makes calls fail with this error.
  public mutating func fail(
    _ operation: MockOperation, call: Int? = nil, in repository: RepositoryID? = nil, with error: IntegrationError
  ) {
    rules.append(Rule(operation: operation, call: call, repository: repository, outcome: .failure(error)))
  }

  /// Makes calls end as if their task had been cancelled.
  public mutating func cancel(_ operation: MockOperation, call: Int? = nil, in repository: RepositoryID? = nil) {
    rules.append(Rule(operation: operation, call: call, repository: repository, outcome: .cancellation))
  }

  /// Does something just before a call is answered: cancel the run, move a clock, let a change arrive.
  public mutating func perform(
    at operation: MockOperation, call: Int? = nil, in repository: RepositoryID? = nil,
    _ action: @escaping @Sendable () async -> Void
  ) {
    rules.append(Rule(operation: operation, call: call, repository: repository, outcome: .action(action)))
  }

  struct Rule: Sendable {
    var operation: MockOperation
    var call: Int?
    var repository: RepositoryID?
    var outcome: Outcome

    func fits(_ call: MockCall) -> Bool {
      call.operation == operation && (repository.map { call.repositories.contains($0) } ?? true)
    }
  }

  enum Outcome: Sendable {
    case failure(IntegrationError)
    case cancellation
    case action(@Sendable () async -> Void)
  }

  /// The rules that a call meets, `earlier` being the calls before it.
  func rules(for call: MockCall, after earlier: [MockCall]) -> [Rule] {
    rules.filter { rule in
      guard rule.fits(call) else { return false }
      return rule.call == nil || rule.call == earlier.count(where: rule.fits) + 1
    }
  }
}
