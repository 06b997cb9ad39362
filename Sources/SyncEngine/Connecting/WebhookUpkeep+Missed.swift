public import KoalrDomain
import KoalrIntegrationProtocols

/// What a search for missed deliveries found.
public struct MissedDeliveries: Sendable, Hashable {
  /// How many things were to be delivered since then, however often each was tried.
  public var looked = 0
  /// How many of them never arrived.
  public var missed = 0
  /// How many of those are delivered once more now.
  public var redelivered = 0
  /// What could not be asked for, and why, in sentences that are safe in any log.
  public var problems: [String] = []

  /// Makes a report of nothing.
  public init() {}
}

extension WebhookUpkeep {
  /// The most pages of deliveries that are read of one webhook.
  static let mostDeliveryPages = 100
  /// The most deliveries of one webhook that are asked for again at a time; a second lies between two.
  public static let mostRedeliveries = 500
  /// What failed this often will fail again.
  static let mostAttempts = 5

  /// Finds what failed to arrive since a time, while the receiver was down say, and has the service deliver it once more, oldest
  /// first. The newest attempt decides; what is under way is left alone.
  ///
  /// - Parameter since: the end of the service's memory when `nil` or earlier than that.
  public func redeliverMissed(since: Date? = nil) async throws -> MissedDeliveries {
    let memory = clock.now() - Double(registrar.redeliveryWindow.components.seconds)
    var report = MissedDeliveries()
    for webhook in try await webhooks() {
      guard let id = webhook.id, let target = try await target(of: webhook) else { continue }
      do {
        let missed = try await missed(of: id, on: target, since: max(since ?? memory, memory), &report)
        try await redeliver(missed, of: id, on: target, &report)
      } catch let error as IntegrationError {
        report.problems.append(error.description)
      }
    }
    return report
  }

  private func missed(
    of id: SourceID, on target: WebhookTarget, since: Date, _ report: inout MissedDeliveries
  ) async throws -> [DeliveryAttempt] {
    var attempts: [String: Int] = [:]
    var newest: [DeliveryAttempt] = []
    var cursor: Cursor?
    var isRead = false
    for _ in 0..<Self.mostDeliveryPages where !isRead {
      let page = try await registrar.deliveries(of: id, on: target, after: cursor)
      for delivery in page.elements where delivery.deliveredAt >= since {
        attempts[delivery.guid, default: 0] += 1
        if attempts[delivery.guid] == 1 { newest.append(delivery) }
      }
      isRead = page.next == nil || page.next == cursor || page.elements.last.map { $0.deliveredAt < since } == true
      cursor = page.next
    }
    if !isRead { report.problems.append("There are more deliveries of \(target) than are read; older ones were not looked at.") }
    let failed = newest.filter { $0.outcome == .failed && !$0.isPing }
    let hopeless = failed.count { attempts[$0.guid, default: 0] >= Self.mostAttempts }
    if hopeless > 0 {
      report.problems.append(
        "Not asked for again, because it failed \(Self.mostAttempts) times: \(hopeless) of the missed deliveries of \(target).")
    }
    report.looked += newest.count
    report.missed += failed.count
    return failed.filter { attempts[$0.guid, default: 0] < Self.mostAttempts }.reversed()
  }

  private func redeliver(
    _ missed: [DeliveryAttempt], of id: SourceID, on target: WebhookTarget, _ report: inout MissedDeliveries
  ) async throws {
    for delivery in missed.prefix(Self.mostRedeliveries) {
      try await registrar.redeliver(delivery.id, of: id, on: target)
      report.redelivered += 1
    }
    let left = missed.count - Self.mostRedeliveries
    if left > 0 { report.problems.append("\(left) more deliveries of \(target) were missed; do it again for them.") }
  }
}
