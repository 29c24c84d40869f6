// A manifest's description of itself.
#pragma once

#include "syntax/node.h"

#include <string>
#include <string_view>

namespace cascade::manifest {

// The decoded `description`; without one, the first line of the body that is not empty, without its heading marks (as
// the client does, 2.1.328). Empty when there is neither: the listing adds the text that the client shows instead
// ("Skill"). Well-formed UTF-8, no white space at its ends.
std::string describe(const syntax::Node& fields, std::string_view body);

// The first line of `body` that is not empty, trimmed, without heading marks.
std::string_view first_line(std::string_view body);

}  // namespace cascade::manifest
