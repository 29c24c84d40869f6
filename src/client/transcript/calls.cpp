// A tool's input is an object whose members say by their names what they are. Clients differ in the names, not in the
// kinds, so one table serves all; what is in no row counts as text.
#include <algorithm>
#include <chrono>
#include <iterator>

#include "client/entry_skill.h"
#include "client/transcript/happened.h"
#include "text/ascii.h"

namespace cascade::transcript {
namespace {

using syntax::JsonSlice;

enum class Means : std::uint8_t { path, command, agent, called, nothing };
struct Member {
  std::string_view key;
  Means means;
};

// Seen in Claude Code 2.1.329, Codex 0.169.0, Gemini CLI 0.61.0, Copilot CLI 1.0.102 and OpenCode 1.18.33.
constexpr Member members[] = {
    {"absolute_path", Means::path}, {"agent", Means::agent},         {"agent_name", Means::agent},
    {"agent_type", Means::agent},   {"cmd", Means::command},         {"command", Means::command},
    {"cwd", Means::nothing},        {"description", Means::nothing}, {"dir_path", Means::path},
    {"directory", Means::path},     {"file", Means::path},           {"filePath", Means::path},
    {"file_path", Means::path},     {"filename", Means::path},       {"model", Means::nothing},
    {"notebook_path", Means::path}, {"old_str", Means::nothing},     {"old_string", Means::nothing},
    {"oldString", Means::nothing},  {"path", Means::path},           {"paths", Means::path},
    {"script", Means::command},     {"skill", Means::called},        {"subagent_type", Means::agent},
    {"target_file", Means::path},   {"workdir", Means::nothing},     {"working_directory", Means::nothing},
};

// Tools whose member `name` names a skill, and those whose command is a manifest's.
constexpr std::string_view loads_by_name[] = {"activate_skill", "skill"};
constexpr std::string_view types_commands[] = {"SlashCommand"};

// The clients' own tools that not every conversation uses.
constexpr std::string_view seldom_used[] = {"NotebookEdit", "WebFetch",   "WebSearch", "google_web_search",
                                            "web_fetch",    "web_search", "webfetch",  "websearch"};

template <std::size_t N>
bool holds(const std::string_view (&list)[N], std::string_view word) noexcept {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

// Null: a member that is in no row.
const Member* member_of(std::string_view key) noexcept {
  const auto at = std::find_if(std::begin(members), std::end(members), [&](const Member& m) { return m.key == key; });
  return at == std::end(members) ? nullptr : at;
}

std::string first_word(std::string_view text) {
  while (!text.empty() && (letters::is_space(text[0]) || text[0] == '/')) text.remove_prefix(1);
  std::size_t end = 0;
  while (end < text.size() && !letters::is_space(text[end])) ++end;
  return std::string(text.substr(0, end));
}

// ["bash", "-lc", "make test"]: the last word is the line.
std::string line_of_words(const JsonSlice& list) {
  std::vector<std::string> words;
  list.each_item([&](const JsonSlice& word) { words.push_back(word.text()); });
  if (words.size() == 3 && words[1].substr(0, 1) == "-") return words[2];
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : " ") + word;
  return line;
}

// "*** Update File: src/a.cpp" in a patch.
void read_patch(std::string_view text, CallFacts& facts) {
  constexpr std::string_view mark = "*** ", after = " File: ";
  for (std::size_t at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + 1)) {
    const std::string_view line = text.substr(at, text.find('\n', at) - at);
    if (const std::size_t name = line.find(after); name != std::string_view::npos)
      facts.paths.emplace_back(line.substr(name + after.size()));
  }
}

void add_text(std::string_view tool, std::string_view key, std::string text, CallFacts& facts) {
  const Member* member = member_of(key);
  if (text.empty()) return;
  if (key == "name" && holds(loads_by_name, tool)) return facts.names.push_back(std::move(text));
  if (key == "command" && holds(types_commands, tool)) return facts.names.push_back(first_word(text));
  if (member == nullptr || member->means == Means::command) {
    read_patch(text, facts);
    facts.texts.push_back(text);
  }
  if (member == nullptr || member->means == Means::nothing) return;
  auto& list = member->means == Means::path      ? facts.paths
               : member->means == Means::command ? facts.commands
                                                 : facts.names;
  list.push_back(std::move(text));
}

void add_value(std::string_view tool, std::string_view key, const JsonSlice& value, CallFacts& facts) {
  const Member* member = member_of(key);
  if (value.is_object())
    return value.each_member([&](std::string_view k, const JsonSlice& v) { add_value(tool, k, v, facts); });
  if (!value.is_list()) return add_text(tool, key, value.text(), facts);
  if (member != nullptr && member->means == Means::command) return add_text(tool, key, line_of_words(value), facts);
  value.each_item([&](const JsonSlice& item) { add_value(tool, key, item, facts); });
}

}  // namespace

CallFacts facts_of(std::string_view tool, const JsonSlice& input) {
  CallFacts facts;
  if (input.is_object()) {
    input.each_member([&](std::string_view key, const JsonSlice& value) { add_value(tool, key, value, facts); });
  } else if (input.is_string()) {
    const std::string text = input.text();
    if (const auto object = JsonSlice::of_line(text)) return facts_of(tool, *object);
    add_value(tool, {}, input, facts);
  }
  // The entry skill's own name says nothing; the first word of what it is asked for does.
  if (std::any_of(facts.names.begin(), facts.names.end(), [](const auto& n) { return client::is_entry_name(n); })) {
    facts.names.clear();
    for (const std::string& text : facts.texts) facts.names.push_back(first_word(text));
    facts.texts.clear();
  }
  return facts;
}

std::string telling_tool(std::string_view tool) {
  constexpr std::string_view of_server = "mcp";
  const bool is_served = tool.substr(0, of_server.size()) == of_server && tool.size() > of_server.size() + 2;
  if (!is_served && !holds(seldom_used, tool) && tool.find('-') == std::string_view::npos) return {};
  std::string plain;
  for (const char c : is_served ? tool.substr(of_server.size()) : tool)
    if (letters::is_letter_or_digit(c)) plain += letters::to_lower(c);
  return plain;
}

std::int64_t milliseconds_of(const JsonSlice& time) noexcept {
  const std::string_view text = time.is_string() ? time.unquoted() : time.raw();
  const auto number = [&](std::size_t at, std::size_t length) -> std::int64_t {
    std::int64_t value = 0;
    for (std::size_t i = at; i < at + length && i < text.size(); ++i)
      value = letters::is_digit(text[i]) ? value * 10 + (text[i] - '0') : value;
    return value;
  };
  if (!time.is_string())
    return text.empty() || text.size() > 15 || !letters::is_digit(text[0])
               ? 0
               : number(0, std::min(text.find('.'), text.size()));
  if (text.size() < 19 || text[4] != '-' || text[7] != '-' || text[10] != 'T') return 0;
  const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(number(0, 4))},
                                         std::chrono::month{static_cast<unsigned>(number(5, 2))},
                                         std::chrono::day{static_cast<unsigned>(number(8, 2))}};
  const std::int64_t days = std::chrono::sys_days{date}.time_since_epoch().count();
  const std::int64_t seconds = days * 86'400 + number(11, 2) * 3'600 + number(14, 2) * 60 + number(17, 2);
  return seconds * 1'000 + (text.size() >= 23 && text[19] == '.' ? number(20, 3) : 0);
}

}  // namespace cascade::transcript
