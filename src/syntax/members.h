// Reads members of objects that another program wrote. All are lenient: a member that is absent, or of another kind,
// reads as empty, because such objects come from clients and older versions, and one odd member must not cost the rest.
#pragma once

#include "syntax/node.h"

#include <string>
#include <string_view>
#include <vector>

namespace cascade::syntax {

std::string text_of(const Node& object, std::string_view key);                // empty: no string
std::vector<std::string> texts_of(const Node& object, std::string_view key);  // the items of a list, as written

}  // namespace cascade::syntax
