public import KoalrDomain
public import KoalrIntegrationProtocols
import KoalrHTTPTransport

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension GitHubCodeHost: ConnectionDiagnosable {
  public var connectionID: ConnectionID? { connection }

  public func diagnose() async throws -> ConnectionDiagnosis {
    let (form, examination) = try await examine()
    let report = DiagnosisReport(
      id: connection, host: host, organizations: organizations, form: form, examination: examination, now: clock.now())
    return report.diagnosis
  }

  private func examine() async throws -> (TokenForm, Examination) {
    var form = TokenForm.unknown
    do {
      form = TokenForm(try await credential.token())
      let doctor = Doctor(
        host: host, organizations: organizations, form: form, rest: rest, graphQL: graphQL, clock: clock)
      return (form, try await doctor.examine())
    } catch let error as IntegrationError where error.code == .unauthorized {
      // The token renews itself, and can do so no more.
      return (form, Examination(caller: .nobody(reason: error.reason), grant: TokenGrant([:])))
    }
  }
}
