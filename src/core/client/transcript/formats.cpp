#include "client/transcript/formats.h"

#include <algorithm>
#include <chrono>
#include <iterator>

#include "client/built_in.h"
#include "client/dialect.h"
#include "text/ascii.h"
#include "text/lines.h"
#include "text/word_set.h"

namespace cascade::transcript {
namespace {

// Whether the line begins as one that holds nothing we look for.
bool is_passed(const Format& format, std::string_view line) {
  return std::ranges::any_of(format.passed,
                             [&](std::string_view begin) { return line.substr(0, begin.size()) == begin; });
}

// A tool's input is an object whose members say by their names what they are. Clients differ in the names, not in the
// kinds, so one table serves all; what is in no row counts as text.

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

// Null: a member that is in no row.
const Member* member_of(std::string_view key) noexcept {
  const auto at = std::ranges::find_if(members, [&](const Member& m) { return m.key == key; });
  return at == std::end(members) ? nullptr : at;
}

std::string first_word(std::string_view text) {
  while (!text.empty() && (letters::is_space(text[0]) || text[0] == '/')) text.remove_prefix(1);
  return std::string(letters::run_at_begin(text, [](char c) { return !letters::is_space(c); }));
}

// "/bin/bash" with "-lc", "powershell.exe" with "-Command": what comes next is a line.
bool takes_line(std::string_view program, std::string_view option) {
  program.remove_prefix(program.find_last_of("/\\") + 1);  // npos + 1 is 0
  program = program.substr(0, program.find('.'));
  return (program.ends_with("sh") || program.ends_with("shell")) && option.starts_with('-') &&
         (option.ends_with('c') || option == "-Command");
}

// ["bash", "-lc", "make test"]: the last word is the line.
std::string line_of_words(const JsonSlice& list) {
  std::vector<std::string> words;
  list.each_item([&](const JsonSlice& word) { words.push_back(word.text()); });
  if (words.size() == 3 && takes_line(words[0], words[1])) return words[2];
  return letters::joined(words, " ");
}

// "*** Update File: src/a.cpp" in a patch.
void read_patch(std::string_view text, CallFacts& facts) {
  constexpr std::string_view mark = "*** ", after = " File: ";
  for (const std::string_view line : letters::lines(text)) {
    if (!line.starts_with(mark)) continue;
    if (const std::size_t name = line.find(after); name != std::string_view::npos)
      facts.paths.emplace_back(letters::trim(line.substr(name + after.size())));
  }
}

void add_text(std::string_view tool, std::string_view key, std::string text, CallFacts& facts) {
  const Member* member = member_of(key);
  if (text.empty()) return;
  if (key == "name" && letters::is_one_of(tool, loads_by_name)) return facts.names.push_back(std::move(text));
  if (key == "command" && letters::is_one_of(tool, types_commands)) return facts.names.push_back(first_word(text));
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

// A value is gone through once for each level that it lies in; no tool has so many.
constexpr int most_levels = 32;

void add_value(std::string_view tool, std::string_view key, const JsonSlice& value, CallFacts& facts, int level = 0) {
  const Member* member = member_of(key);
  if (level > most_levels) return;
  if (value.is_object())
    return value.each_member([&](std::string_view k, const JsonSlice& v) { add_value(tool, k, v, facts, level + 1); });
  if (!value.is_list()) return add_text(tool, key, value.text(), facts);
  if (member != nullptr && member->means == Means::command) return add_text(tool, key, line_of_words(value), facts);
  value.each_item([&](const JsonSlice& item) { add_value(tool, key, item, facts, level + 1); });
}

}  // namespace

std::vector<const Format*> formats() {
  std::vector<const Format*> all;
  for (const client::Dialect* client : client::dialects())
    if (client->logs != nullptr) all.push_back(client->logs);
  return all;
}

const Format* format_of(std::string_view client) noexcept {
  const client::Dialect* const dialect = client::find_dialect(client);
  return dialect != nullptr ? dialect->logs : nullptr;
}

LinesRead read_lines(const Format& format, std::string_view text, const See& see) {
  LinesRead lines;
  while (!text.empty()) {
    const std::size_t end = format.is_document ? text.size() : std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (is_passed(format, line)) {
      ++(letters::trim(line).back() == '}' ? lines.told : lines.torn);
      continue;
    }
    if (letters::trim(line).empty()) continue;
    const auto value = syntax::JsonSlice::of_line(line);
    if (!value)
      ++lines.torn;
    else
      ++(format.read(*value, see) == Reading::told ? lines.told : lines.foreign);
  }
  return lines;
}

// The first line that has the member is near the beginning; a log without it is not searched to its end.
std::string folder_of(const files::Tree& tree, const Format& format, const LogFile& log, std::string_view text) {
  constexpr std::uint64_t most_of_name = 4'096;
  constexpr std::size_t most_of_head = 256 << 10;
  if (!format.folder_file.empty()) {
    const std::string above(files::parent(files::parent(log.path)));
    const auto name = tree.read(files::join(above, format.folder_file), most_of_name);
    return name ? std::string(letters::trim(*name)) : std::string();
  }
  const std::string key = "\"" + std::string(format.folder_key) + "\":";
  const std::size_t at = format.folder_key.empty() ? std::string_view::npos : text.substr(0, most_of_head).find(key);
  if (at == std::string_view::npos) return {};
  const std::size_t begin = text.find_first_not_of(' ', at + key.size());  // an export is indented
  if (begin == std::string_view::npos) return {};
  std::size_t end = begin + 1;
  while (end < text.size() && text[end] != '"' && text[end] != '\n') end += text[end] == '\\' ? 2 : 1;
  const std::string member = "{" + key + std::string(text.substr(begin, end + 1 - begin)) + "}";
  const auto value = syntax::JsonSlice::of_line(member);
  return value ? value->find(format.folder_key).text() : std::string();
}

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
  if (std::ranges::any_of(facts.names, [](const auto& n) { return client::is_entry_name(n); })) {
    facts.names.clear();
    for (const std::string& text : facts.texts) facts.names.push_back(first_word(text));
    facts.texts.clear();
  }
  return facts;
}

std::string telling_tool(std::string_view tool) {
  constexpr std::string_view of_server = "mcp";
  const bool is_served = tool.substr(0, of_server.size()) == of_server && tool.size() > of_server.size() + 2;
  if (!is_served && !letters::is_one_of(tool, seldom_used) && tool.find('-') == std::string_view::npos) return {};
  std::string plain;
  for (const char c : is_served ? tool.substr(of_server.size()) : tool)
    if (letters::is_letter_or_digit(c)) plain += letters::to_lower(c);
  return plain;
}

std::int64_t milliseconds_of(const JsonSlice& time) noexcept {
  const std::string_view text = time.is_string() ? time.unquoted() : time.raw();
  bool is_time = true;
  const auto number = [&](std::size_t at, std::size_t length) -> std::int64_t {
    std::int64_t value = 0;
    for (const char digit : text.substr(at, length)) {
      is_time = is_time && letters::is_digit(digit);
      value = value * 10 + (digit - '0');
    }
    return value;
  };
  if (!time.is_string()) {
    const std::size_t digits = std::min(text.find('.'), text.size());
    const std::int64_t value = digits > 15 ? 0 : number(0, digits);
    return is_time ? value : 0;
  }
  if (text.size() < 19 || text[4] != '-' || text[7] != '-' || text[10] != 'T') return 0;
  const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(number(0, 4))},
                                         std::chrono::month{static_cast<unsigned>(number(5, 2))},
                                         std::chrono::day{static_cast<unsigned>(number(8, 2))}};
  const std::int64_t seconds = number(11, 2) * 3'600 + number(14, 2) * 60 + number(17, 2);
  const std::int64_t fraction = text.size() >= 23 && text[19] == '.' ? number(20, 3) : 0;
  if (!is_time || !date.ok()) return 0;
  const std::int64_t days = std::chrono::sys_days{date}.time_since_epoch().count();
  return (days * 86'400 + seconds) * 1'000 + fraction;
}

std::optional<LastPrompt> last_prompt(const files::Tree& tree,
                                      const std::function<std::string(const Format&)>& folder_of,
                                      std::string_view session, std::size_t skip) {
  const Format* format = nullptr;
  LogFile newest;
  std::int64_t latest = 0;
  for (const Format* const one : formats()) {
    const std::string folder = folder_of(*one);
    if (folder.empty()) continue;
    for (LogFile& log : one->list(tree, folder)) {
      if (!log.agent.empty() || !std::string_view(log.session).starts_with(session)) continue;
      const auto stamp = tree.stat(log.path);
      if (!stamp || (format != nullptr && stamp->modified_ns <= latest)) continue;
      format = one;
      latest = stamp->modified_ns;
      newest = std::move(log);
    }
  }
  constexpr std::uint64_t most_bytes = std::uint64_t{1} << 30;
  const auto text = format == nullptr ? Result<std::string>(Error{}) : tree.read(newest.path, most_bytes);
  if (!text) return std::nullopt;
  std::vector<std::string> prompts;
  read_lines(*format, *text, [&](const Happened& happened) {
    if (happened.kind == Happening::prompt && happened.agent.empty()) prompts.push_back(happened.words.text());
  });
  if (prompts.size() <= skip) return std::nullopt;
  return LastPrompt{newest.session, prompts[prompts.size() - 1 - skip]};
}

std::optional<Recent> recent_of(const Format& format, std::string_view tail, std::uint64_t from, std::size_t prompts) {
  if (format.is_document) return std::nullopt;
  std::vector<std::size_t> begins;
  std::vector<std::pair<std::size_t, std::string_view>> said;
  read_lines(format, tail, [&](const Happened& happened) {
    const std::string_view words = happened.words.empty() ? happened.value.raw() : happened.words.raw();
    if (!happened.agent.empty() || words.empty()) return;
    const auto at = static_cast<std::size_t>(words.data() - tail.data());
    if (happened.kind == Happening::prompt) begins.push_back(at);
    if (happened.kind != Happening::context && happened.kind != Happening::result) said.emplace_back(at, words);
  });
  if (begins.size() < prompts || prompts == 0) return std::nullopt;
  const std::size_t begin = begins[begins.size() - prompts];
  Recent recent{from + tail.rfind('\n', begin) + 1, {}};  // npos + 1 is 0
  for (const auto& [at, words] : said)
    if (at >= begin) recent.words.append(words) += '\n';
  return recent;
}

}  // namespace cascade::transcript
