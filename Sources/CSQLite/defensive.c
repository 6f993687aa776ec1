#include "CSQLite.h"

#include <sqlite3.h>

int csqlite_set_defensive(struct sqlite3 *connection, int on) {
    return sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, on, (int *)0);
}
