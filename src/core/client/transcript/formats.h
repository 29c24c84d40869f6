// Where clients keep their logs of conversations and how a line of each is read. A client that is not here keeps none
// that we know.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "files/paths.h"
#include "files/tree.h"
#include "syntax/json.h"

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

// What the readers of lines tell, of an event that has its time and its agent; it keeps what is told of it.
inline void tell_words(Happened& event, Happening kind, const syntax::JsonSlice& words, const See& see) {
  event.kind = kind;
  event.words = words;
  see(event);
}
inline void tell_call(Happened& event, std::string_view id, std::string_view tool, const syntax::JsonSlice& input,
                      const See& see) {
  event.kind = Happening::call;
  event.id = id;
  event.tool = tool;
  event.value = input;
  see(event);
}
inline void tell_result(Happened& event, const syntax::JsonSlice& value, const See& see) {
  event.kind = Happening::result;
  event.value = value;
  see(event);
}

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

// A file that holds a conversation, or one subagent's part of it.
struct LogFile {
  std::string path;
  std::string session;  // the conversation's id
  std::string agent;    // the subagent's; empty: the conversation itself (and subagents, if their lines say so)
};

struct Format {
  std::string_view client{}, title{};
  // The user's folder for it, and the variable that replaces the first part of that; empty: none does.
  std::string_view folder{}, variable{};
  // The logs below `folder`. A folder that is not there has none.
  std::vector<LogFile> (*list)(const files::Tree& tree, const std::string& folder) = nullptr;
  // Reads one line of a log.
  Reading (*read)(const syntax::JsonSlice& line, const See& see) = nullptr;
  // A log is one JSON document, on however many lines, which `read` gets as one.
  bool is_document = false;
  // How its lines begin that hold nothing we look for and may be very long.
  Span<std::string_view> passed{};
  // The member of its lines that names the folder that the conversation works in; or the file that does, in the folder
  // above the one with the logs.
  std::string_view folder_key{}, folder_file{};
  // The command line that goes on with a conversation, without its id.
  std::string_view resume{};
};

// What the lines of a log were.
struct LinesRead {
  std::uint64_t told = 0, foreign = 0;
  std::uint64_t torn = 0;  // cut off
};
// Reads the lines of a log, but passes over those that hold nothing we look for.
LinesRead read_lines(const Format& format, std::string_view text, const See& see);

// The folder that the conversation of this log works in, as the log or its neighbour says; empty: neither does.
std::string folder_of(const files::Tree& tree, const Format& format, const LogFile& log, std::string_view text);

// The last words that a user typed in the newest conversation, or in the newest of those whose id begins with `session`
// (not empty). `skip`: so many before the last. Nothing: no log tells.
struct LastPrompt {
  std::string session, text;
};
std::optional<LastPrompt> last_prompt(const files::Tree& tree,
                                      const std::function<std::string(const Format&)>& folder_of,
                                      std::string_view session, std::size_t skip);

// What was said and called since one of the last prompts: the line of the log where that begins, and the words.
struct Recent {
  std::uint64_t begin = 0;
  std::string words;
};
// `tail`: the end of a log, from this byte of it on. Nothing: the tail holds fewer prompts than that, or is no log of
// lines.
std::optional<Recent> recent_of(const Format& format, std::string_view tail, std::uint64_t from, std::size_t prompts);

std::vector<const Format*> formats();
const Format* format_of(std::string_view client) noexcept;  // null: it keeps no logs that we know

// What the lists of logs share: folders that may be missing, and names made of fixed parts and an id.
constexpr std::string_view lines_ending = "jsonl";

// The entries of a folder; none if it cannot be listed.
inline std::vector<files::Entry> entries_of(const files::Tree& tree, const std::string& folder) {
  auto entries = tree.list(folder);
  return entries ? *std::move(entries) : std::vector<files::Entry>();
}

// The paths of the folders directly below.
inline std::vector<std::string> folders_in(const files::Tree& tree, const std::string& folder) {
  std::vector<std::string> paths;
  for (const files::Entry& entry : entries_of(tree, folder))
    if (entry.type == files::EntryType::directory) paths.push_back(files::join(folder, entry.name));
  return paths;
}

// What is left of a name without its beginning and its ending (without the dot); nothing: it has others, or nothing is
// left.
inline std::optional<std::string_view> name_between(std::string_view name, std::string_view begin,
                                                    std::string_view end) {
  const std::size_t around = begin.size() + end.size() + 1;
  if (name.size() <= around || name.substr(0, begin.size()) != begin || name.substr(name.size() - end.size()) != end ||
      name[name.size() - end.size() - 1] != '.')
    return std::nullopt;
  return name.substr(begin.size(), name.size() - around);
}

}  // namespace cascade::transcript
