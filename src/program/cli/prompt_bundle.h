// Makes the bundle for a prompt, for `bundle` and the MCP server.
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

// The past of a conversation: the content hashes that it holds, sorted; the roots loaded into it; and everything that
// came with them.
struct Past {
  std::vector<std::uint64_t> held;
  std::vector<std::string> active, sent;
};
// Leaves out everything that is held. A manifest that is requested again brings only what is missing; a section that is
// held does not come again in another form.
void leave_out(const Past& past, request::Task& task);

// Routes `task.prompt` and packs what it needs together with remembered facts. If nothing else is needed, facts come
// alone; nothing if there are none either. stale: a file has changed, see request::confirmed().
Result<std::optional<Bundle>> bundle_for_prompt(const Call& call, const Workspace& workspace, request::Task& task,
                                                request::Gate gate, const Past& past = {});

}  // namespace cascade::cli
