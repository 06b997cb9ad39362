import KoalrCore

/// Everything an adapter needs to speak to a service for an organisation.
struct ServiceAccess {
  /// The id that records come under.
  var connection: ConnectionID
  var address: ServiceAddress
  /// At least one.
  var organizations: [String]
  var snykOrganization: String?
  var token: Secret
  /// What renews the token, where it expires.
  var renewing: RefreshingCredential?

  /// What is sent.
  var credential: any CredentialSource { renewing ?? token }
}

extension ServiceAccess {
  /// The organisation, the first where there are several.
  var organization: String { organizations[0] }
}

/// The services of one run.
struct RunAccess {
  var codeHost: ServiceAccess
  var coverage: ServiceAccess?
  var scanner: ServiceAccess?
  /// What a person chose for the code host, when it is a saved connection.
  var settings: Connection.Settings?
}
