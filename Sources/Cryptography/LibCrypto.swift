#if !canImport(CryptoKit)

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The functions of OpenSSL's libcrypto that are used, found at run time: building needs no headers, and a machine without the
/// library still runs everything else.
///
/// The interface is that of EVP_EncryptInit(3), EVP_DigestInit(3), HMAC(3), CRYPTO_memcmp(3) and ERR_clear_error(3), the same in versions 1.1 and 3.
/// The library stays loaded until the process ends.
struct LibCrypto: Sendable {
  typealias Handle = OpaquePointer
  typealias Initialise =
    @convention(c) @Sendable (Handle, Handle?, Handle?, UnsafePointer<UInt8>?, UnsafePointer<UInt8>?) -> Int32
  typealias Update =
    @convention(c) @Sendable (Handle, UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<Int32>, UnsafePointer<UInt8>?, Int32)
    -> Int32
  typealias Finish = @convention(c) @Sendable (Handle, UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<Int32>) -> Int32
  typealias Make = @convention(c) @Sendable () -> Handle?

  let newContext: Make
  let freeContext: @convention(c) @Sendable (Handle?) -> Void
  let control: @convention(c) @Sendable (Handle, Int32, Int32, UnsafeMutableRawPointer?) -> Int32
  let aes256GCM: Make
  let encryptInitialise, decryptInitialise: Initialise
  let encryptUpdate, decryptUpdate: Update
  let encryptFinish, decryptFinish: Finish
  let sha256: Make
  let digest:
    @convention(c) @Sendable (
      UnsafeRawPointer, Int, UnsafeMutablePointer<UInt8>, UnsafeMutablePointer<UInt32>, Handle?, Handle?
    ) -> Int32
  let hmac:
    @convention(c) @Sendable (
      Handle?, UnsafeRawPointer, Int32, UnsafePointer<UInt8>, Int, UnsafeMutablePointer<UInt8>, UnsafeMutablePointer<UInt32>
    ) -> UnsafeMutablePointer<UInt8>?
  let compare: @convention(c) @Sendable (UnsafeRawPointer, UnsafeRawPointer, Int) -> Int32
  let clearErrors: @convention(c) @Sendable () -> Void

  /// `EVP_CTRL_AEAD_GET_TAG` and `EVP_CTRL_AEAD_SET_TAG` of openssl/evp.h.
  static let getTag: Int32 = 0x10
  static let setTag: Int32 = 0x11

  /// By which names the library goes.
  static let names = ["libcrypto.so.3", "libcrypto.so.1.1"]

  /// The library of this machine, looked for once.
  static let shared = Result { () throws(CryptographyError) in try LibCrypto(names: names) }

  /// Opens the first library that is there and has every function.
  init(names: [String]) throws(CryptographyError) {
    var missing: String?
    for name in names {
      guard let library = dlopen(name, RTLD_NOW | RTLD_LOCAL) else { continue }
      do throws(MissingFunction) {
        self = try LibCrypto(library)
        return
      } catch {
        missing = missing ?? "\(name) has no function \(error.name)"
        dlclose(library)
      }
    }
    throw CryptographyError(
      .unavailable, operation: "use cryptography",
      reason: "\(missing ?? "\(names.joined(separator: " or ")) is not on this machine"); install OpenSSL 3 (Debian and Ubuntu: "
        + "libssl3, Fedora: openssl-libs, Alpine: libcrypto3) and start again.")
  }

  private init(_ library: UnsafeMutableRawPointer) throws(MissingFunction) {
    func function<Function>(_ name: String) throws(MissingFunction) -> Function {
      guard let symbol = dlsym(library, name) else { throw MissingFunction(name: name) }
      return unsafeBitCast(symbol, to: Function.self)
    }
    newContext = try function("EVP_CIPHER_CTX_new")
    freeContext = try function("EVP_CIPHER_CTX_free")
    control = try function("EVP_CIPHER_CTX_ctrl")
    aes256GCM = try function("EVP_aes_256_gcm")
    encryptInitialise = try function("EVP_EncryptInit_ex")
    encryptUpdate = try function("EVP_EncryptUpdate")
    encryptFinish = try function("EVP_EncryptFinal_ex")
    decryptInitialise = try function("EVP_DecryptInit_ex")
    decryptUpdate = try function("EVP_DecryptUpdate")
    decryptFinish = try function("EVP_DecryptFinal_ex")
    sha256 = try function("EVP_sha256")
    digest = try function("EVP_Digest")
    hmac = try function("HMAC")
    compare = try function("CRYPTO_memcmp")
    clearErrors = try function("ERR_clear_error")
  }

  private struct MissingFunction: Error { let name: String }
}
#endif
