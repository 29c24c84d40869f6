// One connection to a server, as src/lib/store/store.h uses it: questions and answers are JSON objects, one per
// line.
//
//   {"connect": "postgresql://...", "milliseconds": 5000}      {}
//   {"begin": true}                                            {}
//   {"run": "one or more statements; without values"}          {}
//   {"sql": "... $1 ... $2", "values": ["text", 12, null]}     {"columns": 2, "rows": [["a", null], ...]}
//
// A number is a BIGINT, a string a TEXT; what comes back is text. What failed is {"error": KIND, "message": ...}:
//   address      the address is none, or asks for less than it may (with "help")
//   unreachable  there is no connection, or there is none any more
//   again        another transaction was in the way: the whole of this one may be tried again
//   table        there is no such table
//   refused      whatever else the server says
#pragma once

#include <cascade/result.h>

#include <string>
#include <utility>
#include <vector>

namespace cascade::postgres {

// Answers each line of standard input until it ends; what main returns.
int serve();

// libpq's settings, name and value; the address comes first and later ones override it.
using Options = std::vector<std::pair<std::string, std::string>>;

// Whether all hosts in a comma-separated list are on this machine: sockets ("/run/postgresql", "@name", nothing) and
// loopback addresses.
bool is_local(const std::string& hosts);

// A connection that leaves the machine is encrypted, and the server proves its name (sslmode=verify-full), whatever
// the environment says. Without a named certificate authority, the system's are trusted. misuse: not a PostgreSQL
// address, or one that asks for less security; no message contains part of it.
Result<Options> transport(const std::string& address, int milliseconds);

// Returns `message` without the secrets from the address and the environment.
std::string without_secrets(std::string message, const std::string& address);

}  // namespace cascade::postgres
