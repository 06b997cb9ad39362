import KoalrCore
import KoalrTesting
import Testing

/// Expects that a contract names the promise that is broken.
func expectBroken(_ promise: some RawRepresentable<String>, _ check: () async throws -> Void) async {
  do {
    try await check()
    Testing.Issue.record("The contract did not notice that this is broken: \(promise.rawValue)")
  } catch let error as BrokenPromise {
    #expect(error.promise == promise.rawValue)
    #expect(!error.detail.isEmpty)
    #expect(error.description == "Broken promise: \(error.promise)\n\(error.detail)")
  } catch {
    Testing.Issue.record("The check threw something else: \(error)")
  }
}

/// What every broken source stands on.
let soundAdapters = SampleOrganisation.adapters(pageSizes: MockPageSizes(elements: 5, questions: 3))
let brokenSince = SampleOrganisation.now.addingTimeInterval(-45 * 86_400)

/// Leads from one page to another and back, for ever.
func endless(after cursor: Cursor?) -> Cursor { Cursor(cursor?.rawValue == "there" ? "here" : "there") }

func deadConnection(_ status: Connection.Status) -> Connection {
  Connection(
    id: ConnectionID(unchecked: "mock"), service: .gitHub, organization: nil, account: nil, status: status, message: "as it is")
}
