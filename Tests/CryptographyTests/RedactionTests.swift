import KoalrCore
import KoalrCryptography
import Testing

struct RedactionTests {
  private typealias Sample = KeyringSample

  /// Every way a value may reach a log.
  private static func renderings(of value: Any) -> String {
    var dumped = ""
    dump(value, to: &dumped)
    // A dump writes each element of a list in a line of its own.
    let elements = dumped.split(separator: "\n").map { $0.drop { " -▿".contains($0) } }.joined(separator: ", ")
    let children = Mirror(reflecting: value).children.map { "\($0)" }
    return (["\(value)", String(reflecting: value), String(describing: Optional(value)), dumped, elements] + children)
      .joined(separator: "\n")
  }

  /// What must not be seen: keys as base64, as hexadecimal and as lists of numbers, and the secret, plain and in base64.
  private static let signs = [
    "AAECAwQFBgcICQ", "000102030405", "0, 1, 2, 3, 4", "ICEiIyQlJicoKS", "20212223", "32, 33, 34, 35", "hunter2", "aHVudGVyMi",
    "h1bnRlcjIt", "odW50ZXIyLW",
  ]

  @Test func `no rendering shows a key or a secret`() async throws {
    let keys = try SealingKeys(text: Sample.lines[0] + "\n" + Sample.lines[1])
    let sealer = KeyringSealer(keys: keys)
    let storage = InMemorySealedSecrets()
    let store = SealedSecretStore(storage, sealer: sealer)
    let place = Sample.place()
    try await store.save(Sample.secret(), name: place.name, connection: place.connection)
    let sealed = try #require(try await storage.sealed(at: place))
    let values: [Any] = [
      keys, sealer, storage, store, sealed, place, try AES256GCM(key: (0..<32).map { UInt8($0) }), try Sample.secret(),
      HMACSHA256.self,
    ]
    for value in values {
      let text = Self.renderings(of: value)
      for sign in Self.signs { #expect(!text.contains(sign), "\(type(of: value)) shows \(sign)") }
    }
    #expect("\(keys)" == "SealingKeys(2026-03, 2025-09: <redacted>)")
    #expect("\(sealer)" == "KeyringSealer(SealingKeys(2026-03, 2025-09: <redacted>))")
  }

  @Test func `no error shows a key or a secret`() throws {
    let sealer = try Sample.sealer(0)
    let sealed = try sealer.seal(Sample.secret(), for: Sample.place())
    let tries: [() throws -> Void] = [
      { _ = try SealingKeys(text: Sample.lines[0] + "\n" + Sample.lines[0]) },
      { _ = try SealingKeys(text: Sample.lines[0].replacing(":", with: " ")) },
      { _ = try SealingKeys(text: Sample.lines[0] + "!") },
      { _ = try SealingKeys(text: String(Sample.lines[0].dropLast(5)) + "=") },
      { _ = try SealingKeys(environment: ["KOALR_SEALING_KEYS": Sample.lines[0].replacing(":", with: ",")]) },
      { _ = try SealingKeys(environment: ["KOALR_SEALING_KEY_FILE": Sample.lines[0]]) },
      { _ = try AES256GCM(key: (0..<31).map { UInt8($0) }) },
      {
        _ = try AES256GCM(key: (0..<32).map { UInt8($0) }).open(Array("hunter2-in-the-clear-hunter2-".utf8), authenticating: [])
      },
      { _ = try sealer.open(sealed, from: Sample.place("snyk")) },
      { _ = try sealer.open(SealedSecret(rawValue: "hunter2"), from: Sample.place()) },
      { _ = try Sample.sealer(1).open(sealed, from: Sample.place()) },
      { _ = try sealer.seal(Sample.secret("hunter2" + String(repeating: "x", count: 70_000)), for: Sample.place()) },
    ]
    for (number, body) in tries.enumerated() {
      let error = #expect(throws: (any Error).self, "try \(number)") { try body() }
      let text = Self.renderings(of: error as Any)
      for sign in Self.signs { #expect(!text.contains(sign), "the error of try \(number) shows \(sign)") }
    }
  }
}
