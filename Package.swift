// swift-tools-version: 6.3
import PackageDescription

// Folders carry plain names; a module is the folder's name with the prefix `Koalr`, because a client that has a `Domain`
// target of its own could not resolve a package with a bare one. Programs are named as one types them.
// The graph reads top-down: a target may import what it lists and nothing else (`.ci/check-layers.py` holds the table).

let package = Package(
  name: "koalr-core",
  platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
  products: [
    .library(
      name: "KoalrCore",
      targets: [
        "KoalrCore", "KoalrDomain", "KoalrCodeOwnersParser", "KoalrRiskModel", "KoalrDeliveryMetrics",
        "KoalrIntegrationProtocols", "KoalrStorage", "KoalrSyncEngine",
      ]),
    .library(name: "KoalrHTTPTransport", targets: ["KoalrHTTPTransport"]),
    .library(name: "KoalrGitHub", targets: ["KoalrGitHub"]),
    .library(name: "KoalrCodecov", targets: ["KoalrCodecov"]),
    .library(name: "KoalrSnyk", targets: ["KoalrSnyk"]),
    .library(name: "KoalrGitHistory", targets: ["KoalrGitHistory"]),
    .library(name: "KoalrCryptography", targets: ["KoalrCryptography"]),
    .library(name: "KoalrSQLiteStorage", targets: ["KoalrSQLiteStorage"]),
    .library(name: "KoalrTesting", targets: ["KoalrTesting"]),
    .executable(name: "full-sync", targets: ["full-sync"]),
    .executable(name: "who-owns", targets: ["who-owns"]),
    .executable(name: "webhook-receiver", targets: ["webhook-receiver"]),
  ],
  traits: [
    .trait(name: "SQLite", description: "KoalrSQLiteStorage, on the system's libsqlite3 (Debian: libsqlite3-dev)."),
    .trait(
      name: "HTTPServer", description: "webhook-receiver, on the system's libmicrohttpd (Debian: libmicrohttpd-dev)."),
  ],
  targets: [
    // Core: values in, values out.
    .target(name: "KoalrDomain", path: "Sources/Domain"),
    .target(name: "KoalrCodeOwnersParser", dependencies: ["KoalrDomain"], path: "Sources/CodeOwnersParser"),
    .target(name: "KoalrRiskModel", dependencies: ["KoalrDomain", "KoalrCodeOwnersParser"], path: "Sources/RiskModel"),
    .target(
      name: "KoalrDeliveryMetrics", dependencies: ["KoalrDomain", "KoalrCodeOwnersParser"], path: "Sources/DeliveryMetrics"),

    // Seams: what may be swapped.
    .target(name: "KoalrIntegrationProtocols", dependencies: ["KoalrDomain"], path: "Sources/IntegrationProtocols"),
    .target(name: "KoalrStorage", dependencies: ["KoalrDomain"], path: "Sources/Storage"),

    // Engine.
    .target(
      name: "KoalrSyncEngine",
      dependencies: [
        "KoalrDomain", "KoalrCodeOwnersParser", "KoalrRiskModel", "KoalrDeliveryMetrics", "KoalrIntegrationProtocols",
        "KoalrStorage",
      ],
      path: "Sources/SyncEngine"),
    .target(
      name: "KoalrCore",
      dependencies: [
        "KoalrDomain", "KoalrCodeOwnersParser", "KoalrRiskModel", "KoalrDeliveryMetrics", "KoalrIntegrationProtocols",
        "KoalrStorage", "KoalrSyncEngine",
      ],
      path: "Sources/KoalrCore"),

    // Adapters: one vendor each; deleting one never touches the core.
    .target(
      name: "KoalrHTTPTransport", dependencies: ["KoalrDomain", "KoalrIntegrationProtocols"], path: "Sources/HTTPTransport"),
    .target(
      name: "KoalrGitHub",
      dependencies: ["KoalrDomain", "KoalrIntegrationProtocols", "KoalrHTTPTransport", "KoalrCryptography"],
      path: "Sources/GitHub"),
    .target(
      name: "KoalrCodecov", dependencies: ["KoalrDomain", "KoalrIntegrationProtocols", "KoalrHTTPTransport"],
      path: "Sources/Codecov"),
    .target(
      name: "KoalrSnyk", dependencies: ["KoalrDomain", "KoalrIntegrationProtocols", "KoalrHTTPTransport"], path: "Sources/Snyk"),
    .target(name: "CKoalrSpawn", path: "Sources/CKoalrSpawn"),
    .target(
      name: "KoalrGitHistory", dependencies: ["KoalrDomain", "KoalrIntegrationProtocols", "CKoalrSpawn"],
      path: "Sources/GitHistory"),

    // Storage that survives the process. Without its trait the module is empty, and the C library is not looked for.
    .target(name: "KoalrCryptography", dependencies: ["KoalrDomain", "KoalrStorage"], path: "Sources/Cryptography"),
    .systemLibrary(name: "CKoalrSQLite", path: "Sources/CKoalrSQLite"),
    .target(
      name: "KoalrSQLiteStorage",
      dependencies: ["KoalrDomain", "KoalrStorage", .target(name: "CKoalrSQLite", condition: .when(traits: ["SQLite"]))],
      path: "Sources/SQLiteStorage"),

    // Faces.
    .target(name: "KoalrTesting", dependencies: ["KoalrCore"], path: "Sources/Testing"),
    .executableTarget(
      name: "full-sync",
      dependencies: [
        "KoalrCore", "KoalrGitHub", "KoalrCodecov", "KoalrSnyk", "KoalrGitHistory", "KoalrHTTPTransport", "KoalrCryptography",
        "KoalrSQLiteStorage", "KoalrTesting",
      ],
      path: "Examples/full-sync",
      exclude: ["README.md", "expected-output.txt"]),
    .executableTarget(
      name: "who-owns", dependencies: ["KoalrCore", "KoalrGitHistory"], path: "Examples/who-owns",
      exclude: ["README.md", "expected-output.txt"]),
    .systemLibrary(name: "CKoalrMicrohttpd", path: "Sources/CKoalrMicrohttpd"),
    .executableTarget(
      name: "webhook-receiver",
      dependencies: [
        "KoalrCore", "KoalrGitHub", "KoalrGitHistory", "KoalrHTTPTransport", "KoalrCryptography", "KoalrSQLiteStorage",
        .target(name: "CKoalrMicrohttpd", condition: .when(traits: ["HTTPServer"])),
      ],
      path: "Examples/webhook-receiver",
      exclude: ["README.md"]),

    // Tests. `PeerSupport` starts the servers that integration tests run against, `RecordSupport` makes random records.
    .target(name: "PeerSupport", dependencies: ["KoalrCore", "CKoalrSpawn"], path: "Tests/PeerSupport"),
    .target(name: "RecordSupport", dependencies: ["KoalrCore"], path: "Tests/RecordSupport"),
    .testTarget(name: "DomainTests", dependencies: ["KoalrDomain"], path: "Tests/DomainTests"),
    .testTarget(
      name: "CodeOwnersParserTests", dependencies: ["KoalrDomain", "KoalrCodeOwnersParser", "KoalrTesting", "PeerSupport"],
      path: "Tests/CodeOwnersParserTests"),
    .testTarget(
      name: "RiskModelTests", dependencies: ["KoalrDomain", "KoalrCodeOwnersParser", "KoalrRiskModel", "KoalrTesting"],
      path: "Tests/RiskModelTests"),
    .testTarget(
      name: "DeliveryMetricsTests",
      dependencies: ["KoalrDomain", "KoalrCodeOwnersParser", "KoalrDeliveryMetrics", "KoalrTesting"],
      path: "Tests/DeliveryMetricsTests"),
    .testTarget(name: "StorageTests", dependencies: ["KoalrCore", "KoalrTesting", "RecordSupport"], path: "Tests/StorageTests"),
    .testTarget(
      name: "HTTPTransportTests", dependencies: ["KoalrCore", "KoalrHTTPTransport", "KoalrTesting"],
      path: "Tests/HTTPTransportTests"),
    .testTarget(
      name: "GitHubTests",
      dependencies: [
        "KoalrCore", "KoalrHTTPTransport", "KoalrGitHub", "KoalrCryptography", "KoalrTesting", "PeerSupport",
      ],
      path: "Tests/GitHubTests"),
    .testTarget(
      name: "CodecovTests", dependencies: ["KoalrCore", "KoalrHTTPTransport", "KoalrCodecov", "KoalrTesting", "PeerSupport"],
      path: "Tests/CodecovTests"),
    .testTarget(
      name: "SnykTests", dependencies: ["KoalrCore", "KoalrHTTPTransport", "KoalrSnyk", "KoalrTesting", "PeerSupport"],
      path: "Tests/SnykTests"),
    .testTarget(
      name: "GitHistoryTests", dependencies: ["KoalrCore", "KoalrGitHistory", "KoalrTesting", "PeerSupport"],
      path: "Tests/GitHistoryTests"),
    .testTarget(
      name: "CryptographyTests", dependencies: ["KoalrCore", "KoalrCryptography", "KoalrTesting", "PeerSupport"],
      path: "Tests/CryptographyTests"),
    .testTarget(
      name: "SQLiteStorageTests",
      dependencies: [
        "KoalrCore", "KoalrCryptography", "KoalrSQLiteStorage", "KoalrTesting", "PeerSupport", "RecordSupport",
        .target(name: "CKoalrSQLite", condition: .when(traits: ["SQLite"])),
      ],
      path: "Tests/SQLiteStorageTests",
      exclude: ["Fixtures"]),
    .testTarget(name: "SyncEngineTests", dependencies: ["KoalrCore", "KoalrTesting"], path: "Tests/SyncEngineTests"),
    .testTarget(name: "TestingTests", dependencies: ["KoalrCore", "KoalrTesting"], path: "Tests/TestingTests"),
    .testTarget(
      name: "AdapterContractTests",
      dependencies: [
        "KoalrCore", "KoalrHTTPTransport", "KoalrGitHub", "KoalrCodecov", "KoalrSnyk", "KoalrGitHistory", "KoalrTesting",
        "PeerSupport",
      ],
      path: "Tests/AdapterContractTests"),
    .testTarget(
      name: "FollowingTests",
      dependencies: [
        "KoalrCore", "KoalrHTTPTransport", "KoalrGitHub", "KoalrGitHistory", "KoalrCryptography", "KoalrSQLiteStorage",
        "KoalrTesting", "PeerSupport", "webhook-receiver",
      ],
      path: "Tests/FollowingTests"),
    .executableTarget(
      name: "store-soak", dependencies: ["KoalrCore", "KoalrSQLiteStorage", "KoalrTesting", "PeerSupport"],
      path: "Tests/StoreSoak"),
    .target(
      name: "CKoalrBaseline",
      dependencies: [.target(name: "CKoalrSQLite", condition: .when(traits: ["SQLite"]))],
      path: "Tests/CKoalrBaseline",
      cSettings: [.define("KOALR_SQLITE", .when(traits: ["SQLite"]))]),
    .executableTarget(
      name: "benchmarks",
      dependencies: [
        "KoalrCore", "KoalrGitHub", "KoalrCryptography", "KoalrSQLiteStorage", "KoalrTesting", "PeerSupport",
        "CKoalrBaseline",
      ],
      path: "Tests/Benchmarks"),
    .testTarget(
      name: "FullSyncTests", dependencies: ["KoalrCore", "KoalrTesting", "PeerSupport"], path: "Tests/FullSyncTests"),
    .testTarget(name: "WhoOwnsTests", dependencies: ["PeerSupport"], path: "Tests/WhoOwnsTests"),

    // The queue under `kill -9`, and its numbers. It starts itself as the workers.
    .executableTarget(
      name: "queue-soak",
      dependencies: ["KoalrCore", "KoalrSQLiteStorage", "KoalrTesting", "CKoalrSpawn"],
      path: "Tests/QueueSoak"),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets where !target.name.hasPrefix("CKoalr") {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .treatAllWarnings(as: .error),
  ]
}
