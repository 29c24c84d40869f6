// What a prompt brings along, for `bundle` and the MCP server.
#pragma once

#include <cascade/bundle.h>
#include <cascade/route.h>
#include <cascade/workspace.h>

#include "cli/call.h"
#include "request/task.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cascade::cli {

// What a conversation has already: content hashes, sorted; the roots that were loaded into it; all that came along.
struct Past {
  std::vector<std::uint64_t> held;
  std::vector<std::string> active, sent;
};
// Leaves out what is held. What is asked for again brings what is left of it, and of the rest nothing in another form.
void leave_out(const Past& past, request::Task& task);

// Routes `task.prompt` and packs what it asks for beside what is remembered. Facts come alone where nothing else does;
// nothing: there are none either. stale: a file has changed, see request::confirmed().
Result<std::optional<Bundle>> bundle_for_prompt(const Call& call, const Workspace& workspace, request::Task& task,
                                                Decision least, const Past& past = {});

}  // namespace cascade::cli
