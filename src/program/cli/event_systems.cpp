#include "cli/event_systems.h"

#include "hook/event.h"

#include <initializer_list>

namespace cascade::cli {
namespace {

using client::EventKind;

class Kinds {
 public:
  constexpr Kinds(std::initializer_list<EventKind> kinds) noexcept {
    for (const EventKind kind : kinds) bits_ |= bit(kind);
  }
  constexpr bool has(EventKind kind) const noexcept { return (bits_ & bit(kind)) != 0; }

 private:
  static constexpr std::uint32_t bit(EventKind kind) noexcept { return 1U << static_cast<unsigned>(kind); }
  std::uint32_t bits_ = 0;
};

// `says`: the events to whose answer the system may add words; it runs before the answer is written. `notes`: the
// others that it hears, after that.
struct System {
  Result<client::Answer> (*run)(EventSession& session);
  Kinds says, notes;
};

using enum EventKind;
constexpr System systems_in_order[] = {
    {note_evidence,
     {tool_result, tool_failure, turn_end, subagent_stop},
     {session_start, directory_added, prompt, subagent_start, session_end}},
    {run_skill_hooks,
     {session_start, prompt, subagent_start, before_compaction, after_compaction, tool_result, tool_failure, turn_end,
      subagent_stop, session_end},
     {}},
    {note_tiers, {}, {tool_result, tool_failure, prompt, subagent_stop, turn_end, session_end}},
    {keep_memory, {before_compaction}, {after_compaction, session_start, session_end}},
};

}  // namespace

client::Answer what_systems_say(EventSession& session) {
  client::Answer all;
  for (const System& system : systems_in_order) {
    if (!system.says.has(session.event().kind)) continue;
    if (const auto words = system.run(session))
      hook::join(session.event(), all, *words);
    else
      session.log(words.error());
  }
  return all;
}

void tell_systems(EventSession& session) {
  for (const System& system : systems_in_order)
    if (system.notes.has(session.event().kind))
      if (const auto noted = system.run(session); !noted) session.log(noted.error());
}

}  // namespace cascade::cli
