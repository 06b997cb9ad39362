/// What makes a record of the code host an incident, how sure that is, and when two reports are of the same.
///
/// The confidences are how likely a report of each kind is to be of a time when users were hurt. Their order is the one measured in a
/// made-up organisation whose truth is known (`benchmarks incidents`, three seeds of 60 repositories): 21 of 21 tickets were right, 61
/// of 72 reverts of what production had, none of 92 other reverts and none of 78 deployments that failed by themselves. A real
/// organisation is not so clear, so that what was never right there keeps some weight.
public struct IncidentRules: Hashable, Sendable {
  /// Labels that make a ticket an incident, in lower case; `severity: sev1` and `kind/incident` are labels `sev1` and `incident`.
  public var labels: Set<String>
  /// Environments whose users are real: whole names, or words of a name such as `eu-production`; in lower case.
  public var environments: Set<String>
  /// How long after an incident's beginning, or until its end, a ticket that names no cause is taken for a report of it, in hours.
  public var joiningHours: Double
  /// How soon the same commit has to be deployed well for a failure before it to be a bad attempt only, in minutes.
  public var retryMinutes: Double
  /// How sure each kind of evidence is.
  public var confidence: Confidence

  /// The labels that mean an incident where nothing else is said.
  public static let usualLabels: Set<String> = [
    "incident", "outage", "postmortem", "post-mortem", "sev0", "sev1", "sev2", "sev-0", "sev-1", "sev-2",
  ]
  /// The environments that are production where nothing else is said.
  public static let usualEnvironments: Set<String> = ["prod", "production", "live"]

  /// Makes rules.
  public init(
    labels: Set<String> = usualLabels, environments: Set<String> = usualEnvironments, joiningHours: Double = 24,
    retryMinutes: Double = 60, confidence: Confidence = Confidence()
  ) {
    precondition(joiningHours >= 0 && retryMinutes >= 0, "Times to join by cannot be negative.")
    self.labels = Set(labels.map { $0.lowercased() })
    self.environments = Set(environments.map { $0.lowercased() })
    self.joiningHours = joiningHours
    self.retryMinutes = retryMinutes
    self.confidence = confidence
  }

  /// How sure each kind of evidence is that users were hurt, 0 to 1.
  public struct Confidence: Hashable, Sendable {
    /// A ticket with a label: a person's word.
    public var label = 0.9
    /// A revert of what had reached production.
    public var revert = 0.8
    /// A revert where nobody says what reached production.
    public var revertOfUnknownReach = 0.4
    /// A revert of what production never had.
    public var revertBeforeProduction = 0.25
    /// A deployment that was good at first and failed then.
    public var failureAfterSuccess = 0.8
    /// A deployment that failed: mostly caught by its own checks, with the version before still in place.
    public var failure = 0.3
    /// A deployment that failed and was good when tried again, or could not be carried out (`error`).
    public var failedAttempt = 0.2

    /// The defaults.
    public init() {}
  }

  /// Whether a label says that a ticket is an incident.
  func isIncident(_ label: String) -> Bool {
    let whole = label.lowercased()
    if labels.contains(whole) { return true }
    guard let last = whole.split(whereSeparator: { $0 == ":" || $0 == "/" }).last else { return false }
    let word = last.drop { !$0.isLetter && !$0.isNumber }
    return labels.contains(String(word.reversed().drop { !$0.isLetter && !$0.isNumber }.reversed()))
  }

  /// Whether users meet what is deployed there: `eu-production`, not `products-test`, `pre-production` or `production-preview`.
  func isProduction(_ environment: String) -> Bool {
    let name = environment.lowercased()
    if environments.contains(name) { return true }
    let words = name.split { !$0.isLetter }.map(String.init)
    return words.contains(where: environments.contains) && !words.contains(where: Self.rehearsals.contains)
  }

  /// Words that say users do not meet it, whatever else the name says.
  private static let rehearsals: Set<String> = [
    "pre", "non", "not", "preview", "staging", "stage", "test", "testing", "dev", "development", "sandbox",
  ]
}
