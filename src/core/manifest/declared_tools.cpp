// Reads the tool lists entry by entry. Entries that start agents or skills also become references. Denied tools are
// taken out of the list; a `*` in it lifts the restriction, so the list is then empty.
#include "manifest/declared_tools.h"

#include "client/names.h"
#include "manifest/items.h"
#include "text/ascii.h"
#include "unicode/utf8.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace cascade::manifest {
namespace {

using syntax::Node;

// Whoever loads the manifest reads all of them. Honest ones name some dozen.
constexpr std::size_t most_tools = 1'000;

struct Entry {
  ToolName tool;
  syntax::Position at;
};

std::string fault_of(const Item& item) {
  if (!item.balanced) return "parenthesis without its partner in tool `" + item.text + '`';
  if (item.text.substr(0, 4) == "mcp_")
    return "`" + item.text + "` is no MCP tool, these are written mcp__server__tool";
  return "`" + item.text + "` is no tool name";
}

// Returns the well-formed entries and reports the others. Bare numbers are dropped silently, as the client does.
std::vector<Entry> entries_of(const Node& fields, std::string_view key, const syntax::LineIndex& lines,
                              Problems& problems) {
  std::vector<Entry> out;
  const Node* value = fields.find(key);
  if (value == nullptr) return out;
  for (const Item& item : items_of(*value, lines, true)) {
    if (item.text == "|" || std::all_of(item.text.begin(), item.text.end(), letters::is_digit)) continue;
    if (std::optional<ToolName> tool = ToolName::parse(item.text))
      out.push_back({std::move(*tool), item.at});
    else
      problems.add("TL003", Severity::error, {"", item.at.line, item.at.column},
                   unicode::replace_invalid(fault_of(item)), "write Name or Name(pattern), separated by commas",
                   item.text);
  }
  return out;
}

// "Agent(a, b)" in a tool list names the agents that may be started.
void add_references(const std::vector<Entry>& entries, Strength strength, Manifest& out) {
  for (const Entry& entry : entries) {
    const bool agent = client::tool_names::starts_agents(entry.tool.tool);
    if (!entry.tool.server.empty() || (!agent && entry.tool.tool != client::tool_names::skill)) continue;
    const std::size_t name_begin = entry.tool.tool.size() + 1;
    for (const Piece& piece : split_items(entry.tool.pattern)) {
      const std::string name = entry.tool.pattern.substr(piece.begin, piece.end - piece.begin);
      if (name.find_first_of("*<>{}$(") != std::string::npos) continue;
      Reference reference;
      reference.target = {agent ? Kind::agent : Kind::skill, unicode::replace_invalid(name)};
      reference.strength = strength;
      reference.via = Via::frontmatter;
      const auto before = static_cast<std::uint32_t>(
          name_begin + unicode::count_code_points(std::string_view(entry.tool.pattern).substr(0, piece.begin)));
      reference.at = {out.path, entry.at.line, entry.at.column + before};
      out.references.push_back(std::move(reference));
    }
  }
}

// Whether `tool`, the tool without its pattern or its whole server is in the list.
bool covers(const std::set<ToolName>& list, const ToolName& tool) {
  return list.count(tool) != 0 || list.count({tool.server, tool.tool, ""}) != 0 ||
         (!tool.server.empty() && list.count({tool.server, "*", ""}) != 0);
}

}  // namespace

void read_tools(const Node& fields, const syntax::LineIndex& lines, Manifest& out, Problems& problems) {
  const bool agent = out.symbol.kind == Kind::agent;
  const std::vector<Entry> tools = entries_of(fields, "tools", lines, problems);
  const std::vector<Entry> allowed = entries_of(fields, "allowed-tools", lines, problems);
  std::vector<Entry> denied = entries_of(fields, "disallowedTools", lines, problems);
  for (Entry& entry : entries_of(fields, "disallowed-tools", lines, problems)) denied.push_back(std::move(entry));
  add_references(tools, Strength::required, out);
  add_references(allowed, Strength::required, out);
  add_references(denied, Strength::excluded, out);

  std::set<ToolName> denied_names, seen;
  for (Entry& entry : denied) denied_names.insert(std::move(entry.tool));
  const std::vector<Entry>& listed = agent ? tools : allowed;
  for (const Entry& entry : Span<Entry>{listed.data(), std::min(listed.size(), most_tools)})
    if (seen.insert(entry.tool).second && !covers(denied_names, entry.tool)) out.tools.push_back(entry.tool);
  if (listed.size() > most_tools)
    problems.add("TL003", Severity::error, {"", listed[most_tools].at.line, listed[most_tools].at.column},
                 "more than " + std::to_string(most_tools) + " tools: the rest counts as not allowed",
                 "name servers and patterns: mcp__server, Bash(git *)", "tools");
  if (seen.count({"", "*", ""}) != 0) out.tools.clear();
}

}  // namespace cascade::manifest
