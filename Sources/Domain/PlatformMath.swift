// The core imports no full Foundation; the platform's C library has what is needed.
#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What is left of 1 after so many half-lives.
package func halved(_ halfLives: Double) -> Double { exp2(-halfLives) }

/// A strength that is 0 at 0, one half at `half`, and nears 1 beyond; it never falls as `amount` grows.
package func saturating(_ amount: Double, half: Double) -> Double { half > 0 ? 1 - halved(max(0, amount) / half) : 1 }

/// Shannon entropy in bits of shares proportional to the amounts; 0 when they add up to nothing.
package func entropy(of amounts: [Double]) -> Double {
  let total = amounts.reduce(0, +)
  guard total > 0 else { return 0 }
  return amounts.reduce(0) { sum, amount in
    amount > 0 ? sum - amount / total * log2(amount / total) : sum
  }
}
