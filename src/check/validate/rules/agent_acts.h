// What an agent may be ordered to do.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

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

}  // namespace cascade::validation
