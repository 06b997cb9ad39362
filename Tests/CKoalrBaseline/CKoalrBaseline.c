#include "CKoalrBaseline.h"

#ifdef KOALR_SQLITE
#include <sqlite3.h>

enum { MOST_STATEMENTS = 8 };

static int bind_and_run(sqlite3_stmt *statement, const struct koalr_row *row) {
  sqlite3_bind_text(statement, 1, row->kind, -1, SQLITE_STATIC);
  sqlite3_bind_text(statement, 2, row->connection, -1, SQLITE_STATIC);
  sqlite3_bind_text(statement, 3, row->id, -1, SQLITE_STATIC);
  if (sqlite3_bind_parameter_count(statement) > 3) {
    if (row->repository) sqlite3_bind_text(statement, 4, row->repository, -1, SQLITE_STATIC);
    sqlite3_bind_double(statement, 5, row->time);
    sqlite3_bind_double(statement, 6, row->version);
    sqlite3_bind_null(statement, 7);
    sqlite3_bind_blob64(statement, 8, row->body, (sqlite3_uint64)row->body_count, SQLITE_STATIC);
  }
  int code;
  do code = sqlite3_step(statement);
  while (code == SQLITE_ROW);
  sqlite3_reset(statement);
  return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int write_rows(sqlite3 *database, sqlite3_stmt **statements, int statement_count, const struct koalr_row *rows,
                      int64_t count, int64_t batch) {
  for (int64_t start = 0; start < count; start += batch) {
    int code = sqlite3_exec(database, "BEGIN IMMEDIATE", 0, 0, 0);
    for (int64_t place = start; code == SQLITE_OK && place < count && place < start + batch; place++)
      for (int statement = 0; code == SQLITE_OK && statement < statement_count; statement++)
        code = bind_and_run(statements[statement], &rows[place]);
    if (code == SQLITE_OK) code = sqlite3_exec(database, "COMMIT", 0, 0, 0);
    if (code != SQLITE_OK) return code;
  }
  return SQLITE_OK;
}

int koalr_baseline_write(const char *path, const char *const *texts, int statement_count, const struct koalr_row *rows,
                         int64_t count, int64_t batch) {
  sqlite3 *database = 0;
  sqlite3_stmt *statements[MOST_STATEMENTS] = {0};
  int code = statement_count <= MOST_STATEMENTS ? SQLITE_OK : SQLITE_MISUSE;
  if (code == SQLITE_OK) code = sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, 0);
  if (code == SQLITE_OK) code = sqlite3_exec(database, "PRAGMA synchronous = FULL", 0, 0, 0);
  for (int place = 0; code == SQLITE_OK && place < statement_count; place++)
    code = sqlite3_prepare_v2(database, texts[place], -1, &statements[place], 0);
  if (code == SQLITE_OK) code = write_rows(database, statements, statement_count, rows, count, batch);
  for (int place = 0; place < statement_count && place < MOST_STATEMENTS; place++) sqlite3_finalize(statements[place]);
  sqlite3_close(database);
  return code;
}
#endif
