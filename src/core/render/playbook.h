// A playbook's chain as text and JSON.
#pragma once

#include <string>

#include "playbooks/plan.h"
#include "render/paint.h"
#include "syntax/json.h"

namespace cascade::rendering {

// One row for each step with its exit, then its branches.
std::string chain_text(const playbook::Plan& plan, Paint paint);
// Writes the value, an object.
void put_chain(syntax::JsonWriter& json, const playbook::Plan& plan);

}  // namespace cascade::rendering
