// The hooks of skills: while a manifest is active for whoever an event is about, what it declares is said or run.
#pragma once

#include <cascade/manifest.h>
#include <cascade/registry.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "hook/event.h"
#include "policy/policy.h"
#include "session/ledger.h"
#include "systems/verdict.h"
#include "trust/run_hook.h"

namespace cascade::systems {

// A manifest that declares hooks.
struct Hooked {
  Symbol symbol;
  std::string path;      // of its file; absolute
  std::string declared;  // the value of its key
};

// Those of the manifests that declare any. Only the index is asked: no file is read. `folder_of`: the absolute folder
// that a manifest's file lies in.
std::vector<Hooked> hooked_among(const Registry& registry,
                                 const std::function<std::string(const ManifestView&)>& folder_of,
                                 const std::vector<std::string>& manifests);

// Where they run, and what for.
struct HookPlace {
  std::string state_directory;  // for the log; empty: none is kept
  std::string allowed_file;     // trust::Allowed
  std::string project, home;
  std::int64_t now = 0;                         // seconds since 1970
  std::uint32_t milliseconds = 3'000;           // for all hooks of one event; each has two seconds at most
  std::string sandbox{trust::sandbox_program};  // empty: nothing is confined
};

// What they say.
struct HookWords {
  std::string context;            // for the model, cleaned
  std::string notice;             // for the user, cleaned
  std::vector<Verdict> verdicts;  // on a tool call
};

// Runs what of `hooked` is for this event. Notes in the ledger what ran. `event_json`: the event as it came, for the
// programs' standard input. Nothing runs twice to one Stop, and what no consent covers does not run at all.
HookWords run_skill_hooks(const std::vector<Hooked>& hooked, const hook::EventInput& event, std::string_view event_json,
                          policy::Mode mode, session::Ledger& ledger, const HookPlace& place);

// An answer in the client's JSON (may be empty) with what hooks of skills say to the same event besides.
std::string with_words(const std::string& answer, const hook::EventInput& event, const HookWords& words);

}  // namespace cascade::systems
