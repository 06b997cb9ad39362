import CKoalrSpawn
import KoalrDomain

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What a child's thread does from start to end.
struct ChildLoop {
  private let pump: ChildPump
  private var input: Int32
  private var output: Int32
  private var errors: Int32
  private var written = 0
  private var errorText: [UInt8] = []
  private var terminated: ContinuousClock.Instant?
  private var timedOut = false
  private let deadline: ContinuousClock.Instant?
  /// Output that was not handed over yet, because each block wakes the consumer: one is handed over when it is full, when nothing
  /// follows for a moment, or at the end.
  private let block = UnsafeMutableRawBufferPointer.allocate(byteCount: ChildPump.blockSize, alignment: 16)
  private var filled = 0
  private static let momentMilliseconds: Int32 = 5

  init(pump: ChildPump) {
    self.pump = pump
    (input, output, errors) = (pump.child.input, pump.child.output, pump.child.errors)
    deadline = pump.timeLimit.map { ContinuousClock.now + $0 }
  }

  mutating func run() {
    while output >= 0 || errors >= 0, goOn() {
      let ready = koalr_poll(input, pump.hasRoom || terminated != nil ? output : -1, errors, pump.wakeReading, patience())
      if ready & Int32(KOALR_WAKE) != 0 { drainWakes() }
      if ready & Int32(KOALR_INPUT) != 0 { writeInput() }
      if ready & Int32(KOALR_ERRORS) != 0 { readErrors() }
      if ready & Int32(KOALR_OUTPUT) != 0 { readOutput() }
      if ready == 0 { deliver() }
      // A grandchild may hold standard error open for ever; the child's own end is enough.
      if ready == 0, output < 0, koalr_has_ended(pump.child.pid, 0) != 0 { break }
    }
    end()
    block.deallocate()
  }

  /// Sends the signals that are due; false when waiting any longer is useless.
  private mutating func goOn() -> Bool {
    if let deadline, !timedOut, ContinuousClock.now >= deadline {
      timedOut = true
      pump.cancel()
    }
    guard pump.isCancelled else { return true }
    if let terminated { return ContinuousClock.now < terminated + ChildPump.grace }
    terminated = .now
    kill(-pump.child.pid, SIGTERM)
    return true
  }

  /// Milliseconds until there is something to do without being told.
  private func patience() -> Int32 {
    if terminated != nil || output < 0 { return 50 }
    if filled > 0, pump.hasRoom { return Self.momentMilliseconds }
    guard let deadline else { return -1 }
    let left = (deadline - .now) / Duration.milliseconds(1)
    return Int32(min(max(left, 0), 60_000)) + 1
  }

  private mutating func end() {
    closeAll()
    // The leader is not reaped yet, so the group's number cannot belong to others.
    if terminated != nil { kill(-pump.child.pid, SIGKILL) }
    _ = koalr_has_ended(pump.child.pid, 1)
    if terminated != nil { kill(-pump.child.pid, SIGKILL) }
    var result = koalr_exit()
    koalr_reap(pump.child.pid, &result)
    pump.finish(
      ChildExit(
        status: result.status >= 0 ? Int(result.status) : nil, signal: result.signal > 0 ? Int(result.signal) : nil,
        cpu: .microseconds(result.cpu_microseconds), errorText: errorText, timedOut: timedOut))
  }

  private mutating func closeAll() {
    for descriptor in [input, output, errors] where descriptor >= 0 { close(descriptor) }
    (input, output, errors) = (-1, -1, -1)
  }

  private func drainWakes() {
    var bytes: (UInt64, UInt64) = (0, 0)
    while read(pump.wakeReading, &bytes, 16) > 0 {}
  }

  private mutating func writeInput() {
    let count = pump.input.withUnsafeBytes { bytes -> Int in
      guard written < bytes.count, let start = bytes.baseAddress else { return 0 }
      return write(input, start + written, min(bytes.count - written, ChildPump.blockSize))
    }
    if count > 0 { written += count }
    let failed = count < 0 && errno != EAGAIN && errno != EINTR
    guard failed || written == pump.input.count else { return }
    close(input)
    input = -1
  }

  private mutating func readErrors() {
    withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
      guard let count = Self.available(errors, into: buffer) else { return }
      if count == 0 {
        close(errors)
        errors = -1
      } else {
        errorText += buffer.prefix(min(count, ChildPump.maximumErrorText - errorText.count))
      }
    }
  }

  private mutating func readOutput() {
    guard let count = Self.available(output, into: UnsafeMutableRawBufferPointer(rebasing: block[filled...])) else { return }
    filled += count
    if filled == block.count || count == 0 { deliver() }
    guard count == 0 else { return }
    close(output)
    output = -1
  }

  private mutating func deliver() {
    guard filled > 0 else { return }
    pump.deliver([UInt8](block[..<filled]))
    filled = 0
  }

  /// Reads what is there: 0 bytes at the end, `nil` when there is nothing now.
  private static func available(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Int? {
    let count = read(descriptor, buffer.baseAddress, buffer.count)
    return count < 0 && (errno == EAGAIN || errno == EINTR) ? nil : max(0, count)
  }
}
