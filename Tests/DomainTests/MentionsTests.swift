import KoalrDomain
import Testing

struct MentionsTests {
  @Test(arguments: [
    ("Started after deployment of 0123abcdef45.", ["0123abcdef45"]), ("Broken since #12, see (#3)", ["#12", "#3"]),
    ("https://github.com/acme/api/pull/12#issue", ["#12"]), ("https://github.com/acme/api/commit/0123abc", ["0123abc"]),
    ("other/api#12 and a#12", []), ("20261120 1234567", []), ("deadbee", ["deadbee"]), ("defaced added", ["defaced"]),
    ("#0 #x # 12", []), ("0123ABC", []), ("été0123abc", []), ("#12 #12", ["#12"]),
    (String(repeating: "1", count: 40), [String(repeating: "1", count: 40)]), ("", []),
  ])
  func `a text names commits and changes`(text: String, expected: [String]) {
    #expect(Mentions.find(in: text) == expected)
  }

  @Test func `no text names more than are kept`() {
    let text = (1...100).map { "#\($0)" }.joined(separator: " ")
    #expect(Mentions.find(in: nil, text).count == Issue.maximumMentions)
  }
}
