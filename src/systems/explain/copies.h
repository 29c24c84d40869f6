// How much of a text another text holds.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace cascade::comprehension {

// The hashes of each three words in a row, regardless of case and without code in backticks.
using Runs = std::vector<std::uint64_t>;
Runs runs_of(std::string_view text);
void sort_runs(Runs& runs);  // as share_in() wants its second one

// The share of the runs that `sorted` has, in per cent. 0 where there is not more than one run.
unsigned share_in(const Runs& runs, const Runs& sorted);

// Whether a text that shares so much is a copy: most of it, or of a short one all.
bool is_copy(const Runs& runs, unsigned share);

}  // namespace cascade::comprehension
