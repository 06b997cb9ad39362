import Foundation

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

extension TransportError {
  /// Puts an error of `URLSession` in our own words: its texts may hold the whole address, query string included.
  init(_ error: any Error) {
    guard let error = error as? URLError else {
      self = .unreachable("the connection failed")
      return
    }
    switch error.code {
    case .timedOut: self = .timedOut
    case .cannotFindHost, .dnsLookupFailed: self = .unreachable("the host name is not known; check the address")
    case .cannotConnectToHost: self = .unreachable("the host refused the connection; check the address and port")
    case .networkConnectionLost: self = .unreachable("the connection was lost")
    case .notConnectedToInternet: self = .unreachable("this machine has no network")
    // The address was checked before, so the last one is about what came back.
    case .badServerResponse, .unsupportedURL: self = .unreachable("the connection was reset, or the answer was not HTTP")
    default: self = .unreachable(Self.words(for: error))
    }
  }

  // curl's failures all arrive as "unknown" (-1) on Linux; only its message tells them apart, and only we say it.
  private static func words(for error: URLError) -> String {
    let underlying = error.userInfo[NSUnderlyingErrorKey] as? NSError
    let detail = [error.localizedDescription, underlying?.localizedDescription ?? ""].joined(separator: " ").lowercased()
    let isTLS = error.code == .secureConnectionFailed || error.code == .serverCertificateUntrusted
    if isTLS || detail.contains("ssl") || detail.contains("certificate") || detail.contains("tls") {
      return "the TLS connection was not accepted; install the service's certificate authority in the system's store"
    }
    if detail.contains("transfer closed") || detail.contains("partial file") {
      return "the connection closed before the whole answer had arrived"
    }
    if detail.contains("header") { return "the header of the answer could not be read" }
    return "the connection failed (URL loading error \(error.code.rawValue))"
  }
}
