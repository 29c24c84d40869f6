// What a tool call meant for the world outside: an effect changed something there, a witness looked at it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/deed.h"
#include "evidence/tool_call.h"

namespace cascade::evidence {

// push: a repository's refs. change: state elsewhere. publish: what others can install or pull. deploy: what runs
// elsewhere.
enum class Kind : std::uint8_t { push, change, publish, deploy };
std::string_view to_string(Kind kind) noexcept;
std::optional<Kind> kind_of(std::string_view name) noexcept;

enum class Interface : std::uint8_t { cli, http, browser };
std::string_view to_string(Interface interface) noexcept;
std::optional<Interface> interface_of(std::string_view name) noexcept;

struct Finding {
  bool is_effect = false;
  Kind kind = Kind::change;              // of an effect
  Interface interface = Interface::cli;  // of a witness; of an effect: the one that it was made through
  std::string target;                    // a remote, host, package, resource or address; empty: the call does not tell
  std::vector<std::string> names;        // what else the target is called: in the output, by its address
  std::string program, subcommand;       // "kubectl", "apply"; of a tool its name
};

// A rule of cascade.yaml: what calls it is about, and what they are.
struct OwnRule {
  std::vector<std::string> bash, tools;  // as in policy::Declared
  enum class What : std::uint8_t { effect, witness, nothing } what = What::effect;
  Kind kind = Kind::change;
  Interface interface = Interface::cli;
  std::string target;
};

// The effects and witnesses of a call, in the order of its line. A call that failed has neither, one whose status is
// hidden is an effect unless its output says that it failed, and a witness only if something that was printed is surely
// its own. `rules` come before the built-in table. Linear in the call's size.
std::vector<Finding> find(const ToolCall& call, const Deed& deed, const std::vector<OwnRule>& rules);

}  // namespace cascade::evidence
