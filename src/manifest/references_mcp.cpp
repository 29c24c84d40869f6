// MCP tools by their full names, anywhere in the file: prose, code, tool lists.
#include "manifest/references.h"
#include "syntax/lines.h"
#include "text/ascii.h"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace cascade::manifest {
namespace {

constexpr std::string_view prefix = "mcp__";

// The first `prefix` at or after `from`; npos when there is none. Searches for underscores, which are rarer than
// letters.
std::size_t find_prefix(std::string_view text, std::size_t from) {
  constexpr std::size_t before = prefix.size() - 1;
  for (std::size_t last = text.find('_', from); last != std::string_view::npos; last = text.find('_', last + 1))
    if (last >= from + before && text[last - 1] == '_' && text.substr(last - before, prefix.size()) == prefix)
      return last - before;
  return std::string_view::npos;
}

}  // namespace

std::vector<ToolMention> find_mcp_tools(const syntax::LineIndex& file, std::string_view path) {
  const std::string_view text = file.text();
  std::vector<ToolMention> out;
  std::set<std::string, std::less<>> seen;
  syntax::IndexCursor cursor(file);
  for (std::size_t at = find_prefix(text, 0), next = 0; at != std::string_view::npos; at = find_prefix(text, next)) {
    std::size_t end = at;
    while (end < text.size() && letters::is_name(text[end])) ++end;
    next = end;
    if (end < text.size() && text[end] == '*' && text[end - 1] == '_') ++end;
    std::string_view name = text.substr(at, end - at);
    if (name.back() != '*')
      while (!name.empty() && (name.back() == '-' || name.back() == '_')) name.remove_suffix(1);
    if (name.size() > 200 || seen.count(name) != 0) continue;
    seen.emplace(name);
    std::optional<ToolName> tool = ToolName::parse(name);
    if (!tool) continue;
    const syntax::Position place = cursor.at(at);
    const auto width = static_cast<std::uint32_t>(name.size());
    out.push_back({std::move(*tool), {std::string(path), place.line, place.column, place.line, place.column + width}});
  }
  return out;
}

}  // namespace cascade::manifest
