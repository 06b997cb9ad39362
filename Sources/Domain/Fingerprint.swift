/// A text in 64 bits, for telling texts apart that are too long for an identifier.
package enum Fingerprint {
  // FNV-1a, 64 bits, by Glenn Fowler, Landon Curt Noll and Kiem-Phong Vo (RFC 9923): stored, so it must stay what it is.
  package static func value(of text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }
}
