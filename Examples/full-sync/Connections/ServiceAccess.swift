import KoalrCore

/// Everything an adapter needs to speak to a service for an organisation.
struct ServiceAccess {
  /// The id that records come under.
  var connection: ConnectionID
  var address: ServiceAddress
  var organization: String
  var snykOrganization: String?
  var token: Secret
  /// What renews the token, where it expires.
  var renewing: RefreshingCredential?

  /// What is sent.
  var credential: any CredentialSource { renewing ?? token }
}

/// The services of one run.
struct OrganizationAccess {
  var codeHost: ServiceAccess
  var coverage: ServiceAccess?
  var scanner: ServiceAccess?
}
