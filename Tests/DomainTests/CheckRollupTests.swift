import KoalrDomain
import Testing

struct CheckRollupTests {
  @Test(arguments: [
    ([], CheckRollup.passing), (["success", "neutral", "skipped"], .passing), (["success", "failure"], .failing),
    (["error"], .failing), (["timed_out"], .failing), (["cancelled"], .failing), (["action_required"], .failing),
    (["failure", nil], .pending), ([nil, "failure"], .pending),
  ])
  func `checks are summed up as GitHub does`(_ conclusions: [String?], _ expected: CheckRollup) {
    #expect(conclusions.map { Check(name: "build", conclusion: $0, completedAt: nil) }.rollup == expected)
  }
}
