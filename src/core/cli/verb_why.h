// Explains why an item is in a bundle or not, for `cascade why` and the MCP server.
#pragma once

#include <cascade/render.h>

#include "cli/call.h"
#include "cli/query_options.h"
#include "render/parts.h"
#include "request/task.h"

#include <string>

namespace cascade::cli {

struct Why {
  std::string text;
  bool is_in = false;
};

// `task` holds the roots; if there are none and no prompt, the item is the root. With a prompt the answer begins with
// what the router made of it; if the router keeps silent, nothing is in. `fact`: "memory:ID" asks about a fact instead
// of the item; may be empty. REQUIRES: task.switches is set. Errors are those of assemble_task().
Result<Why> why_item(const Call& call, Workspace& workspace, const Item& item, const std::string& fact,
                     request::Task& task, Format format, rendering::Paint paint);

// What a person looks at to judge a manifest: a skill's folder, or the file of any other.
std::string place_on_disk(const Workspace& workspace, const ManifestView& manifest);

}  // namespace cascade::cli
