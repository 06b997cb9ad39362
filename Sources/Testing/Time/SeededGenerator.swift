/// A source of random numbers that gives the same ones for the same seed, on every machine.
///
/// It is SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014): fast, well spread, and not
/// for secrets. Use ``number(in:)``, ``chance(_:)`` and ``pick(_:)`` where results are stored or printed: the standard library
/// does not promise that its own ways to draw from a generator stay the same in the next version.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Makes a generator.
  public init(seed: UInt64) { state = seed }

  /// Makes a generator from a word, so that each part of a test has its own row of numbers.
  public init(seed word: String) {
    // FNV-1a, 64 bits.
    state = word.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }

  /// Returns the next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Returns a number of the range. Slightly uneven for ranges near 2⁶⁴, which no test notices.
  public mutating func number(in range: ClosedRange<Int>) -> Int {
    let (span, overflow) = UInt64(bitPattern: Int64(range.upperBound &- range.lowerBound)).addingReportingOverflow(1)
    guard !overflow else { return Int(truncatingIfNeeded: next()) }
    return range.lowerBound &+ Int(truncatingIfNeeded: next() % span)
  }

  /// Returns a number from 0 up to, and without, 1.
  public mutating func fraction() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

  /// Returns `true` with this probability.
  public mutating func chance(_ probability: Double) -> Bool { fraction() < probability }

  /// Returns one of the elements, or `nil` when there are none.
  public mutating func pick<Element>(_ elements: [Element]) -> Element? {
    elements.isEmpty ? nil : elements[number(in: 0...elements.count - 1)]
  }

  /// Returns up to `count` different elements, in the order they were drawn.
  public mutating func draw<Element>(_ count: Int, of elements: [Element]) -> [Element] {
    var rest = elements
    var drawn: [Element] = []
    while drawn.count < count, !rest.isEmpty { drawn.append(rest.remove(at: number(in: 0...rest.count - 1))) }
    return drawn
  }
}
