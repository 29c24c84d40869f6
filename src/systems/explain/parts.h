// Measures what somebody wrote, and refuses only what is certain: nothing written, nothing of the change named, a copy,
// a statement that did not show. How sentences read is left to the reviewer, who is shown the measures.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "explain/copies.h"
#include "explain/findings.h"

namespace cascade::comprehension {

// Texts that an explanation must not repeat, sorted.
struct Sources {
  Runs messages, comments;                            // of the range's commits; of its added lines
  std::vector<std::pair<std::string, Runs>> records;  // by path
};
Sources sources_of(const Change& change, const std::vector<TreeText>& records);

// Fills in the measures of one record and adds what is wrong with it. `live`: its hunks that the change has, by place.
// `shown`: each hunk asked about needs a statement.
void judge_texts(const Change& change, const std::vector<std::size_t>& live, const Sources& sources,
                 const Surroundings& around, bool shown, RecordState& state, std::vector<Finding>& findings);

// A reviewer's sentence: what is wrong with it; empty: nothing.
std::string fault_of_sentence(std::string_view sentence, const Record& record, const Change& change);

}  // namespace cascade::comprehension
