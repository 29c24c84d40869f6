// Tool lists: the tools that an agent may use or that a skill or command is allowed, and the manifests their entries
// name.
#pragma once

#include <cascade/manifest.h>

#include "manifest/problems.h"
#include "syntax/lines.h"
#include "syntax/node.h"

namespace cascade::manifest {

// An agent's tools are `tools` without `disallowedTools`; a skill's and a command's are `allowed-tools`. In the
// order written, each once. A `*`, an empty list or none means no restriction. "Agent(a, b)", "Task(a)", "Skill(s)" in
// any of the lists are references.
void read_tools(const syntax::Node& fields, const syntax::LineIndex& lines, Manifest& out, Problems& problems);

}  // namespace cascade::manifest
