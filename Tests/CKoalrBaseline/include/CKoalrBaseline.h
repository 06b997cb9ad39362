// The statements of the store in plain C: what Swift is measured against. Empty without the trait `SQLite`.
#ifndef CKOALR_BASELINE_H
#define CKOALR_BASELINE_H

#include <stdint.h>

/// A record as it lies in the table; `repository` may be NULL.
struct koalr_row {
  const char *_Nonnull kind, *_Nonnull connection, *_Nonnull id, *_Nullable repository;
  double time, version;
  const void *_Nonnull body;
  int64_t body_count;
};

/// Runs each of the statements for every row, in transactions of `batch` rows. A statement that reads has the parameters kind,
/// connection and id; one that writes, those and repository, time, version, parts (none) and body.
/// Returns 0 or SQLite's result code.
int koalr_baseline_write(const char *_Nonnull path, const char *_Nonnull const *_Nonnull statements, int statement_count,
                         const struct koalr_row *_Nonnull rows, int64_t count, int64_t batch);

#endif
