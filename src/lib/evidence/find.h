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

}  // namespace cascade::evidence
