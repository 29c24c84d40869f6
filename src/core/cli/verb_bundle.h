// What a conversation here gets for a prompt, with the facts that are remembered, for all verbs that show it.
#pragma once

#include <cascade/bundle.h>
#include <cascade/route.h>
#include <cascade/workspace.h>

#include "cli/call.h"
#include "hook/routing.h"
#include "request/task.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cascade::cli {

// The past of a conversation: the content hashes that it holds, sorted; the roots loaded into it; and everything that
// came with them.
struct Past {
  std::vector<std::uint64_t> held;
  std::vector<std::string> active, sent;
};
// Leaves out everything that is held. A manifest that is requested again brings only what is missing; a section that is
// held does not come again in another form.
void leave_out(const Past& past, request::Task& task);

// The directory in which the verb runs, with the switches, programs and files there.
hook::Place place_here(const Call& call, const Workspace& workspace);

// Routes `task.prompt` and packs what it needs together with remembered facts. If nothing else is needed, facts come
// alone; nothing if there are none either. stale: a file has changed, see request::confirmed().
Result<std::optional<Bundle>> bundle_for_prompt(const Call& call, const hook::Place& place, request::Task& task,
                                                hook::Gate gate, const Past& past = {});

// Says why a prompt has no text here, and what waits for the user's trust.
void complain_of_nothing(Call& call, const Workspace& workspace, const request::Task& task);

// Lines about what the prompt asks for as well: what is not safe to load, what there was no room for, and what a
// conversation is offered beside it.
std::vector<std::string> left_out_of(const request::Task& task);
void note_left_out(Call& call, const request::Task& task);

// Whether the roots that were named may be loaded: none is switched off, and none is unsafe. The reason goes to
// standard error. REQUIRES: task.switches is set.
bool may_come(Call& call, const Registry& registry, const request::Task& task);

// Remembered facts for a prompt, as a hook would give them in a new conversation: at most 15 per cent of the budget, or
// any number if it has no limit; none among `held` (content hashes, sorted). Empty if memory is off in this folder.
std::vector<Quote> facts_for_prompt(const Environment& environment, const std::string& prompt, const Budget& budget,
                                    const TokenCounter& counter, const std::vector<std::uint64_t>& held = {});

}  // namespace cascade::cli
