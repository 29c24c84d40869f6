// A tool call's meaning for the world outside: an effect changed something there, a witness looked at it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/deed.h"
#include "evidence/tool_call.h"

namespace cascade::evidence {

// push: a repository's refs. change: state elsewhere. publish: packages that others can install or pull. deploy:
// services running elsewhere.
enum class Kind : std::uint8_t { push, change, publish, deploy };
std::string_view to_string(Kind kind) noexcept;
std::optional<Kind> kind_of(std::string_view name) noexcept;

enum class Interface : std::uint8_t { cli, http, browser };
std::string_view to_string(Interface interface) noexcept;
std::optional<Interface> interface_of(std::string_view name) noexcept;

struct Finding {
  bool is_effect = false;
  Kind kind = Kind::change;              // of an effect
  Interface interface = Interface::cli;  // of a witness; for an effect: the one it used
  std::string target;                    // a remote, host, package, resource or address; empty: unknown
  std::vector<std::string> names;        // other names of the target: from the output, from its address
  std::string program, subcommand;       // "kubectl", "apply"; for a tool its name
  std::string_view idle = {};            // VerbRule::idle
};

// A rule from cascade.yaml: the calls it matches, and what they are.
struct OwnRule {
  std::vector<std::string> bash, tools;  // as in policy::Declared
  enum class What : std::uint8_t { effect, witness, nothing } what = What::effect;
  Kind kind = Kind::change;
  Interface interface = Interface::cli;
  std::string target;
};

// Returns the effects and witnesses of a call, in the order of its line. A failed call has neither. A call with a
// hidden status is an effect unless its output reports a failure, and a witness only if some output is surely its own.
// `rules` come before the built-in table. Linear in the call's size.
std::vector<Finding> find(const ToolCall& call, const Deed& deed, const std::vector<OwnRule>& rules);

}  // namespace cascade::evidence
