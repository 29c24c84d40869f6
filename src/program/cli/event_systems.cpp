#include "cli/event_systems.h"

#include "cli/guard.h"
#include "cli/system_surroundings.h"
#include "hook/event.h"
#include "session/ledger.h"
#include "systems/skill_hooks.h"
#include "systems/systems.h"

#include <initializer_list>
#include <utility>

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

// A library that a system opens reads its configuration by way of the session, which has read the same files.
systems::Surroundings surroundings_of(EventSession& session) {
  systems::Surroundings surroundings = system_surroundings(session.call(), session.now());
  if (surroundings.library)
    surroundings.library = [library = std::move(surroundings.library), &session] {
      WorkspaceOptions options = library();
      options.read_configuration = session.configuration_reader();
      return options;
    };
  return surroundings;
}

// Places, effects, playbooks, leases, checks.
Result<client::Answer> note_evidence(EventSession& session) {
  constexpr std::uint32_t most_with_checks = 27'000;  // milliseconds, of thirty at the end of a turn with checks
  if (!session.is_of_usual_client()) return client::Answer();
  systems::Surroundings surroundings = surroundings_of(session);
  surroundings.wait_longer = [] { Guard::extend(most_with_checks); };
  return systems::note_event(session.input(), session.policies(), session.project(), surroundings);
}

// Skill hooks run with the library that the event is answered from, where there is one. Elsewhere the ledger is asked
// first which manifests are active, and a library is opened only if there are any: most events pay nothing.
Result<client::Answer> run_skill_hooks(EventSession& session) {
  if (!session.is_of_usual_client() || !session.has_memory()) return client::Answer();
  const policy::Mode mode = session.mode(&policy::Policy::trust);
  if (mode == policy::Mode::off) return client::Answer();
  const std::vector<std::string> active = session::in_force(session.ledger(), session.event().agent_id);
  if (active.empty()) return client::Answer();
  const systems::Surroundings surroundings = surroundings_of(session);
  const auto opened = session.workspace != nullptr
                          ? std::nullopt
                          : systems::library_of(surroundings, session.event().working_directory, Freshness::off);
  const Workspace* const library = opened ? &*opened : session.workspace;
  if (library == nullptr) return client::Answer();
  return systems::run_skill_hooks(systems::hooked_among(*library, active), session.event(), session.json(), mode,
                                  session.ledger(), systems::hook_place(surroundings))
      .answer;
}

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
