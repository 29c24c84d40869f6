// What a manifest says about itself.
#pragma once

#include "syntax/node.h"

#include <string>
#include <string_view>

namespace cascade::manifest {

// The decoded `description`; without one, the first line of the body that is not empty, its heading marks removed (as
// the client does, 2.1.328). Empty when there is neither: what the client shows instead ("Skill") is the listing's
// business. Well-formed UTF-8, no white space at its ends.
std::string describe(const syntax::Node& fields, std::string_view body);

// The first line of `body` that is not empty, trimmed, without heading marks.
std::string_view first_line(std::string_view body);

}  // namespace cascade::manifest
