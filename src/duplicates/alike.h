// Which of many sets are alike: Jaccard similarity, found by minimal hashes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace cascade::duplicates {

// Sorted, each once.
using Set = std::vector<std::uint32_t>;

// The runs of three words of a text, hashed; words are letters and digits, case aside. A shorter text is one run.
Set runs_of_words(std::string_view text);

// The share that two sets have in common of what either has, in thousandths; 1000 for two empty ones.
std::uint32_t similarity(const Set& a, const Set& b);

// Pairs (a < b) that are worth a look: of two sets that are alike by 800 thousandths, 99 in 100 pairs come together or
// by way of a third. Sets of the same kind are compared with the first of them only, so that the number of pairs grows
// with that of the sets. Empty sets are in no pair.
std::vector<std::pair<std::size_t, std::size_t>> candidates(const std::vector<Set>& sets);

}  // namespace cascade::duplicates
