#ifndef MTLSTOP_CSQLITE_H
#define MTLSTOP_CSQLITE_H

struct sqlite3;

// Makes a connection refuse every statement that can damage a database on purpose (SQLITE_DBCONFIG_DEFENSIVE): writing
// to the schema's table or to shadow tables, and turning the log off. `on` is 0 or 1. Returns SQLite's result code.
// sqlite3_db_config takes a variable number of arguments, which Swift cannot pass.
int csqlite_set_defensive(struct sqlite3 *connection, int on);

#endif
