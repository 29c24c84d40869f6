// Every form of configuration writes a key, a few signs and a value: "Key value", "key = value", "key": "value",
// "set key to value", also in the text that a command or a program writes. So words are looked up wherever they stand,
// and what follows within the line decides. Lines that look for a value instead of setting it are left out.
#include <algorithm>
#include <cstdlib>
#include <optional>

#include "text/ascii.h"
#include "text/word_set.h"
#include "validate/acts/act.h"
#include "validate/reading/lists.h"

namespace cascade::validation {
namespace {

bool begins_key(char c) { return letters::is_word(c) || c == '[' || c == '!'; }

// Behind a key to the end of its line: what it is set to. `found`: signs between them say so.
std::string_view value_behind(std::string_view rest, bool& found) {
  const std::size_t most = std::min<std::size_t>(rest.size(), 24);
  std::size_t at = 0;
  while (at < most && std::string_view(" \t\"'`*:=>,([").find(rest[at]) != std::string_view::npos) ++at;
  const std::string_view signs = rest.substr(0, at);
  found = at > 0 && !has_part(signs, {"==", ">="});
  rest.remove_prefix(at);
  if (rest.starts_with("to ")) rest = letters::trim_left(rest.substr(3));
  rest.remove_prefix(std::min(rest.find_first_not_of("\"'`"), rest.size()));
  return rest;
}

bool is_value(const ConfigurationRow& row, std::string_view rest, std::string& host) {
  const std::string_view address = rest.substr(0, rest.find_first_of(" \t\"'`,<>"));
  if (row.values == "host") {
    host = host_in(address);
    return !host.empty() && address.find("://") < 8 &&
           !any_of_list(row.home, ' ', [&](std::string_view home) { return host.find(home) != std::string::npos; });
  }
  if (row.values == "path") return has_part(address, {"/"}) || address.ends_with(".sh");
  const std::string_view value = rest.substr(0, rest.find_first_of(" \t\"'`,;)}]#&|\\"));
  if (has_part(value, {"!"})) return false;  // "HIGH:!RC4"
  return any_of_list(row.values, '|', [&](std::string_view one) {
    if (one == "*") return true;
    if (one.starts_with('>')) return std::atoi(std::string(value.substr(0, 9)).c_str()) > std::atoi(one.data() + 1);
    return has_part(one, {"/"}) ? fits(one, value)
                                : fits(one, letters::to_lower(value.substr(0, value.find('/'))));  // "s/no/yes/"
  });
}

// Comments, and lines that look for a value or warn of it.
bool only_names(std::string_view line) {
  const std::string_view start = letters::trim_left(line);
  return start.starts_with('#') || start.starts_with("//") || start.starts_with(';') || start.starts_with("<!--") ||
         has_phrase(line, lists::looks_for_value);
}

}  // namespace

ConfigurationKeys::ConfigurationKeys() {
  for (const ConfigurationRow& row : configuration_rows())
    any_of_list(row.keys, '|', [&](std::string_view key) { return !rows_.emplace(key, &row).second; });
}

void ConfigurationKeys::read_line(std::string_view line, std::size_t begin, std::vector<Act>& acts) const {
  std::optional<bool> named;  // asked for once
  for (std::size_t at = 0; at < line.size();) {
    if (!begins_key(line[at])) {
      ++at;
      continue;
    }
    std::size_t end = at + 1;
    const bool digits = letters::is_digit(line[at]);
    while (end < line.size() &&
           (letters::is_word(line[end]) || line[end] == '.' || line[end] == '-' || (digits && line[end] == '/')))
      ++end;
    const std::string word = letters::to_lower(line.substr(at, end - at));
    const bool of_one_call = line.substr(0, at).ends_with("-o ");  // ssh -o StrictHostKeyChecking=no
    std::size_t part = 0;
    auto row = rows_.find(word);
    if (row == rows_.end() && (part = word.rfind('.') + 1) > 0) row = rows_.find(std::string_view(word).substr(part));
    if (row == rows_.end() && word[0] == '[') row = rows_.find(std::string_view(word).substr(part = 1));
    bool set = false;
    std::string host;
    if (row != rows_.end() && !of_one_call) {
      const ConfigurationRow& found = *row->second;
      const std::string_view value = value_behind(line.substr(end), set);
      if ((set || found.values == "*") && is_value(found, value, host)) {
        if (!named) named = only_names(line);
        if (*named) return;
        acts.push_back(
            {found.deed, begin + at, found.deed == Deed::sends ? host : word.substr(part), found.what, found.topics});
      }
    }
    at = end;
  }
}

std::vector<Act> ConfigurationKeys::acts(std::string_view text, std::size_t begin) const {
  constexpr std::size_t longest = 4096;  // longer lines are read in pieces
  std::vector<Act> acts;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min({text.find('\n', at), text.size(), at + longest});
    read_line(text.substr(at, end - at), begin + at, acts);
    at = end == at + longest ? end : end + 1;
  }
  return acts;
}

}  // namespace cascade::validation
