// libpq reads more than the address: variables, a service file, a file of passwords. So the settings are looked at
// after libpq has put them together, and what leaves this machine must be encrypted to a server that proves its name.
// Everything that could name another host counts as leaving the machine.
#include "cascade_postgres/transport.h"

#include <libpq-fe.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <memory>
#include <string_view>

namespace cascade::postgres {
namespace {

struct Release {
  void operator()(PQconninfoOption* options) const noexcept { PQconninfoFree(options); }
};
using Parsed = std::unique_ptr<PQconninfoOption, Release>;
using Values = std::map<std::string, std::string>;

Values values_of(const Parsed& parsed) {
  Values values;
  for (const PQconninfoOption* option = parsed.get(); option != nullptr && option->keyword != nullptr; ++option)
    if (option->val != nullptr) values[option->keyword] = option->val;
  return values;
}

Parsed parse(const std::string& address) {
  char* message = nullptr;
  Parsed parsed(PQconninfoParse(address.c_str(), &message));
  PQfreemem(message);  // it quotes the address
  return parsed;
}

std::string value_in(const Values& values, const std::string& name) {
  const auto found = values.find(name);
  return found == values.end() ? std::string() : found->second;
}

bool is_local_host(std::string_view host) {
  if (host.empty() || host.front() == '/' || host.front() == '@') return true;
  return host == "localhost" || host.substr(0, 4) == "127." || host == "::1" || host == "[::1]";
}

bool can_be_read(const std::string& path) { return std::ifstream(path).good(); }

// The file in the user's own folder that libpq would look for first.
bool has_own_authorities() {
  const char* home = std::getenv("HOME");
  return home != nullptr && can_be_read(std::string(home) + "/.postgresql/root.crt");
}

// The certificate authorities that the system trusts: Debian's, Fedora's, and those of the BSDs.
std::string authorities_of_system() {
  for (const char* path :
       {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"})
    if (can_be_read(path)) return path;
  return {};
}

Error wrong(const std::string& message, const std::string& help) { return {ErrorCode::misuse, message, "", help}; }

}  // namespace

bool is_local(const std::string& hosts) {
  for (std::size_t begin = 0; begin <= hosts.size();) {
    const std::size_t end = std::min(hosts.find(',', begin), hosts.size());
    if (!is_local_host(std::string_view(hosts).substr(begin, end - begin))) return false;
    begin = end + 1;
  }
  return true;
}

Result<Options> transport(const std::string& address, int milliseconds) {
  const bool has_scheme = address.rfind("postgresql://", 0) == 0 || address.rfind("postgres://", 0) == 0;
  const Parsed given = has_scheme ? parse(address) : Parsed();
  if (!given) return wrong("the address of the store cannot be read", "store: postgresql://HOST/DATABASE");
  const Values said = values_of(given);
  Values all = values_of(Parsed(PQconndefaults()));  // libpq's own variables and its service file
  for (const auto& [name, value] : said) all[name] = value;
  if (value_in(all, "port").find_first_not_of("0123456789,") != std::string::npos)
    return wrong("the port in the address of the store is not a number", "store: postgresql://HOST:5432/DATABASE");

  Options options = {{"dbname", address}, {"application_name", "cascade"}};
  const int seconds = std::max(2, milliseconds / 1000);  // libpq's minimum
  if (value_in(all, "connect_timeout").empty()) options.emplace_back("connect_timeout", std::to_string(seconds));
  options.emplace_back("gssencmode", "disable");
  // A service named by the address may replace the host.
  const bool may_leave = !is_local(value_in(all, "host")) || !is_local(value_in(all, "hostaddr")) ||
                         (said.count("service") > 0 && said.count("host") == 0);
  if (!may_leave) return options;
  const std::string mode = value_in(said, "sslmode");
  if (!mode.empty() && mode != "verify-full")
    return wrong(
        "a store on another machine is reached by TLS with a certificate for its name, and the address asks for "
        "less",
        "leave sslmode out of it; sslrootcert=FILE names an authority of your own");
  options.emplace_back("sslmode", "verify-full");
  if (value_in(all, "sslrootcert").empty() && !has_own_authorities())
    if (const std::string found = authorities_of_system(); !found.empty()) options.emplace_back("sslrootcert", found);
  return options;
}

std::string without_secrets(std::string message, const std::string& address) {
  const Values said = values_of(parse(address));
  for (const char* name : {"password", "sslpassword"}) {
    const std::string secret = value_in(said, name);
    for (std::size_t at = 0; !secret.empty() && (at = message.find(secret, at)) != std::string::npos;)
      message.replace(at, secret.size(), "...");
  }
  if (const char* secret = std::getenv("PGPASSWORD"); secret != nullptr && *secret != '\0')
    for (std::size_t at = 0; (at = message.find(secret, at)) != std::string::npos;)
      message.replace(at, std::strlen(secret), "...");
  return message;
}

}  // namespace cascade::postgres
