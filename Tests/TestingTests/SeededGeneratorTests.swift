import KoalrCore
import KoalrTesting
import Testing

struct SeededGeneratorTests {
  @Test func `the same seed gives the same numbers`() {
    var first = SeededGenerator(seed: 42)
    var second = SeededGenerator(seed: 42)
    #expect((0..<100).map { _ in first.next() } == (0..<100).map { _ in second.next() })
  }

  @Test func `the first numbers are those of SplitMix64`() {
    var generator = SeededGenerator(seed: 0)
    #expect(generator.next() == 0xE220_A839_7B1D_CDAF)
    #expect(generator.next() == 0x6E78_9E6A_A1B9_65F4)
  }

  @Test func `numbers stay in their range and reach both ends`() {
    var generator = SeededGenerator(seed: "range")
    let numbers = (0..<1000).map { _ in generator.number(in: -2...3) }
    #expect(Set(numbers) == [-2, -1, 0, 1, 2, 3])
  }

  @Test func `the widest range does not trap`() {
    var generator = SeededGenerator(seed: "wide")
    let numbers = (0..<100).map { _ in generator.number(in: Int.min...Int.max) }
    #expect(Set(numbers).count == 100 && numbers.contains { $0 < 0 } && numbers.contains { $0 > 0 })
  }

  @Test func `drawn elements are different ones`() {
    var generator = SeededGenerator(seed: "draw")
    #expect(Set(generator.draw(5, of: Array(1...10))).count == 5)
    #expect(generator.draw(5, of: [1, 2]).count == 2)
    #expect(generator.pick([Int]()) == nil)
  }
}
