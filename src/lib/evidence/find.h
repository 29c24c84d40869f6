// A tool call's meaning for the world outside: an effect changed something there, a witness looked at it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evidence/deed.h"
#include "policy/policy.h"

namespace cascade::evidence {

struct Finding {
  bool is_effect = false;
  Kind kind = Kind::change;              // of an effect
  Interface interface = Interface::cli;  // of a witness; for an effect: the one it used
  std::string target{};                  // a remote, host, package, resource or address; empty: unknown
  std::vector<std::string> names{};      // other names of the target: from the output, from its address
  std::string program, subcommand{};     // "kubectl", "apply"; for a tool its name
  std::string_view idle = {};            // VerbRule::idle
};

// Returns the effects and witnesses of a call, in the order of its line. A failed call has neither. A call with a
// hidden status is an effect unless its output reports a failure, and a witness only if some output is surely its own.
// `rules` come before the built-in table. Linear in the call's size.
std::vector<Finding> find(const ToolCall& call, const Deed& deed, const std::vector<OwnRule>& rules);

// Compares addresses of pages and names of things.

struct Address {
  std::string host;  // lower case, without user and port
  std::string port;
  std::string path;  // without query and fragment, "%40" and "%2F" decoded, no trailing slash; "" is the root
};

bool has_scheme(std::string_view text) noexcept;  // http: or https:
// Splits "https://user@host:443/path?q#f" or "host/path"; an empty host: it is not an address.
Address read_address(std::string_view text);

// Whether an address leads to this machine: localhost, 127.x, ::1, 0.0.0.0, *.localhost; also file:, about:, data:.
bool is_own_machine(std::string_view address);

// Returns the addresses of pages in a text, each once, at most four. `of_pages_served`: without those of dashboards,
// code hosts and documentation.
std::vector<std::string> addresses_in(std::string_view text, bool of_pages_served);

// Whether a look at `seen` shows part of `changed`: the same host and port, and one path is a prefix of the other.
bool is_same_page(const Address& changed, const Address& seen);

// Whether two resource names mean the same: equal, one a prefix of the other up to a `/`, `:` or `@`, or the same last
// part ("deployment/web", "web"; "@acme/lib@1.2.0", "@acme/lib"; "deploy@web1:/srv", "web1").
bool is_same_name(std::string_view a, std::string_view b);

// Whether an address names a resource: as its host, a label of the host, or parts of its path.
bool names_resource(const Address& seen, std::string_view name);

// Hosts that document, search or host code; a deployment is never seen there.
bool is_reference_host(std::string_view host);

}  // namespace cascade::evidence
