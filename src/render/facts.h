// Remembered facts that competed for a bundle's budget.
#pragma once

#include <cascade/bundle.h>

#include <string>

#include "render/paint.h"
#include "syntax/json.h"

namespace cascade::rendering {

// A row for each, those that are in first; `only`: of this name alone, empty: all. Empty where there is none.
std::string facts_text(const Bundle& bundle, const std::string& only, Paint paint);

// "facts" of an open object; nothing where there is none.
void put_facts(syntax::JsonWriter& json, const Bundle& bundle, const std::string& only = {});

}  // namespace cascade::rendering
