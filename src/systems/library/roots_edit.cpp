// A new row goes behind everything, or behind the last root of the list that is there, in that list's form. Whether the
// text then says what was meant is read from it; where it does not, nothing is changed.
#include "library/roots_edit.h"

#include <algorithm>
#include <vector>

#include "files/paths.h"
#include "syntax/json.h"
#include "syntax/yaml.h"
#include "text/ascii.h"

namespace cascade::collection {
namespace {

using syntax::Node;
using syntax::NodeKind;

constexpr std::string_view key = "roots";
constexpr std::string_view default_sources = "default";

struct Roots {
  bool is_readable = false;
  const Node* node = nullptr;  // none: the file has no such key
  std::vector<std::string> values;
};

// `parsed` must outlive it.
Roots roots_in(const syntax::Parsed& parsed) {
  Roots roots;
  roots.is_readable = std::all_of(parsed.faults.begin(), parsed.faults.end(), [](const syntax::Fault& fault) {
    return fault.kind == syntax::FaultKind::comment_cut;
  });
  roots.node = parsed.root.find(key);
  if (roots.node == nullptr) return roots;
  if (roots.node->kind == NodeKind::list)
    for (const Node& item : roots.node->items) roots.values.push_back(item.text);
  else
    roots.values.push_back(roots.node->text);
  return roots;
}

std::size_t offset_of(std::string_view text, const syntax::Position& at) {
  std::size_t begin = 0;
  for (std::uint32_t line = 1; line < at.line; ++line) begin = text.find('\n', begin) + 1;
  return begin + at.column - 1;
}

// One past the scalar that begins here.
std::size_t end_of(std::string_view text, const Node& scalar) {
  const std::size_t begin = offset_of(text, scalar.at);
  const char quote = text[begin];
  if (quote != '"' && quote != '\'') return begin + scalar.text.size();
  std::size_t end = begin + 1;
  while (end < text.size() && text[end] != quote) end += quote == '"' && text[end] == '\\' ? 2 : 1;
  return std::min(end + 1, text.size());
}

std::size_t line_begin(std::string_view text, std::size_t at) { return text.rfind('\n', at) + 1; }
std::size_t line_end(std::string_view text, std::size_t at) { return std::min(text.find('\n', at), text.size()); }

// Where a list in the block form has the dash of this item; npos: it has the form with brackets.
std::size_t dash_of(std::string_view text, const Node& item) {
  const std::size_t begin = offset_of(text, item.at), line = line_begin(text, begin - 1);
  const std::size_t first = text.find_first_not_of(' ', line);
  return first < begin && text[first] == '-' && letters::trim(text.substr(first + 1, begin - first - 1)).empty()
             ? first
             : std::string_view::npos;
}

std::string written(const std::string& root) {
  const bool is_plain = std::all_of(root.begin(), root.end(), [](char c) {
    return letters::is_name(c) || c == '/' || c == '.' || c == '~' || c == '+';
  });
  return is_plain ? root : syntax::quote_json(root);
}

std::string edited_in(std::string_view text, const Roots& roots, const std::string& root) {
  std::string after(text);
  if (roots.node == nullptr)
    return after + (after.empty() || after.back() == '\n' ? "" : "\n") + "roots: [default, " + root + "]\n";
  if (roots.node->kind != NodeKind::list) {
    const std::size_t begin = offset_of(text, roots.node->at), end = end_of(text, *roots.node);
    return after.substr(0, begin) + "[" + after.substr(begin, end - begin) + ", " + root + "]" + after.substr(end);
  }
  if (roots.node->items.empty()) return after.insert(offset_of(text, roots.node->at) + 1, "default, " + root);
  const Node& last = roots.node->items.back();
  const std::size_t dash = dash_of(text, last);
  if (dash == std::string_view::npos) return after.insert(end_of(text, last), ", " + root);
  return after.insert(line_end(text, dash), "\n" + std::string(dash - line_begin(text, dash), ' ') + "- " + root);
}

// The text without the lines from that of `begin` to that of `last`.
std::string without_lines(std::string_view text, std::size_t begin, std::size_t last) {
  const std::size_t first = begin == 0 ? 0 : line_begin(text, begin - 1);
  return std::string(text.substr(0, first)) + std::string(text.substr(std::min(line_end(text, last) + 1, text.size())));
}

std::string edited_out(std::string_view text, const syntax::Parsed& parsed, const Roots& roots, std::size_t index) {
  const std::vector<Node>& items = roots.node->items;
  const bool was_last = std::all_of(roots.values.begin(), roots.values.end(), [&](const std::string& value) {
    return value == default_sources || value == roots.values[index];
  });
  if (was_last) {
    std::size_t begin = 0;
    for (std::size_t i = 0; i < parsed.root.size(); ++i)
      if (parsed.root.key(i).text == key) begin = offset_of(text, parsed.root.key(i).at);
    return without_lines(text, begin, items.empty() ? begin : offset_of(text, items.back().at));
  }
  const std::size_t begin = offset_of(text, items[index].at), end = end_of(text, items[index]);
  if (dash_of(text, items[index]) != std::string_view::npos) return without_lines(text, begin, begin);
  const std::size_t from = index == 0 ? begin : end_of(text, items[index - 1]);
  const std::size_t to = index == 0 ? offset_of(text, items[1].at) : end;
  return std::string(text.substr(0, from)) + std::string(text.substr(to));
}

// The text, if it has exactly these roots.
std::optional<std::string> if_meant(std::string text, const std::vector<std::string>& values) {
  const syntax::Parsed parsed = syntax::parse_settings(text);
  const Roots roots = roots_in(parsed);
  return roots.is_readable && roots.values == values ? std::optional<std::string>(std::move(text)) : std::nullopt;
}

}  // namespace

bool has_root(std::string_view text, const std::string& root) {
  const syntax::Parsed parsed = syntax::parse_settings(text);
  const std::vector<std::string> values = roots_in(parsed).values;
  return std::find(values.begin(), values.end(), root) != values.end();
}

std::string root_at(const std::string& home, const std::string& folder) {
  return !home.empty() && files::is_within(home, folder) ? "~/" + files::relative_to(home, folder) : folder;
}

std::optional<std::string> with_root(std::string_view text, const std::string& root) {
  const syntax::Parsed parsed = syntax::parse_settings(text);
  Roots roots = roots_in(parsed);
  if (!roots.is_readable || (roots.node != nullptr && roots.node->kind == NodeKind::map)) return std::nullopt;
  if (std::find(roots.values.begin(), roots.values.end(), root) != roots.values.end()) return std::string(text);
  if (roots.values.empty()) roots.values.emplace_back(default_sources);
  roots.values.push_back(root);
  return if_meant(edited_in(text, roots, written(root)), roots.values);
}

std::optional<std::string> without_root(std::string_view text, const std::string& root) {
  const syntax::Parsed parsed = syntax::parse_settings(text);
  Roots roots = roots_in(parsed);
  const auto found = std::find(roots.values.begin(), roots.values.end(), root);
  if (found == roots.values.end()) return std::string(text);
  if (!roots.is_readable) return std::nullopt;
  const auto index = static_cast<std::size_t>(found - roots.values.begin());
  std::string after = edited_out(text, parsed, roots, index);
  roots.values.erase(found);
  if (std::all_of(roots.values.begin(), roots.values.end(),
                  [](const std::string& value) { return value == default_sources; }))
    roots.values.clear();
  return if_meant(std::move(after), roots.values);
}

}  // namespace cascade::collection
