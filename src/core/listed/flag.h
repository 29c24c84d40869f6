// A flag of a manifest's frontmatter, as clients read it.
#pragma once

#include <string_view>

namespace cascade::listing {

constexpr bool is_set(std::string_view flag) noexcept { return flag == "true" || flag == "yes" || flag == "on"; }

}  // namespace cascade::listing
