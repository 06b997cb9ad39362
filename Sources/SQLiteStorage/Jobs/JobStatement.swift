#if SQLite
/// The statements of the queue. Each finds its rows by their number or by the index of their state; none looks at jobs that it does
/// not return or change, but for the counts.
enum JobStatement: String, CaseIterable {
  case insert = """
    INSERT INTO job (state, time, priority, maximum_attempts, not_before, kind, key, payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    RETURNING number
    """
  case holder = "SELECT number FROM job WHERE key = ? AND state <> 3"

  case hasDue = "SELECT EXISTS (SELECT 1 FROM job WHERE state = 0)"
  case hasMoving = """
    SELECT EXISTS (SELECT 1 FROM job WHERE state = 1 AND time <= ?1) OR EXISTS (SELECT 1 FROM job WHERE state = 2 AND time <= ?1)
    """
  case moveDelayed = "UPDATE job SET state = 0 WHERE state = 1 AND time <= ?"
  // The reason of a lost worker is put into words when it is read.
  case moveExpired = "UPDATE job SET state = iif(attempts < maximum_attempts, 0, 3) WHERE state = 2 AND time <= ?"

  case next = """
    SELECT number, kind, payload, priority, key, attempts FROM job WHERE state = 0 ORDER BY priority DESC, time, number LIMIT ?
    """
  // Of some kinds only; they come as a JSON list.
  case hasDueOfKinds = """
    SELECT EXISTS (SELECT 1 FROM job WHERE state = 0 AND kind IN (SELECT value FROM json_each(?)))
    """
  case nextOfKinds = """
    SELECT number, kind, payload, priority, key, attempts FROM job
    WHERE state = 0 AND kind IN (SELECT value FROM json_each(?)) ORDER BY priority DESC, time, number LIMIT ?
    """
  case claim = "UPDATE job SET state = 2, time = ?, worker = ?, attempts = attempts + 1 WHERE number = ?"

  // Id and attempt are the lease; it is held until its time.
  case extend = "UPDATE job SET time = ? WHERE number = ? AND attempts = ? AND state = 2 AND time > ?"
  case complete = "DELETE FROM job WHERE number = ? AND attempts = ? AND state = 2 AND time > ?"
  case giveBack = """
    UPDATE job SET state = iif(attempts < maximum_attempts, ?1, 3), time = iif(attempts < maximum_attempts, ?2, ?3),
      reason = iif(attempts < maximum_attempts, NULL, ?4)
    WHERE number = ?5 AND attempts = ?6 AND state = 2 AND time > ?3
    """
  case giveUp = """
    UPDATE job SET state = 3, time = ?1, reason = ?2 WHERE number = ?3 AND attempts = ?4 AND state = 2 AND time > ?1
    """
  case cancel = "DELETE FROM job WHERE number = ?"

  case deadLetters = """
    SELECT number, kind, payload, priority, key, not_before, maximum_attempts, attempts, reason, worker, time FROM job
    WHERE state = 3 ORDER BY time DESC, number DESC LIMIT ?
    """
  case counts = """
    SELECT (SELECT count(*) FROM job WHERE state = 0), (SELECT count(*) FROM job WHERE state = 1),
      (SELECT count(*) FROM job WHERE state = 2), (SELECT count(*) FROM job WHERE state = 3)
    """
}
#endif
