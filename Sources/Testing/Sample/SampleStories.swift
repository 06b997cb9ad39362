import KoalrCore

extension SampleStory {
  /// The repositories of the sample organisation.
  static let all: [SampleStory] = [
    SampleStory(
      name: "payments-api", language: "Kotlin", ending: "kt", team: "payments",
      areas: [
        Area("src/ledger", "payments", "posting balance reconcile refund", covered: 0.31),
        Area("src/gateway", "payments", "charge webhook retry token"), Area("src/fraud", "security", "rules velocity screening"),
        Area("src/http", "platform", "routes errors limits"),
      ], changes: 38, undecided: 4, merges: .merge, deployed: 0.7, fragility: 1.8, unreviewed: 0.1,
      coverage: Coverage(first: 0.71, last: 0.68)),
    SampleStory(
      name: "web-shop", language: "TypeScript", ending: "ts", team: "web",
      areas: [
        Area("src/cart", "web", "basket totals coupons shipping"), Area("src/catalog", "web", "grid filters product"),
        Area("src/checkout", "payments", "address payment summary"), Area("src/account", "web", "orders profile wishlist"),
      ], changes: 40, undecided: 5, deployed: 0.8, unreviewed: 0.06, coverage: Coverage(first: 0.64, last: 0.72)),
    SampleStory(
      name: "mobile-app", language: "Swift", ending: "swift", team: "mobile",
      areas: [
        Area("App/Home", "mobile", "feed banner search"), Area("App/Wallet", "mobile", "cards receipts transfer"),
        Area("App/Login", "security", "biometrics session consent"), Area("Shared/Network", "mobile", "client cache offline"),
      ], changes: 32, undecided: 3, codeOwners: .at("CODEOWNERS"), deployed: 0.25, unreviewed: 0.18,
      coverage: Coverage(first: 0.82, last: 0.61)),
    SampleStory(
      name: "infra-terraform", language: "HCL", ending: "tf", team: "platform",
      areas: [
        Area("network", "platform", "vpc peering dns"), Area("clusters", "platform", "nodes autoscaling ingress"),
        Area("iam", "security", "roles policies audit"), Area("databases", "platform", "primary replicas backups"),
      ], changes: 27, undecided: 2, merges: .merge, deployed: 0.5, fragility: 1.3, unreviewed: 0.15),
    SampleStory(
      name: "data-pipeline", language: "Python", ending: "py", team: "data",
      areas: [
        Area("ingest", "data", "orders clicks payouts"), Area("transform", "data", "sessions revenue cohorts"),
        Area("export", "data", "warehouse reports feeds"), Area("schedules", "platform", "hourly daily backfill"),
      ], changes: 31, undecided: 3, codeOwners: .broken("docs/CODEOWNERS"), deployed: 0.4, fragility: 1.4,
      coverage: Coverage(first: 0.38, last: 0.57)),
    SampleStory(
      name: "design-system", language: "TypeScript", ending: "tsx", team: "web",
      areas: [
        Area("components/forms", "web", "input select checkbox"), Area("components/layout", "web", "stack grid drawer"),
        Area("tokens", "web", "colors spacing type"),
      ], changes: 26, undecided: 2, coverage: Coverage(first: 0.88, last: 0.9), visibility: .public),
    SampleStory(
      name: "auth-service", language: "Go", ending: "go", team: "security",
      areas: [
        Area("internal/session", "security", "store cookie refresh"), Area("internal/oidc", "security", "claims keys discovery"),
        Area("internal/policy", "security", "roles scopes"), Area("cmd/server", "platform", "main health"),
      ], changes: 29, undecided: 3, merges: .merge, deployed: 0.8, fragility: 1.8, unreviewed: 0.02,
      coverage: Coverage(first: 0.8, last: 0.81),
      isPaged: true),
    SampleStory(
      name: "search-indexer", language: "Rust", ending: "rs", team: "data",
      areas: [
        Area("src/index", "data", "segments merge writer"), Area("src/query", "data", "parser ranking facets"),
        Area("src/feed", "data", "consumer mapping"),
      ], changes: 25, undecided: 2, deployed: 0.5, fragility: 1.2, coverage: Coverage(first: 0.55, last: 0.52, lags: true)),
    SampleStory(
      name: "docs-site", language: "MDX", ending: "mdx", team: "web",
      areas: [Area("guides", "web", "install webhooks refunds"), Area("reference", "payments", "charges payouts errors")],
      changes: 25, undecided: 2, codeOwners: .none, deployed: 0.9, fragility: 0.2, unreviewed: 0.3, visibility: .public),
    SampleStory(
      name: "legacy-billing", language: "Java", ending: "java", team: "payments",
      areas: [Area("src/invoice", "payments", "invoice tax dunning"), Area("src/batch", "payments", "nightly export")],
      changes: 6, merges: .merge, codeOwners: .at("CODEOWNERS"), deployed: 0.6, fragility: 2, archived: 45),
    SampleStory(name: "experiments"),
    SampleStory(
      name: "markdown-kit", language: "Go", ending: "go", team: "web",
      areas: [Area("render", "web", "blocks inline tables")], codeOwners: .none, visibility: .public, isFork: true),
  ]
}
