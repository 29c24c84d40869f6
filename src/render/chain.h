// A playbook's chain as text and JSON.
#pragma once

#include <string>

#include "playbook/plan.h"
#include "render/paint.h"
#include "syntax/json.h"

namespace cascade::rendering {

// A row a step with its exit, then its branches.
std::string chain_text(const playbook::Plan& plan, Paint paint);
// The value: an object.
void put_chain(syntax::JsonWriter& json, const playbook::Plan& plan);

}  // namespace cascade::rendering
