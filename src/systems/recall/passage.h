// A turn of a past conversation read again from its log, for showing.
#pragma once

#include <string>
#include <vector>

#include "logs/conversation.h"
#include "recall/index.h"

namespace cascade::past {

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
