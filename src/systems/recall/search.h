// Finds the turns of past conversations that answer a question.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "cli/console.h"
#include "cli/environment.h"
#include "logs/conversation.h"
#include "recall/index.h"
#include "route/tables.h"

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

// Which logs of conversations there are, and which of them may be searched.

namespace cascade::past {

// The logs of conversations of all clients, by path; those of subagents are left out, since the conversation holds what
// came of them. `folder_of` tells where a format's logs are; empty: nowhere.
std::vector<Log> find_logs(const files::Tree& tree,
                           const std::function<std::string(const transcript::Format&)>& folder_of);

// The sessions that `recall forget` dropped: a file with one id a line. A file that cannot be read holds none.
std::set<std::string> forgotten_sessions(const files::Tree& tree, const std::string& path);

// Whether the nearest cascade.yaml at or above the folder says `past: off`, or cannot be understood.
bool keeps_to_itself(const files::Tree& tree, std::string_view folder);

// Keeps what is neither forgotten nor of a project whose cascade.yaml says `past: off`. The nearest such file at or
// above the folder decides, and each folder is looked at once.
IsKept keep_all_but(const files::Tree& tree, std::set<std::string> forgotten);

}  // namespace cascade::past

// The index of past conversations: where it lies, and how it is made anew.

namespace cascade::cli {

// Where `recall forget` writes the sessions that stay out.
std::string forgotten_path(const Environment& environment);

// The index, renewed first if a log came, grew or went, or `always`: sessions may be forgotten since. Writes it next to
// the ledgers. Errors: not_found (no folder for state), unwritable.
Result<past::Index> renewed_past(const Environment& environment, const route::Tables& tables, const past::See& see,
                                 bool always = false);

}  // namespace cascade::cli
