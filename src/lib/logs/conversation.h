// A past conversation as turns: what a person asked, what was done about it, and how it ended.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "client/transcript/formats.h"

namespace cascade::past {

// What the words of a turn are to it; each has a weight of its own (weights.h).
enum class Part : std::uint8_t { request, outcome, said, done, output };

// One prompt of the conversation itself with everything up to the next one.
struct Turn {
  std::uint32_t number = 0;               // of the conversation's prompts, from 0
  std::int64_t at = 0;                    // of the prompt, in milliseconds since 1970; 0: unknown
  std::uint64_t begin = 0, end = 0;       // the bytes of the log that hold it
  std::string request;                    // what the person typed
  std::string outcome;                    // the model's last words
  std::string said;                       // its words before them
  std::vector<std::string> paths;         // files that it read or wrote
  std::vector<std::string> commands;      // shell lines that it ran
  std::vector<std::string> written;       // what it wrote into files or handed on
  std::vector<std::string_view> outputs;  // what tools gave back, as JSON has it; points into the log's text

  // The same for every copy of the turn, such as those with which a fork's log begins. 0: unknown.
  std::uint64_t identity() const;
};

struct Conversation {
  std::vector<Turn> turns;
  transcript::LinesRead lines;
};

// Reads the log of a conversation, whose text must outlive the answer. What a log says twice counts once; what
// subagents were told and said is no turn. Linear.
Conversation read_conversation(const transcript::Format& format, std::string_view text);

}  // namespace cascade::past
