// Finds similar ones among many sets: Jaccard similarity, with MinHash.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace cascade::duplicates {

// Sorted, each once.
using Set = std::vector<std::uint32_t>;

// Returns the hashes of the runs of three words in a text; words are letters and digits, regardless of case. A shorter
// text is one run.
Set runs_of_words(std::string_view text);

// Returns the size of the intersection over that of the union, in thousandths; 1000 for two empty sets.
std::uint32_t similarity(const Set& a, const Set& b);

// Returns pairs (a < b) that are worth comparing: of two sets with similarity 800, 99 in 100 are paired directly or
// through a third. Sets in the same band are paired only with the first and the one before, so the number of pairs
// grows linearly with the sets. Empty sets are in no pair.
std::vector<std::pair<std::size_t, std::size_t>> candidates(const std::vector<Set>& sets);

}  // namespace cascade::duplicates
