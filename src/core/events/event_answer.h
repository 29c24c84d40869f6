// Answers one event of the client: with the library's words and those of the systems, as one document.
#pragma once

#include <cascade/hook.h>
#include <cascade/workspace.h>

#include <functional>
#include <string>
#include <string_view>

#include "events/event_session.h"
#include "files/paths.h"
#include "files/run_program.h"

namespace cascade::systems {

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

// What the hook and `cascade index`, which the hook starts in the background, agree on.

// The lock of files::start_detached().
inline std::string background_lock(const std::string& cache) { return files::join(cache, "background.lock"); }

// The index is up to date: the next hook may start the next look at a large library at once.
inline void allow_background_index(const std::string& cache) {
  if (!cache.empty()) files::allow_next_start(background_lock(cache));
}

}  // namespace cascade::systems
