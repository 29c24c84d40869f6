// Renders the rules themselves, for `validate --explain` and `--list-rules`.
#pragma once

#include <cascade/render.h>
#include <cascade/validate.h>

#include <string>

namespace cascade::rendering {

// One rule: when it fires, why, a bad and a good example, how to silence it.
std::string rule_text(const RuleInfo& rule);

// All rules by id. text: one line for each. json: cascade.rules/1. markdown: docs/rules.md.
Result<std::string> rule_list(Format format);

}  // namespace cascade::rendering
