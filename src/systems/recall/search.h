// Finds the turns of past conversations that answer a question.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "logs/conversation.h"
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

// A turn of a past conversation read again from its log, for showing.

// What is shown of a turn. No text holds a secret that the one table of secrets knows.
struct Told {
  std::uint32_t turn = 0;  // of Index::turns()
  std::string client, session, folder, log;
  std::uint32_t number = 0;
  std::int64_t at = 0;
  std::string request, said, outcome;
  std::vector<std::string> files, commands;
  std::string opening;  // the conversation's first request; empty: this is it
  std::string resume;   // the client's command line that goes on with the conversation
};

// not_found: the log is gone. stale: it was written anew, and the turn lies elsewhere in it.
Result<Told> read_turn(const Index& index, std::uint32_t turn);

}  // namespace cascade::past
