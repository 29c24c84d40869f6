// Measures what somebody wrote, and refuses only what is certain: nothing written, a copy, a
// statement that did not show. How sentences read is left to the reviewer, who is shown the measures.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "explain/change.h"
#include "explain/check.h"

namespace cascade::comprehension {

// The hashes of each three words in a row, regardless of case and without code in backticks.
using Runs = std::vector<std::uint64_t>;
Runs runs_of(std::string_view text);
void sort_runs(Runs& runs);  // as share_in() wants its second one

// The share of the runs that `sorted` has, in per cent. 0 where there is not more than one run.
unsigned share_in(const Runs& runs, const Runs& sorted);

// Whether a text that shares so much is a copy: most of it, or of a short one all.
bool is_copy(const Runs& runs, unsigned share);

// Texts that an explanation must not repeat, sorted.
struct Sources {
  Runs messages, lines;                               // of the range's commits; of its lines, comments included
  std::vector<std::pair<std::string, Runs>> records;  // by path
};
Sources sources_of(const Change& change, const std::vector<TreeText>& records);

// Fills in the measures of one record and adds what is wrong with it. `live`: its hunks that the change has, by place.
// `shown`: each hunk asked about needs a statement.
void judge_texts(const Change& change, const std::vector<std::size_t>& live, const Sources& sources,
                 const Surroundings& around, bool shown, RecordState& state, std::vector<Finding>& findings);

// A reviewer's sentence: what is wrong with it; empty: nothing.
std::string fault_of_sentence(std::string_view sentence, const Change& change);

}  // namespace cascade::comprehension
