// What a client's log of a conversation tells, in a form that is the same for all clients.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/json_slice.h"

namespace cascade::transcript {

enum class Happening : std::uint8_t {
  prompt,      // the user's words
  answer,      // the model's words to the user
  call,        // the model called a tool
  result,      // what the tool gave back
  context,     // text that the client or a hook put in
  compaction,  // what came before it is gone, except for a summary
  typed,       // the user typed a command; `tool` is its name
};

// One thing that happened. The views point into the line that it was read from.
struct Happened {
  Happening kind = Happening::prompt;
  std::int64_t at = 0;       // milliseconds since 1970; 0: unknown
  std::string_view agent{};  // the subagent to whom it happened; empty: the conversation itself
  std::string_view id{};     // of the answer or call, the same in every copy of the line; may be empty
  std::string_view tool{};   // call: its name, as written
  // call: the tool's input; a string of JSON in some clients. result: what came back.
  syntax::JsonSlice value{};
  syntax::JsonSlice words{};  // prompt, answer, context: a string
};
using See = std::function<void(const Happened&)>;

// told: it was understood, whether or not something happened in it. foreign: no line of this client's logs.
enum class Reading : std::uint8_t { told, foreign };

// What a call asks for, whatever the client calls its tools and their members.
struct CallFacts {
  std::vector<std::string> names;     // of agents, skills and commands that it starts
  std::vector<std::string> commands;  // shell lines
  std::vector<std::string> paths;     // files and folders that it reads or writes
  std::vector<std::string> texts;     // what it writes or hands on
};
CallFacts facts_of(std::string_view tool, const syntax::JsonSlice& input);

// A tool whose call tells something, because not every conversation uses it, in one spelling for all clients:
// "mcp__tracker__search", "mcp_tracker_search" and "tracker-search" are "trackersearch". Empty: it tells nothing.
std::string telling_tool(std::string_view tool);

// "2026-01-31T12:00:00.123Z" in milliseconds since 1970, or a number of milliseconds; 0: neither.
std::int64_t milliseconds_of(const syntax::JsonSlice& time) noexcept;

}  // namespace cascade::transcript
