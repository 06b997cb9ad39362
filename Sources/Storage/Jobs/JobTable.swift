package import KoalrDomain

/// The jobs of a queue in memory, with an order for each state. A value without clock or tasks.
struct JobTable {
  private var rows: [JobID: Row] = [:]
  private var holders: [ByteText: JobID] = [:]
  private var due = SortedChunks<Place>()
  private var delayed = SortedChunks<Place>()
  private var claimed = SortedChunks<Place>()
  private var dead = SortedChunks<Place>()
  private var lastNumber = 0

  private struct Row {
    var number: Int
    var job: NewJob
    var attempts = 0
    var state: State
    var worker = ""
  }

  private enum State {
    case due(since: Date)
    case delayed(until: Date)
    case claimed(until: Date)
    case dead(since: Date, reason: String)
  }

  /// A place in an order: by rank (priority, highest first), time, and the order of adding.
  private struct Place: Comparable {
    var rank: Int
    var seconds: Double
    var number: Int
    var id: JobID

    static func < (left: Self, right: Self) -> Bool {
      (left.rank, left.seconds, left.number) < (right.rank, right.seconds, right.number)
    }
    static func == (left: Self, right: Self) -> Bool { left.number == right.number }
  }

  mutating func add(_ job: NewJob, at now: Date) -> JobID {
    if job.key != nil { advance(to: now) }
    if let key = job.key, let holder = holders[ByteText(key)] { return holder }
    lastNumber += 1
    let id = JobID(unchecked: String(lastNumber))
    let start = job.notBefore ?? now
    let state: State = start > now ? .delayed(until: start) : .due(since: now)
    if let key = job.key { holders[ByteText(key)] = id }
    insert(Row(number: lastNumber, job: job, state: state), id)
    return id
  }

  mutating func claim(limit: Int, lease: Duration, worker: String, kinds: Set<String>?, at now: Date) -> [ClaimedJob] {
    advance(to: now)
    var jobs: [ClaimedJob] = []
    while jobs.count < limit, let place = takeDue(kinds), var row = rows[place.id] {
      let expiry = now.adding(lease)
      row.attempts += 1
      row.worker = worker
      row.state = .claimed(until: expiry)
      insert(row, place.id)
      jobs.append(
        ClaimedJob(
          id: place.id, kind: row.job.kind, payload: row.job.payload, priority: row.job.priority, key: row.job.key,
          attempt: row.attempts, worker: worker, leaseExpiresAt: expiry))
    }
    return jobs
  }

  mutating func extend(_ job: ClaimedJob, by lease: Duration, at now: Date) throws(JobQueueError) -> Date {
    guard var row = take(job, at: now) else { throw .leaseLost([job], operation: "extend the lease of") }
    let expiry = now.adding(lease)
    row.state = .claimed(until: expiry)
    insert(row, job.id)
    return expiry
  }

  /// Returns whether the lease was held.
  mutating func complete(_ job: ClaimedJob, at now: Date) -> Bool {
    guard let row = take(job, at: now) else { return false }
    end(row, job.id)
    rows[job.id] = nil
    return true
  }

  mutating func fail(_ job: ClaimedJob, reason: String, retryAfter: Duration?, at now: Date) throws(JobQueueError) {
    guard var row = take(job, at: now) else { throw .leaseLost([job], operation: "give back") }
    if let retryAfter, row.attempts < row.job.maximumAttempts {
      row.state = retryAfter > .zero ? .delayed(until: now.adding(retryAfter)) : .due(since: now)
    } else {
      end(row, job.id)
      row.state = .dead(since: now, reason: reason)
    }
    insert(row, job.id)
  }

  mutating func remove(_ id: JobID) -> Bool {
    guard let row = rows[id] else { return false }
    removePlace(of: row, id)
    end(row, id)
    rows[id] = nil
    return true
  }

  mutating func deadLetters(limit: Int, at now: Date) -> [DeadLetter] {
    advance(to: now)
    var letters: [DeadLetter] = []
    var position = dead.end
    while position != dead.start, letters.count < limit {
      position = dead.position(before: position)
      let id = dead[position].id
      guard let row = rows[id], case .dead(let since, let reason) = row.state else { continue }
      letters.append(DeadLetter(id: id, job: row.job, attempts: row.attempts, reason: reason, diedAt: since))
    }
    return letters
  }

  mutating func counts(at now: Date) -> JobCounts {
    advance(to: now)
    return JobCounts(due: due.count, delayed: delayed.count, claimed: claimed.count, dead: dead.count)
  }

  /// Takes the first place of these kinds out of the due ones.
  private mutating func takeDue(_ kinds: Set<String>?) -> Place? {
    guard let kinds else { return due.popFirst() }
    var position = due.start
    while position != due.end {
      let place = due[position]
      if let row = rows[place.id], kinds.contains(row.job.kind) {
        due.remove(place)
        return place
      }
      position = due.position(after: position)
    }
    return nil
  }

  // MARK: States

  /// Moves what became due, and what lost its worker, to where it belongs now.
  private mutating func advance(to now: Date) {
    let seconds = now.timeIntervalSinceReferenceDate
    while let place = delayed.popFirst(where: { $0.seconds <= seconds }), var row = rows[place.id] {
      row.state = .due(since: Date(timeIntervalSinceReferenceDate: place.seconds))
      insert(row, place.id)
    }
    while let place = claimed.popFirst(where: { $0.seconds <= seconds }), var row = rows[place.id] {
      if row.attempts < row.job.maximumAttempts {
        row.state = .due(since: Date(timeIntervalSinceReferenceDate: place.seconds))
      } else {
        end(row, place.id)
        let reason = DeadLetter.lostWorker(row.worker, attempt: row.attempts)
        row.state = .dead(since: Date(timeIntervalSinceReferenceDate: place.seconds), reason: reason)
      }
      insert(row, place.id)
    }
  }

  /// Takes a job out of the claimed ones if the lease is held.
  private mutating func take(_ job: ClaimedJob, at now: Date) -> Row? {
    guard let row = rows[job.id], row.attempts == job.attempt, case .claimed(let until) = row.state, until > now else {
      return nil
    }
    removePlace(of: row, job.id)
    return row
  }

  /// Frees the key of a job that ended.
  private mutating func end(_ row: Row, _ id: JobID) {
    guard let key = row.job.key.map({ ByteText($0) }), holders[key] == id else { return }
    holders[key] = nil
  }

  private mutating func insert(_ row: Row, _ id: JobID) {
    rows[id] = row
    let place = place(of: row, id)
    switch row.state {
    case .due: due.insert(place)
    case .delayed: delayed.insert(place)
    case .claimed: claimed.insert(place)
    case .dead: dead.insert(place)
    }
  }

  private mutating func removePlace(of row: Row, _ id: JobID) {
    let place = place(of: row, id)
    switch row.state {
    case .due: due.remove(place)
    case .delayed: delayed.remove(place)
    case .claimed: claimed.remove(place)
    case .dead: dead.remove(place)
    }
  }

  private func place(of row: Row, _ id: JobID) -> Place {
    switch row.state {
    case .due(let since):
      // `~` turns the order around as `-` does, and has an answer for the lowest priority too.
      Place(rank: ~row.job.priority, seconds: since.timeIntervalSinceReferenceDate, number: row.number, id: id)
    case .delayed(let time), .claimed(let time), .dead(let time, _):
      Place(rank: 0, seconds: time.timeIntervalSinceReferenceDate, number: row.number, id: id)
    }
  }
}

extension Date {
  /// The time at which a lease or a pause that begins now ends.
  package func adding(_ duration: Duration) -> Date {
    let (seconds, attoseconds) = duration.components
    return self + (Double(seconds) + Double(attoseconds) / 1e18)
  }
}

extension DeadLetter {
  /// The reason of a job whose workers stopped as often as it may be handed out.
  package static func lostWorker(_ worker: String, attempt: Int) -> String {
    "Its worker \"\(worker)\" stopped without a word in attempt \(attempt), the last one allowed."
  }
}
