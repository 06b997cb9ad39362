#ifndef CKOALR_SQLITE_H
#define CKOALR_SQLITE_H

// The system's SQLite: libsqlite3-dev on Debian, part of the SDK on Apple's platforms.
#include <sqlite3.h>

#endif
