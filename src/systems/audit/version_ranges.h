// What files say about the version of a tool: one version, or a range.
#pragma once

#include <string>
#include <string_view>

namespace cascade::audit {

// The digits of a version: ">=3.11,<4" and "v20" -> "3.11", "20".
std::string digits_of(std::string_view text);

// Whether two statements about one tool can both hold: ">=3.8,<3.12" and "3.11". Two ranges always can.
bool can_agree(const std::string& a, const std::string& b);

}  // namespace cascade::audit
