// What an explanation refers to, and whether that exists: places of the diff, signals, commands.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "comprehension/change.h"
#include "comprehension/record.h"

namespace cascade::comprehension {

// A place that a text names: "src/a.cpp:12" or "src/a.cpp:12-20".
struct Cited {
  std::string path;
  std::uint32_t first = 0, last = 0;
};
std::vector<Cited> places_in(std::string_view text);

// Whether the place lies in a hunk of the change, where it is now or where the record says that it was. `path` may be
// the end of a longer one, at a slash.
bool is_in_diff(const Cited& place, const Change& change, const Record& record);
bool is_path_of(std::string_view named, std::string_view whole);  // "upload.cpp" and "src/upload.cpp"

// What a signal of failure was found to be.
enum class Signal : std::uint8_t { absent, test, message, metric, too_common, other };
Signal kind_of_signal(const Sought& sought);
// Whether a text may be a signal at all: not a single short word, not a path with a line.
bool may_be_signal(std::string_view text);

// A command and how it ended: from a session's evidence, or as a file of CI runs it.
struct RanCommand {
  std::vector<std::string> words;
  bool is_from_ci = false;
  int exit_code = 0;
  std::string source;  // for people: "session 1a2b", ".github/workflows/ci.yml"
};

std::vector<std::string> command_words(std::string_view line);  // without a prompt, environment and redirections

// The files that say what CI runs, and those that they start: patterns for Repository::files().
std::vector<std::string> ci_patterns();
std::vector<RanCommand> ci_commands(const std::vector<TreeText>& files);

// The best proof that a command ran: one with status 0, or else one that failed. Null: nothing knows it.
const RanCommand* find_run(const std::vector<std::string>& command, const std::vector<RanCommand>& ran);

}  // namespace cascade::comprehension
