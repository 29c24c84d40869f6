// A table of claims as people write them, read line by line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::metrics {

struct Claim {
  std::uint32_t line = 0;
  std::string text;    // as written, without the marks of a table or list
  std::string figure;  // of figures.h; "people": a number of people; empty: nothing known here
  std::string basis;   // of people: the figure that they are derived from; empty: not said
  std::uint64_t value = 0;
  std::optional<std::uint64_t> to;       // of a span, "14 to 27": its end
  std::optional<std::uint64_t> days;     // "in seven days"; empty: not said
  std::optional<std::uint64_t> divisor;  // "at 80 lines a day"
};

// Rows of a Markdown table, items of a list, or lines "what: number". Numbers may be grouped ("173,833"), rounded
// ("174k") or words ("seven", "no"). A title or heading row that names days is about the rows below it. Lines that
// claim nothing are left out.
std::vector<Claim> read_claims(std::string_view text);

}  // namespace cascade::metrics
