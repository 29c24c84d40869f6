// Asks the router about one manifest and one prompt, for `cascade why --prompt` and the MCP server.
#pragma once

#include <cascade/workspace.h>

#include <string>

#include "cli/call.h"
#include "render/why_prompt.h"

namespace cascade::cli {

// What the hooks would do with the manifest for this prompt in a conversation that holds nothing yet, and why. Errors
// are those of Workspace::router().
Result<rendering::PromptReport> why_prompt(const Call& call, const Workspace& workspace, ManifestId id,
                                           const std::string& prompt);

}  // namespace cascade::cli
