#include "bundle/card.h"

#include "unicode/utf8.h"

namespace cascade::bundle {
namespace {

constexpr std::size_t longest_name = 200, longest_description = 1536, longest_tools = 600;

std::string tool_line(const Registry& registry, ManifestId id) {
  std::string line;
  for (const ToolName& tool : registry.tools(id)) line.append(line.empty() ? "" : ", ").append(to_string(tool));
  return line;
}

}  // namespace

std::string one_line(std::string_view text, std::size_t limit) {
  std::string out;
  std::size_t length = 0, cut = 0;  // cut: where "..." would begin
  bool blank = false;
  for (std::size_t offset = 0; offset < text.size();) {
    const unicode::Decoded next = unicode::decode(text, offset);
    offset += next.length;
    const char32_t c = next.code_point;
    if (c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 || c == 0x2028 || c == 0x2029) {
      blank = !out.empty();
      continue;
    }
    if (unicode::is_hidden(c)) continue;
    if (length + (blank ? 2 : 1) > limit) {
      out.resize(cut);
      return out += "...";
    }
    if (blank) out += ' ';
    length += blank ? 2 : 1;
    blank = false;
    unicode::append(out, c);
    if (length + 3 <= limit) cut = out.size();
  }
  return out;
}

std::string head(const Registry& registry, ManifestId id, Follows follows) {
  const ManifestView manifest = registry[id];
  std::string text = "=== " + std::string(to_string(manifest.kind)) + ": " + one_line(manifest.name, longest_name);
  if (follows == Follows::continued) return text + " (continued) ===\n\n";
  text += " ===\n";
  const std::string use = one_line(manifest.description, longest_description);
  if (!use.empty()) text += "When to use: " + use + "\n";
  const std::string tools = one_line(tool_line(registry, id), longest_tools);
  if (!tools.empty() && follows == Follows::sections) text += "Tools: " + tools + "\n";
  text += follows == Follows::nothing ? "Card only; in full " : "In full ";
  return text + std::to_string(manifest.body.tokens) + " tokens\n\n";
}

}  // namespace cascade::bundle
