// What a Markdown link leads to, as text.
#pragma once

#include <string>
#include <string_view>

namespace cascade::manifest {

// "a%20b.md" is "a b.md". What is no escape stays as it is.
std::string percent_decoded(std::string_view text);

}  // namespace cascade::manifest
