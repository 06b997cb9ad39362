#if !canImport(CryptoKit)
import KoalrDomain

/// The primitives of libcrypto.
enum Primitives {
  static func seal(
    _ message: [UInt8], key: [UInt8], nonce: [UInt8], context: [UInt8]
  ) throws(CryptographyError) -> [UInt8] {
    let (library, cipher) = try cipherContext("seal with AES-256-GCM")
    defer { library.freeContext(cipher) }
    var sealed = [UInt8](repeating: 0, count: message.count)
    var tag = [UInt8](repeating: 0, count: AES256GCM.tagSize)
    var (count, rest): (Int32, Int32) = (0, 0)
    var block = [UInt8](repeating: 0, count: 16)
    // GCM gives as many bytes as it takes, so nothing is left for the end; `block` is where it would go.
    let isSealed =
      library.encryptInitialise(cipher, library.aes256GCM(), nil, key, nonce) == 1
      && (context.isEmpty || library.encryptUpdate(cipher, nil, &count, context, Int32(context.count)) == 1)
      && (message.isEmpty || library.encryptUpdate(cipher, &sealed, &count, message, Int32(message.count)) == 1)
      && (message.isEmpty || count == message.count)
      && library.encryptFinish(cipher, &block, &rest) == 1 && rest == 0
      && library.control(cipher, LibCrypto.getTag, Int32(tag.count), &tag) == 1
    guard isSealed else { throw failure(library, "seal with AES-256-GCM") }
    return sealed + tag
  }

  static func open(
    _ sealed: [UInt8], key: [UInt8], nonce: [UInt8], context: [UInt8]
  ) throws(CryptographyError) -> [UInt8] {
    guard sealed.count >= AES256GCM.tagSize else { throw .tagDoesNotFit }
    let (library, cipher) = try cipherContext("open what AES-256-GCM sealed")
    defer { library.freeContext(cipher) }
    let hidden = Array(sealed.dropLast(AES256GCM.tagSize))
    var tag = Array(sealed.suffix(AES256GCM.tagSize))
    var message = [UInt8](repeating: 0, count: hidden.count)
    var (count, rest): (Int32, Int32) = (0, 0)
    var block = [UInt8](repeating: 0, count: 16)
    let isRead =
      library.decryptInitialise(cipher, library.aes256GCM(), nil, key, nonce) == 1
      && (context.isEmpty || library.decryptUpdate(cipher, nil, &count, context, Int32(context.count)) == 1)
      && (hidden.isEmpty || library.decryptUpdate(cipher, &message, &count, hidden, Int32(hidden.count)) == 1)
      && (hidden.isEmpty || count == hidden.count)
      && library.control(cipher, LibCrypto.setTag, Int32(tag.count), &tag) == 1
    guard isRead else { throw failure(library, "open what AES-256-GCM sealed") }
    // The tag is compared here; until then `message` must not be believed.
    guard library.decryptFinish(cipher, &block, &rest) == 1 else {
      library.clearErrors()
      throw .tagDoesNotFit
    }
    return message
  }

  static func authenticationCode(
    for message: UnsafeRawBufferPointer, key: UnsafeRawBufferPointer
  ) throws(CryptographyError) -> [UInt8] {
    let library = try LibCrypto.shared.get()
    guard let keyCount = Int32(exactly: key.count) else {
      throw CryptographyError(
        .wrongSize, operation: "authenticate with HMAC-SHA256", reason: "the key has \(key.count) bytes; give fewer than 2^31.")
    }
    var code = [UInt8](repeating: 0, count: HMACSHA256.codeSize)
    var count: UInt32 = 0
    // An empty buffer has no address, and HMAC(3) takes a key without one for "the same key as before".
    let nothing: [UInt8] = [0]
    let isDone = nothing.withUnsafeBytes { nothing in
      guard let key = key.baseAddress ?? nothing.baseAddress, let bytes = message.baseAddress ?? nothing.baseAddress
      else { return false }
      return library.hmac(
        library.sha256(), key, keyCount, bytes.assumingMemoryBound(to: UInt8.self), message.count, &code, &count) != nil
    }
    guard isDone, count == HMACSHA256.codeSize else { throw failure(library, "authenticate with HMAC-SHA256") }
    return code
  }

  static func digest(of message: UnsafeRawBufferPointer) throws(CryptographyError) -> [UInt8] {
    let library = try LibCrypto.shared.get()
    var digest = [UInt8](repeating: 0, count: SHA256Hash.digestSize)
    var count: UInt32 = 0
    // An empty buffer has no address.
    let nothing: [UInt8] = [0]
    let isDone = nothing.withUnsafeBytes { nothing in
      guard let bytes = message.baseAddress ?? nothing.baseAddress else { return false }
      return library.digest(bytes, message.count, &digest, &count, library.sha256(), nil) == 1
    }
    guard isDone, count == SHA256Hash.digestSize else { throw failure(library, "compute SHA-256") }
    return digest
  }

  static func areEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) throws(CryptographyError) -> Bool {
    let library = try LibCrypto.shared.get()
    guard let first = left.baseAddress, let second = right.baseAddress else { return true }
    return library.compare(first, second, left.count) == 0
  }

  /// A context that the caller frees.
  private static func cipherContext(_ operation: String) throws(CryptographyError) -> (LibCrypto, LibCrypto.Handle) {
    let library = try LibCrypto.shared.get()
    guard let context = library.newContext() else { throw failure(library, operation) }
    return (library, context)
  }

  /// libcrypto leaves its errors in a queue of the thread, where the TLS code of others would find them.
  private static func failure(_ library: LibCrypto, _ operation: String) -> CryptographyError {
    library.clearErrors()
    return CryptographyError(
      .failed, operation: operation,
      reason: "libcrypto failed; see whether its configuration allows the algorithm and start again.")
  }
}
#endif
