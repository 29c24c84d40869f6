// Renders the remembered facts that competed for a bundle's budget.
#pragma once

#include <cascade/bundle.h>

#include <string>

#include "render/paint.h"
#include "syntax/json.h"

namespace cascade::rendering {

// One row for each fact, those that are in first. `only`: just the fact of this name; empty: all. Returns an empty text
// if there are none.
std::string facts_text(const Bundle& bundle, const std::string& only, Paint paint);

// Writes "facts" into the open object; nothing if there are none.
void put_facts(syntax::JsonWriter& json, const Bundle& bundle, const std::string& only = {});

}  // namespace cascade::rendering
