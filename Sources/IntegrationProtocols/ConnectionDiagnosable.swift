public import KoalrDomain

/// A service that can say in detail what a connection's credential is, what it may do, and what to do about the rest.
///
/// *Using one:* show the diagnosis to the person who set the connection up, and keep its `connection`.
/// *Writing one:* every refusal is an answer with one next step; throw only when the service could not be reached. The connection
/// test follows from the diagnosis by itself.
public protocol ConnectionDiagnosable: ConnectionTestable {
  /// Tries the credential in every organisation it is for.
  ///
  /// - Throws: ``IntegrationError`` when the service could not be reached, `CancellationError`.
  func diagnose() async throws -> ConnectionDiagnosis
}

extension ConnectionDiagnosable {
  /// Diagnoses the connection and returns the short form.
  public func testConnection() async throws -> Connection { try await diagnose().connection }
}
