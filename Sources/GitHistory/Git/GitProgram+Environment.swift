import KoalrDomain

#if !canImport(FoundationEssentials)
import Foundation
#endif

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension GitProgram {
  /// What a child takes over from the host: how to find programs, proxies and certificates.
  private static let inherited = [
    "PATH", "TMPDIR", "DEVELOPER_DIR", "http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTPS_PROXY", "ALL_PROXY",
    "NO_PROXY",
    "SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO", "GIT_SSL_CAPATH", "CURL_CA_BUNDLE",
  ]

  static func environment(_ place: Place) -> [String: String] {
    var variables: [String: String] = [
      "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_SYSTEM": "/dev/null",
      "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_REPLACE_OBJECTS": "1", "GIT_ATTR_NOSYSTEM": "1",
      // Older versions do not know this one; the empty list of transports below has the same effect.
      "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": place.remote?.scheme ?? "none",
    ]
    for name in inherited {
      if let value = getenv(name) { variables[name] = String(cString: value) }
    }
    // Configuration in the environment, because arguments can be read by everybody on the machine.
    let settings = place.remote?.settings ?? []
    variables["GIT_CONFIG_COUNT"] = "\(settings.count)"
    for (index, setting) in settings.enumerated() {
      variables["GIT_CONFIG_KEY_\(index)"] = setting.key
      variables["GIT_CONFIG_VALUE_\(index)"] = setting.value
    }
    return variables
  }

  /// Settings of every command; they win over the repository's own.
  static func settings(_ place: Place) -> [String] {
    let pairs = [
      // Reading runs nothing of a clone that belongs to somebody else, see the other settings.
      "safe.directory=*", "core.hooksPath=/dev/null", "core.fsmonitor=false", "core.quotePath=false", "core.pager=cat",
      "log.mailmap=false", "log.showSignature=false", "log.showRoot=true", "credential.helper=", "core.askPass=",
      "core.sshCommand=false", "core.alternateRefsCommand=:", "gc.auto=0", "maintenance.auto=false",
      "fetch.writeCommitGraph=false",
      "fetch.recurseSubmodules=false", "fetch.unpackLimit=1", "fetch.pruneTags=false", "fetch.prune=false",
      "fetch.showForcedUpdates=false", "transfer.bundleURI=false",
      // A header would follow a redirect to another host.
      "http.followRedirects=false", "http.lowSpeedLimit=500", "http.lowSpeedTime=60", "protocol.version=2",
    ]
    let folder = place.gitFolder.map { ["--git-dir=\($0)"] } ?? []
    return ["--no-pager"] + folder + pairs.flatMap { ["-c", $0] }
  }
}
