// The data that every rule may use in addition to the file it looks at.
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

// Checks one file. Called for every file; a rule first decides whether the file concerns it.
using FileCheck = void (*)(const Context& context, const Document& document, Findings& findings);

}  // namespace cascade::validation
