// What an agent may be ordered to do, and what its list of tools lets it do.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "validate/reading/document.h"
#include "validate/reading/shell.h"
#include "validate/rules/findings.h"

namespace cascade::validation {

// run: a command. write: into a file. remove: delete or rename a file. fetch: a page of the web. start: an agent.
// publish: where others see it, a channel or a pull request.
enum class Power : std::uint8_t { run, write, remove, fetch, start, publish };

// A row of agent_acts.tsv, which says what the columns mean.
struct AgentAct {
  Power power = Power::run;
  std::string_view verbs, places, things, without;
};
std::span<const AgentAct> agent_acts() noexcept;

class GrantedTools {
 public:
  // Of an agent's `tools` and `disallowedTools`. Nothing: it has all, is written for other programs, or nobody can
  // tell.
  static std::optional<GrantedTools> of(const Document& document);

  // Tools of servers count by their names ("mcp__fs__write_file"); Bash can do all, whatever its patterns.
  bool can(Power power) const noexcept { return can_.contains(power); }
  // Whether the program may be run, or other tools do the same.
  bool lets_run(std::string_view program) const;
  // Whether the list has a tool of this name, also by another name of it or by its server.
  bool has(std::string_view tool) const;

 private:
  void take(const ToolName& tool);
  void allow(std::initializer_list<Power> powers) { can_.insert(powers); }

  std::set<Power> can_;
  bool all_but_ = false;  // everything but `tools_`
  std::vector<ToolName> tools_;
};

}  // namespace cascade::validation
