public import KoalrDomain

/// Why a service did not do what it was asked for, and what to do about it.
public struct IntegrationError: Error, Sendable {
  /// What kind of failure.
  public var code: Code
  /// The service.
  public var service: Connection.Service
  /// What was tried: "list pull requests of acme/api".
  public var operation: String
  /// Why it failed and what to do next: one or two sentences, safe in any log.
  public var reason: String
  /// Whether, and when, it is worth trying again.
  public var retry: RetryAdvice
  /// The error behind it.
  public var underlying: (any Error)?

  /// Makes an error.
  public init(
    _ code: Code, service: Connection.Service, operation: String, reason: String, retry: RetryAdvice? = nil,
    underlying: (any Error)? = nil
  ) {
    self.code = code
    self.service = service
    self.operation = operation
    self.reason = reason
    self.retry = retry ?? code.usualAdvice
    self.underlying = underlying
  }

  /// Whether, and when, to try again.
  public enum RetryAdvice: Hashable, Sendable {
    /// It will fail again until a person does something.
    case never
    /// It may work at once, or a little later.
    case soon
    /// The service named a time.
    case after(Duration)
  }

  /// A kind of failure; may grow.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Kind: String {
      case unauthorized, forbidden, notFound, rateLimited, unavailable, unexpectedResponse, tooLarge, misconfigured,
        conflict
    }
    private let kind: Kind
    /// The credential is wrong, expired or revoked.
    public static let unauthorized = Self(kind: .unauthorized)
    /// The credential is good and may not do this.
    public static let forbidden = Self(kind: .forbidden)
    /// It does not exist, or the credential may not know that it does.
    public static let notFound = Self(kind: .notFound)
    /// The service asked to slow down.
    public static let rateLimited = Self(kind: .rateLimited)
    /// The service could not be reached or failed by itself.
    public static let unavailable = Self(kind: .unavailable)
    /// The answer could not be understood.
    public static let unexpectedResponse = Self(kind: .unexpectedResponse)
    /// The answer is larger than we accept.
    public static let tooLarge = Self(kind: .tooLarge)
    /// Something on our side has to be set first: a missing program, a bad address.
    public static let misconfigured = Self(kind: .misconfigured)
    /// It clashes with what is there already.
    public static let conflict = Self(kind: .conflict)
    /// The kind as one word.
    public var description: String { kind.rawValue }

    fileprivate var usualAdvice: RetryAdvice {
      switch kind {
      case .unavailable, .rateLimited: .soon
      default: .never
      }
    }
  }
}

extension IntegrationError: CustomStringConvertible, CustomDebugStringConvertible {
  /// One sentence, safe in any log.
  public var description: String { "\(service): could not \(operation): \(reason)" }
  /// The sentence, the code and the error behind it.
  public var debugDescription: String {
    "\(description) [\(code)]" + (underlying.map { " (\(String(describing: $0)))" } ?? "")
  }
}
