// What every rule may look at beside the file before it.
#pragma once

#include <cascade/validate.h>

#include "validate/reading/document.h"
#include "validate/reading/file_tree.h"
#include "validate/reading/place.h"
#include "validate/reading/plugins.h"
#include "validate/rules/findings.h"

namespace cascade::validation {

// Shared between threads; nothing in it changes while rules run.
struct Context {
  const ValidateRequest& request;
  const Registry& registry;
  const FileTree& tree;
  const TreeFacts& facts;
  const Layout& layout;

  const RulePolicy& policy() const noexcept { return request.policy; }
};

// Looks at one file. Called for every file; a rule begins by asking whether the file is its business.
using FileCheck = void (*)(const Context& context, const Document& document, Findings& findings);

}  // namespace cascade::validation
