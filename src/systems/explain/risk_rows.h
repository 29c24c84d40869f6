// The rows of risks.tsv. Only risks.cpp includes the header that the build makes of them.
#pragma once

#include <cstdint>
#include <string_view>

#include "explain/risks.h"

namespace cascade::comprehension {

enum class Side : std::uint8_t { removed, added, any };

struct RiskRow {
  Risk risk;
  std::string_view name, question;
};
struct WordRow {
  Risk risk;
  Side side;
  std::string_view words;  // with blanks between them; two with a plus between them must both stand in the line
};

}  // namespace cascade::comprehension
