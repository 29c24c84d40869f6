// How a server is reached: the settings of the address, made secure.
#pragma once

#include <cascade/result.h>

#include <string>
#include <utility>
#include <vector>

namespace cascade::postgres {

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
