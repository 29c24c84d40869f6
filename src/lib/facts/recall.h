// Finds the facts that a prompt needs, if any.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "facts/fact.h"
#include "facts/gate.h"
#include "facts/index_file.h"

namespace cascade::recall {

struct Query {
  std::string_view prompt;
  Place place;
  bool any_user = false, any_team = false;  // any owner's facts rather than only the place's
  std::int64_t now = 0;
  std::vector<std::string> said{};  // ids of facts that the prompt itself says: not told
  std::size_t limit = 3;
  bool gated = true;                      // false: return every scoring fact, for a search by words
  bool decides = true;                    // false: tell facts whatever the gate says, to measure them
  MeaningRows meanings = meaning_rows();  // those that the index was built with
};

struct Answer {
  std::vector<Recalled> facts;  // best first; empty: silence
  Signals signals;
};

Answer recall(const Index& index, const Query& query);

// The facts that hold at the query's place and time, and one of them as a sentence: subject and text.
std::vector<std::uint32_t> told_at(const Index& index, const Query& query);
std::string statement(const Index& index, std::uint32_t fact);

}  // namespace cascade::recall
