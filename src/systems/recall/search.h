// Finds the turns of past conversations that answer a question.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "recall/index.h"

namespace cascade::past {

struct Question {
  std::string words{};
  std::string folder{};               // only of conversations that worked there or below; empty: everywhere
  std::string file{};                 // only turns that touched it: a name, or the last names of its path; empty: any
  std::string client{};               // empty: any
  std::string but{};                  // a session that is left out: the one that asks
  std::int64_t since = 0, until = 0;  // milliseconds since 1970; 0: no bound
  std::size_t most = 5;
};

// How far a passage can be trusted to be what was asked for.
enum class Certainty : std::uint8_t { certain, likely, possible };

struct Passage {
  std::uint32_t turn = 0;   // of Index::turns()
  std::uint32_t score = 0;  // comparable within one answer
  std::uint32_t share = 0;  // per mille of the question's information that the turn has
  Certainty certainty = Certainty::possible;
};

// Best first. O(postings of the question's terms + turns).
std::vector<Passage> search(const Index& index, const route::Tables& tables, const Question& question);
// Whether the words hold any that a search could look for.
bool says_anything(const route::Tables& tables, const std::string& words);
// The last turn of each of the latest conversations that the question's bounds leave, whatever its words.
std::vector<Passage> latest(const Index& index, const Question& question);

}  // namespace cascade::past
