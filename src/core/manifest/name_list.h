// Names listed in a value: "a, b and c", "[a, b]", "a → b", "a (why) / b".
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace cascade::manifest {

// The ranges of the names in text[begin, end). A piece that is more than a name is left out; text in parentheses or
// after a dash is an explanation.
std::vector<std::pair<std::size_t, std::size_t>> names_listed(std::string_view text, std::size_t begin,
                                                              std::size_t end);

}  // namespace cascade::manifest
