// Gathers everything that can be allowed, with its state, for `cascade trust`.
#pragma once

#include <cascade/registry.h>

#include <string>
#include <vector>

#include "cli/call.h"
#include "policy/allowed.h"
#include "trust/text.h"

namespace cascade::cli {

rendering::TrustReport trust_report(Call& call, const Workspace& workspace, const trust::Allowed& allowed);
// The hooks that a manifest declares, and one line for the shell commands in its text, if there are any.
std::vector<rendering::HookLine> hook_lines(const Workspace& workspace, ManifestId id, const std::string& path,
                                            const trust::Allowed& allowed);

}  // namespace cascade::cli
