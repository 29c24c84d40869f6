// One event of the client, and what it is handled with: each is opened when first asked for, and once.
#pragma once

#include <cascade/hook.h>
#include <cascade/result.h>
#include <cascade/workspace.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "client/event_input.h"
#include "events/systems.h"
#include "files/overlay_tree.h"
#include "files/paths.h"
#include "files/run_program.h"
#include "policy/policy.h"
#include "session/ledger.h"

namespace cascade::systems {

class EventSession {
 public:
  // `json`: the event as the client wrote it; it and the event must outlive it. `log`: writes a fault down.
  EventSession(Surroundings surroundings, const HookEvent& event, std::string_view json,
               std::function<void(const Error&)> log);
  EventSession(const EventSession&) = delete;
  EventSession& operator=(const EventSession&) = delete;

  // A library that a system opens reads its configuration by way of this session, which has read the same files.
  const Surroundings& surroundings() const noexcept { return surroundings_; }
  const HookEvent& described() const noexcept { return event_; }
  const HookEvent::Input& input() const noexcept { return *event_.input; }
  const client::EventInput& event() const noexcept;
  std::string_view json() const noexcept { return json_; }
  std::int64_t now() const noexcept { return surroundings_.now; }

  // Whether the systems know this client's tools and hear of its events: they know Claude Code's alone.
  bool is_of_usual_client() const noexcept;
  // Whether there is a ledger to remember in.
  bool has_memory() const noexcept;
  session::Ledger& ledger() const;
  // Where the session began, as far as known without the ledger, and what can be read of the configuration there.
  const std::string& project() const noexcept;
  const Result<policy::Policy>& policy() { return policies_.at(project()); }
  policy::Policies& policies() noexcept { return policies_; }
  // Reads a cascade.yaml, for the systems and for the workspace; this session must outlive it.
  files::ReadText configuration_reader();
  // A mode of a system here; off where its setting cannot be read.
  policy::Mode mode(policy::SystemKey system);

  // The workspace that the event is answered from; null: none was opened. What an answer from it may cost.
  const Workspace* workspace = nullptr;
  TokenCount allowance = 0;

  // What several systems say in one block, each in lines of its own; told before what a system returns.
  client::Answer lines{};

  // What the memory says of having kept what the prompt asks to remember, before facts are recalled. None: not asked.
  std::optional<Result<client::Answer>> kept{};

  void log(const Error& error) const { log_(error); }

 private:
  Surroundings surroundings_;
  const HookEvent& event_;
  std::string_view json_;
  std::function<void(const Error&)> log_;
  files::ReadOnce configurations_;
  policy::Policies policies_;
};

// At the end of a turn: faults that the model must fix prolong it; everything else goes to the user.
void say_at_end(EventSession& session, policy::Mode mode, const std::string& text);

// Puts a line below the others, if there is one.
void add_line(std::string& text, std::string_view line);

// What the systems say about the event, joined in the order of their rows. The fault of one silences that one alone.
client::Answer what_systems_say(EventSession& session);

// Tells the event to the systems that only note it. Called when the answer is written.
void tell_systems(EventSession& session);

// What the program brings along.
struct Program {
  WorkspaceOptions library;      // as any verb would open it
  bool keeps_freshness = false;  // the user said how fresh it must be
  // What the environment says of an answer from this library.
  std::function<HookOptions(const Workspace& library)> options;
  // Gives the answer to the client; false: it did not arrive.
  std::function<bool(std::string_view answer)> write;
};

// Answers the event and then tells it to the systems that only note it. Faults go to the session's log.
void answer_event(EventSession& session, const Program& program);

// The lock of files::start_detached().
inline std::string background_lock(const std::string& cache) { return files::join(cache, "background.lock"); }

// The index is up to date: the next hook may start the next look at a large library at once.
inline void allow_background_index(const std::string& cache) {
  if (!cache.empty()) files::allow_next_start(background_lock(cache));
}

}  // namespace cascade::systems
