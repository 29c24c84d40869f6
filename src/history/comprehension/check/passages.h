// Judges what somebody wrote: whether it says something of this change, and whether it was copied.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "comprehension/check/findings.h"

namespace cascade::comprehension {

// Texts that an explanation must not repeat, as words.
struct Sources {
  std::vector<std::string> messages, comments;                            // of the range's commits; of its added lines
  std::vector<std::pair<std::string, std::vector<std::string>>> earlier;  // other records by path
};
Sources sources_of(const Change& change, const std::vector<TreeText>& records);

// Adds what is wrong with the texts of one record. `live`: its hunks that the change has, by place.
void judge_texts(const Change& change, const std::vector<std::size_t>& live, const Sources& sources,
                 const Surroundings& around, RecordState& state, std::vector<Finding>& findings);

// A reviewer's sentence: what is wrong with it; empty: nothing.
std::string fault_of_sentence(std::string_view sentence, const Record& record, const Change& change);

constexpr unsigned most_overlap = 60;        // per cent
constexpr std::uint32_t least_sentence = 6;  // words of a reviewer

}  // namespace cascade::comprehension
