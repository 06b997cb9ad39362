import KoalrCore

/// What a scanner found in the sample organisation. Packages, keys and CVE numbers are invented.
enum SampleFindings {
  /// The findings in one repository.
  static func findings(in story: SampleStory) -> [SecurityFinding] {
    table.enumerated().filter { $0.element.repository == story.name }.map { $0.element.finding($0.offset, in: story.id) }
  }

  /// A container image that belongs to no repository.
  static let stray: [SecurityFinding] = [
    Row(
      "base-image", "SMPL-DEB-GLINT-91011", "Reading out of bounds", "glint", "1.1.2", .high, .locally, fixed: "1.1.3", days: 33,
      target: "Dockerfile"
    ).finding(table.count, in: nil)
  ]

  private static let table: [Row] = [
    Row(
      "payments-api", "SMPL-JAVA-TINROOF-90011", "Unsafe reading of objects", "tinroof", "0.9.4", .critical, .everything,
      fixed: "0.9.6", days: 12, target: "manifest.lock"),
    Row(
      "payments-api", "SMPL-JAVA-PARSLEY-90012", "Disclosure of files", "parsley", "5.1.0", .high, .disclosure,
      fixed: "6.0.0", days: 48, target: "manifest.lock"),
    Row(
      "payments-api", "SMPL-DEB-COBALTZ-90013", "Denial of service", "cobaltz", "2.0.1", .high, .denial, fixed: nil, days: 70,
      target: "Dockerfile"),
    Row(
      "web-shop", "SMPL-JS-QUILLKIT-90021", "Script injection", "quillkit", "2.3.1", .medium, .script, fixed: "2.4.0", days: 30,
      target: "manifest.lock"),
    Row(
      "web-shop", "SMPL-JS-OAKUM-90022", "Slow pattern", "oakum", "1.8.0", .medium, .slowness, fixed: "1.8.2", days: 60,
      target: "manifest.lock", resolvedDays: 21),
    Row(
      "web-shop", "SMPL-LIC-FERNGRID-90023", "Licence GPL-3.0", "ferngrid", "3.2.0", .medium, nil, fixed: nil, days: 55,
      target: "manifest.lock"),
    Row(
      "mobile-app", "SMPL-SW-LATCH-90031", "Weak random numbers", "latch", "4.0.0", .medium, .weakness, fixed: "4.0.1", days: 80,
      target: "manifest.lock", ignored: true),
    Row(
      "infra-terraform", "SMPL-CFG-OPENPORT-90041", "Port open to the world", nil, nil, .high, nil, fixed: nil, days: 26,
      target: "network/vpc.tf"),
    Row(
      "data-pipeline", "SMPL-PY-RIVULET-90051", "Execution of code", "rivulet", "1.4.7", .critical, .everything,
      fixed: "1.5.0", days: 5, target: "manifest.lock"),
    Row(
      "data-pipeline", "SMPL-PY-QUARTO-90052", "Slow pattern", "quarto-lines", "0.7.1", .medium, .slowness, fixed: "0.7.3",
      days: 40, target: "manifest.lock", resolvedDays: 9),
    Row(
      "auth-service", "SMPL-GO-SEALWAX-90061", "Signature not checked", "sealwax", "1.2.0", .high, .disclosure, fixed: "1.2.1",
      days: 3, target: "manifest.lock"),
    Row(
      "search-indexer", "SMPL-RS-BRACKEN-90071", "Memory used after it was freed", "bracken", "0.3.9", .high, .locally,
      fixed: "0.4.0", days: 22, target: "manifest.lock"),
    Row(
      "legacy-billing", "SMPL-JAVA-TINROOF-90011", "Unsafe reading of objects", "tinroof", "0.8.0", .critical, .everything,
      fixed: "0.9.6", days: 120, target: "manifest.lock", ignored: true),
    Row(
      "design-system", "SMPL-JS-PEBBLE-90081", "Unlimited reading", "pebble-css", "2.2.2", .low, .nuisance, fixed: nil,
      days: 64, target: "manifest.lock"),
  ]
}
