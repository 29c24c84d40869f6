// The target of a Markdown link, as text.
#pragma once

#include <string>
#include <string_view>

namespace cascade::manifest {

// "a%20b.md" is "a b.md". Text that is not an escape stays unchanged.
std::string percent_decoded(std::string_view text);

}  // namespace cascade::manifest
