// MCP tools by their full names, wherever they stand: prose, code, tool lists.
#include "manifest/letters.h"
#include "manifest/references.h"
#include "syntax/lines.h"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace cascade::manifest {

std::vector<ToolMention> find_mcp_tools(std::string_view text, std::string_view path) {
  static constexpr std::string_view prefix = "mcp__";
  std::vector<ToolMention> out;
  std::set<std::string, std::less<>> seen;
  syntax::LineCursor cursor(text);
  // Underscores are rarer than letters.
  for (std::size_t joint = text.find("__"); joint != std::string_view::npos; joint = text.find("__", joint + 1)) {
    const std::size_t at = joint - 3;
    if (joint < 3 || text.substr(at, prefix.size()) != prefix) continue;
    std::size_t end = at;
    while (end < text.size() && is_name(text[end])) ++end;
    joint = end - 2;
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
