import Foundation
import KoalrCore
import Synchronization
import Testing

@testable import KoalrHTTPTransport

@Suite(.timeLimit(.minutes(10)))
struct CancellationTests {
  @Test func `several hundred requests cancelled at any moment all end, and the transport works on`() async throws {
    let server = try LoopbackServer { request, wire in
      if request.target == "/never" { return !wire.waitForClose() }
      if request.target == "/slow" { wire.waitForClose(5) }
      return wire.answer(200, [:], [UInt8](repeating: 0x61, count: 2000))
    }
    let transport = URLSessionTransport(
      requestTimeout: .seconds(600), inactivityTimeout: .seconds(600), maximumConcurrentRequests: 32)
    let addresses = [try server.url("/fast"), try server.url("/slow")]
    let never = try server.url("/never")
    let outcomes = await withTaskGroup(of: Outcome<Int>.self) { group in
      for index in 0..<600 {
        let request = HTTPRequest(index == 1 ? never : addresses[index % 2], operation: "ask")
        group.addTask { await Self.sendAndCancel(request, transport, afterYields: index % 7 * 40) }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes.count == 600)
    #expect(outcomes.filter { $0 != .success(200) && $0 != .cancelled } == [])
    #expect(outcomes.contains(.cancelled))
    let after = try await transport.send(HTTPRequest(addresses[0], operation: "ask"))
    #expect(after.status == 200)
  }

  @Test func `several hundred requests cancelled while their answers arrive all end`() async throws {
    let arrivals = (0..<600).map { _ in AsyncStream<Void>.makeStream() }
    let server = try LoopbackServer { request, wire in
      guard let index = Int(request.target.dropFirst()) else { return wire.answer(404) }
      arrivals[index].continuation.yield()
      // One that only a cancellation can end, whatever the machine is doing.
      if index == 0 { return !wire.waitForClose() }
      if index % 8 > 0 { wire.waitForClose(Int32(index % 8)) }
      return wire.answer(200, [:], [UInt8](repeating: 0x61, count: 50_000))
    }
    let transport = URLSessionTransport(
      requestTimeout: .seconds(600), inactivityTimeout: .seconds(600), maximumConcurrentRequests: 32)
    let requests = try arrivals.indices.map { HTTPRequest(try server.url("/\($0)"), operation: "ask") }
    let outcomes = await withTaskGroup(of: Outcome<Int>.self) { group in
      for (request, arrival) in zip(requests, arrivals) {
        group.addTask { await Self.sendAndCancel(request, transport, when: arrival.stream) }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes.count == 600)
    #expect(outcomes.filter { $0 != .success(200) && $0 != .cancelled } == [])
    #expect(outcomes.contains(.cancelled))
    #expect(server.received.count == 600)
  }

  @Test func `a request that hangs ends with CancellationError when cancelled`() async throws {
    let arrived = AsyncStream<Void>.makeStream()
    let server = try LoopbackServer { _, wire in
      arrived.continuation.yield()
      return !wire.waitForClose()
    }
    let transport = URLSessionTransport()
    let request = HTTPRequest(try server.url(), operation: "ask")
    let outcome = await withTaskGroup(of: Outcome<Int>?.self) { group in
      group.addTask { await ending { try await transport.send(request).status } }
      for await _ in arrived.stream { break }
      group.cancelAll()
      return await group.next() ?? nil
    }
    #expect(outcome == .cancelled)
  }

  @Test func `a task cancelled before it asks sends nothing`() async throws {
    let server = try LoopbackServer { _, wire in wire.answer(200) }
    let request = HTTPRequest(try server.url(), operation: "ask")
    let transport = URLSessionTransport()
    let outcome = await withTaskGroup(of: Outcome<Int>.self) { group in
      group.cancelAll()
      group.addTask { await ending { try await transport.send(request).status } }
      return await group.next()
    }
    #expect(outcome == .cancelled)
    #expect(server.received.isEmpty)
  }

  @Test func `the gate lets as many in as it has places, and cancelled waiters take none`() async throws {
    let gate = RequestGate(limit: 3)
    let inside = Occupancy()
    let outcomes = await withTaskGroup(of: Outcome<Bool>.self) { group in
      for index in 0..<500 {
        group.addTask {
          await withTaskGroup(of: Outcome<Bool>.self) { inner in
            inner.addTask {
              await ending {
                try await gate.run {
                  inside.enter()
                  await Task.yield()
                  inside.leave()
                  return true
                }
              }
            }
            for _ in 0..<index % 5 { await Task.yield() }
            if index % 2 == 0 { inner.cancelAll() }
            return await inner.next() ?? .cancelled
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes.filter { $0 == .success(true) }.count >= 250)
    #expect(outcomes.allSatisfy { $0 == .success(true) || $0 == .cancelled })
    #expect(inside.most <= 3)
    // All three places are free again: three bodies can meet inside.
    let meeting = Occupancy()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<3 {
        group.addTask {
          try await gate.run {
            meeting.enter()
            while meeting.most < 3 { await Task.yield() }
          }
        }
      }
      try await group.waitForAll()
    }
  }

  private static func sendAndCancel(
    _ request: HTTPRequest, _ transport: URLSessionTransport, when arrival: AsyncStream<Void>
  ) async -> Outcome<Int> {
    await withTaskGroup(of: Outcome<Int>.self) { group in
      group.addTask { await ending { try await transport.send(request).status } }
      for await _ in arrival { break }
      group.cancelAll()
      return await group.next() ?? .cancelled
    }
  }

  private static func sendAndCancel(
    _ request: HTTPRequest, _ transport: URLSessionTransport, afterYields yields: Int
  ) async -> Outcome<Int> {
    await withTaskGroup(of: Outcome<Int>.self) { group in
      group.addTask { await ending { try await transport.send(request).status } }
      for _ in 0..<yields { await Task.yield() }
      if yields > 0 { group.cancelAll() }
      return await group.next() ?? .cancelled
    }
  }
}
