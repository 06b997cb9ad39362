// `Date` and `Data` are part of the public vocabulary of every room. They come from FoundationEssentials where it exists
// (Linux) and from Foundation elsewhere; this is the only file that has to know.
#if canImport(FoundationEssentials)
@_exported public import FoundationEssentials
#else
@_exported public import Foundation
#endif
