public import KoalrDomain
public import KoalrIntegrationProtocols

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension GitHubCodeHost: ConnectionDiagnosable {
  public var connectionID: ConnectionID? { connection }

  public func diagnose() async throws -> ConnectionDiagnosis {
    let doctor = Doctor(
      host: host, organizations: organizations, form: tokenForm, rest: rest, graphQL: graphQL, clock: clock)
    let report = DiagnosisReport(
      id: connection, host: host, organizations: organizations, form: tokenForm, examination: try await doctor.examine(),
      now: clock.now())
    return report.diagnosis
  }
}
