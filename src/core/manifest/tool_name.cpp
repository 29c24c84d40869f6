// Reads an entry of a tool list as the client does: "Tool", "Tool(pattern)" or "mcp__server__tool". What the client
// would not match to any tool, such as brackets without a partner or a name without a letter, is no tool, and the
// caller reports it.
#include "text/ascii.h"
#include "text/byte_set.h"

#include <cascade/manifest.h>

#include <tuple>

namespace cascade {
namespace {

constexpr std::string_view mcp_prefix = "mcp__";
constexpr letters::ByteSet never_in_name(") \t\r\n");

bool has_letter_or_digit(std::string_view text) noexcept {
  for (char c : text)
    if (letters::is_letter_or_digit(c)) return true;
  return false;
}

// "mcp__server__tool" without its prefix. The server ends at the first "__"; the rest is the tool.
std::optional<ToolName> parse_mcp(std::string_view name, std::string_view pattern) {
  const std::size_t end = name.find("__");
  const std::string_view server = name.substr(0, end);
  std::string_view tool = "*";
  if (end != std::string_view::npos) tool = name.substr(end + 2);
  if (name == "*") return ToolName{"*", "*", std::string(pattern)};  // every tool of every server
  if (!has_letter_or_digit(server) || (tool != "*" && !has_letter_or_digit(tool))) return std::nullopt;
  return ToolName{std::string(server), std::string(tool), std::string(pattern)};
}

}  // namespace

std::optional<ToolName> ToolName::parse(std::string_view text) {
  const std::size_t open = text.find('(');
  const std::string_view name = text.substr(0, open);
  std::string_view pattern;
  if (open != std::string_view::npos) {
    if (text.back() != ')') return std::nullopt;
    pattern = text.substr(open + 1, text.size() - open - 2);
    int depth = 0;
    for (char c : pattern) {
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth < 0) return std::nullopt;
    }
    if (depth != 0) return std::nullopt;
  }
  if (never_in_name.find_in(name) != std::string_view::npos) return std::nullopt;
  if (name.substr(0, mcp_prefix.size()) == mcp_prefix) return parse_mcp(name.substr(mcp_prefix.size()), pattern);
  if (name.substr(0, 4) == "mcp_") return std::nullopt;
  if (name != "*" && !has_letter_or_digit(name)) return std::nullopt;
  return ToolName{"", std::string(name), std::string(pattern)};
}

bool operator==(const ToolName& a, const ToolName& b) noexcept {
  return a.server == b.server && a.tool == b.tool && a.pattern == b.pattern;
}
bool operator<(const ToolName& a, const ToolName& b) noexcept {
  return std::tie(a.server, a.tool, a.pattern) < std::tie(b.server, b.tool, b.pattern);
}

std::string to_string(const ToolName& tool) {
  std::string out;
  if (!tool.server.empty()) out = std::string(mcp_prefix) + tool.server;
  if (!tool.server.empty() && tool.server != "*") out += "__";
  if (tool.server != "*") out += tool.tool;
  if (!tool.pattern.empty()) out += '(' + tool.pattern + ')';
  return out;
}

}  // namespace cascade
