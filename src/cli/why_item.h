// Why an item is in a bundle or not, for `cascade why` and the MCP server.
#pragma once

#include <cascade/render.h>

#include <string>

#include "cli/call.h"
#include "cli/item.h"
#include "render/paint.h"
#include "request/task.h"

namespace cascade::cli {

struct Why {
  std::string text;
  bool is_in = false;
};

// `task` holds the roots; without one the item is its own. `fact`: "memory:ID", what the question is about instead of
// the item; may be empty. REQUIRES: task.switches is set. Errors: as assemble_task() has them.
Result<Why> why_item(const Call& call, Workspace& workspace, const Item& item, const std::string& fact,
                     request::Task& task, Format format, rendering::Paint paint);

}  // namespace cascade::cli
