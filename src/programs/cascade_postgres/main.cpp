// cascade-postgres: talks to a PostgreSQL server for `store: postgresql://...`. Reads one line of JSON and answers
// with one line of JSON, until its input ends. It is a separate program because libpq needs libraries that take longer
// to load than most answers take. The address comes through standard input: other users of the machine could read it
// in the process list.
#include "cascade_postgres/session.h"

int main() { return cascade::postgres::serve(); }
