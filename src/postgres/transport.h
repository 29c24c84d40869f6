// How a server is reached: what the address says, made safe.
#pragma once

#include <cascade/result.h>

#include <string>
#include <utility>
#include <vector>

namespace cascade::postgres {

// What libpq is told, name and value; the address comes first and what follows overrides it.
using Options = std::vector<std::pair<std::string, std::string>>;

// Whether all of a comma-separated list of hosts lie on this machine: sockets ("/run/postgresql", "@name", nothing) and
// loopback addresses.
bool is_local(const std::string& hosts);

// A connection that leaves the machine is encrypted, and the server proves its name (sslmode=verify-full), whatever the
// environment says. Where no certificate authority is named, those of the system are believed. misuse: no PostgreSQL
// address, or one that asks for less; no message holds a part of it.
Result<Options> transport(const std::string& address, int milliseconds);

// `message` without what the address and the environment say is secret.
std::string without_secrets(std::string message, const std::string& address);

}  // namespace cascade::postgres
