// Where clients keep their logs of conversations and how a line of each is read. A client that is not here keeps none
// that we know.
#pragma once

#include <cascade/result.h>

#include <string>
#include <string_view>
#include <vector>

#include "client/transcript/happened.h"
#include "files/tree.h"

namespace cascade::transcript {

// A file that holds a conversation, or one subagent's part of it.
struct LogFile {
  std::string path;
  std::string session;  // the conversation's id
  std::string agent;    // the subagent's; empty: the conversation itself (and subagents, if their lines say so)
};

struct Format {
  std::string_view client{}, title{};
  std::string_view version{};  // seen with this version
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

extern const Format claude_code, codex, gemini, copilot, opencode;
Span<const Format*> formats() noexcept;
const Format* format_of(std::string_view client) noexcept;  // null: it keeps no logs that we know

}  // namespace cascade::transcript
