// MCP tools by their full names, anywhere in the file: prose, code, tool lists.
#include "manifest/references.h"
#include "syntax/lines.h"
#include "text/ascii.h"
#include "text/byte_block.h"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace cascade::manifest {
namespace {

constexpr std::string_view prefix = "mcp__";

// Two underscores, the end of `prefix`: as letters::for_each_where() wants it.
constexpr auto may_end_prefix = [](const char* from) noexcept {
  return (letters::load_block(from) == '_') & (letters::load_block(from + 1) == '_');
};

}  // namespace

std::vector<ToolMention> find_mcp_tools(const syntax::LineIndex& file, std::string_view path) {
  const std::string_view text = file.text();
  std::vector<ToolMention> out;
  std::set<std::string, std::less<>> seen;
  syntax::IndexCursor cursor(file);
  std::size_t next = 0;
  letters::for_each_where(text, may_end_prefix, [&](std::size_t joint) {
    constexpr std::size_t before = prefix.size() - 2;
    if (joint < next + before || text.substr(joint - before, prefix.size()) != prefix) return;
    const std::size_t at = joint - before;
    std::size_t end = at;
    while (end < text.size() && letters::is_name(text[end])) ++end;
    next = end;
    if (end < text.size() && text[end] == '*' && text[end - 1] == '_') ++end;
    std::string_view name = text.substr(at, end - at);
    if (name.back() != '*')
      while (!name.empty() && (name.back() == '-' || name.back() == '_')) name.remove_suffix(1);
    if (name.size() > 200 || seen.count(name) != 0) return;
    seen.emplace(name);
    std::optional<ToolName> tool = ToolName::parse(name);
    if (!tool) return;
    const syntax::Position place = cursor.at(at);
    const auto width = static_cast<std::uint32_t>(name.size());
    out.push_back({std::move(*tool), {std::string(path), place.line, place.column, place.line, place.column + width}});
  });
  return out;
}

}  // namespace cascade::manifest
