#include "manifest/head.h"

#include "unicode/utf8.h"

namespace cascade::manifest {
namespace {

constexpr std::size_t longest_name = 200, longest_description = 1536, longest_tools = 600;

std::string title_line(const HeadFacts& facts) {
  return "=== " + std::string(to_string(facts.kind)) + ": " + one_line(facts.name, longest_name) + " ===\n";
}

std::string continued_line(const HeadFacts& facts) {
  return "=== " + std::string(to_string(facts.kind)) + ": " + one_line(facts.name, longest_name) +
         " (continued) ===\n\n";
}

std::string use_line(const HeadFacts& facts) {
  const std::string use = one_line(facts.description, longest_description);
  return use.empty() ? use : "When to use: " + use + "\n";
}

std::string tools_line(const HeadFacts& facts) {
  std::string line;
  for (const ToolName& tool : facts.tools) line.append(line.empty() ? "" : ", ").append(to_string(tool));
  line = one_line(line, longest_tools);
  return line.empty() ? line : "Tools: " + line + "\n";
}

std::string last_line(const HeadFacts& facts, Follows follows) {
  return (follows == Follows::nothing ? "Card only; in full " : "In full ") + std::to_string(facts.tokens) +
         " tokens\n\n";
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

std::string head(const HeadFacts& facts, Follows follows) {
  if (follows == Follows::continued) return continued_line(facts);
  std::string text = title_line(facts) + use_line(facts);
  if (follows == Follows::sections) text += tools_line(facts);
  return text + last_line(facts, follows);
}

HeadCosts count_heads(const HeadFacts& facts, const TokenCounter& counter) {
  HeadCosts costs;
  costs.continued = counter.count(head(facts, Follows::continued));
  if (!counter.exact()) {  // an estimate does not add up
    costs.card = counter.count(head(facts, Follows::nothing));
    costs.opening = counter.count(head(facts, Follows::sections));
    return costs;
  }
  const Cost begin = counter.count(title_line(facts) + use_line(facts));
  costs.card = begin + counter.count(last_line(facts, Follows::nothing));
  costs.opening = begin + counter.count(tools_line(facts) + last_line(facts, Follows::sections));
  return costs;
}

}  // namespace cascade::manifest
