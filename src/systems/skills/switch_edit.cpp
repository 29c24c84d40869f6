// Only lines are moved: comments, order and everything else of the user's file stay. What comes out is read again, and
// unless it says exactly what was meant, nothing is written.
#include "skills/switch_edit.h"

#include <algorithm>
#include <vector>

#include "syntax/json.h"
#include "syntax/yaml.h"
#include "text/ascii.h"

namespace cascade::skills {
namespace {

constexpr std::string_view head = "skills:";

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

bool is_of_block(std::string_view line) {
  return line.empty() || letters::is_blank(line.front()) || line.front() == '#';
}

// A name that YAML would read as something else, or break, stands in quotes.
std::string written_key(std::string_view key) {
  const bool plain = !key.empty() &&
                     key.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") ==
                         std::string_view::npos &&
                     letters::is_lower(letters::to_lower(key.front())) && key != "on" && key != "off" && key != "yes" &&
                     key != "no" && key != "true" && key != "false" && key != "null" && key != "y" && key != "n";
  return plain ? std::string(key) : syntax::quote_json(key);
}

// The key of a line "  name: word  # why"; empty: it is none.
std::string key_of(std::string_view line) {
  const syntax::Parsed parsed = syntax::parse_yaml(letters::trim(line));
  return parsed.root.size() == 1 && parsed.root.is_entry(0) ? parsed.root.key(0).text : std::string();
}

bool says(std::string_view text, std::string_view key, std::optional<policy::Use> use) {
  const syntax::Parsed parsed = syntax::parse_settings(std::string(text));
  const syntax::Node* skills = parsed.root.find("skills");
  const syntax::Node* value = skills == nullptr ? nullptr : skills->find(key);
  return use ? value != nullptr && value->text == to_string(*use) : value == nullptr;
}

}  // namespace

Result<std::string> with_switch(std::string_view text, std::string_view key, std::optional<policy::Use> use) {
  const Error by_hand{
      ErrorCode::unsupported, "`skills` is written in a form that is not edited here", "",
      "write the line by hand: " + written_key(key) + ": " + std::string(to_string(use.value_or(policy::Use::load)))};
  std::vector<std::string> lines = lines_of(text);
  auto at = std::find_if(lines.begin(), lines.end(), [](const std::string& line) { return line.starts_with(head); });
  if (at == lines.end()) {
    if (!use) return std::string(text);
    at = lines.insert(lines.end(), std::string(head));
  }
  const std::string_view rest = letters::trim(std::string_view(*at).substr(head.size()));
  if (!rest.empty() && rest.front() != '#' && rest != "{}") return by_hand;
  if (rest == "{}") *at = head;
  const std::size_t begin = static_cast<std::size_t>(at - lines.begin()) + 1;
  std::size_t end = begin;
  while (end < lines.size() && is_of_block(lines[end])) ++end;
  while (end > begin && letters::trim(lines[end - 1]).empty()) --end;
  std::string indent = "  ";
  for (std::size_t i = begin; i < end;) {
    const std::string_view line = lines[i];
    const std::string named = letters::trim(line).starts_with('#') ? std::string() : key_of(line);
    if (!named.empty()) indent = line.substr(0, line.find_first_not_of(" \t"));
    if (named == key) {
      lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(i));
      --end;
    } else {
      ++i;
    }
  }
  if (use)
    lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(end),
                 indent + written_key(key) + ": " + std::string(to_string(*use)));
  else if (begin == end)
    lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(begin) - 1);
  std::string made = joined(lines);
  return says(made, key, use) ? Result<std::string>(std::move(made)) : by_hand;
}

}  // namespace cascade::skills
