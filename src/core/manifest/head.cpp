// A head is built line by line from facts made safe to display. With exact counts the title and use lines, which three
// heads share, are counted once; estimates do not add up, so each head is then counted whole.
#include "manifest/head.h"

#include "manifest/forged_marks.h"
#include "text/space.h"
#include "unicode/utf8.h"

namespace cascade::manifest {
namespace {

constexpr std::size_t longest_name = 200, longest_description = 1536, longest_tools = 600;

std::string shown_name(const HeadFacts& facts) { return defused(one_line(facts.name, longest_name)); }

std::string title_line(const HeadFacts& facts) {
  return "=== " + std::string(to_string(facts.kind)) + ": " + shown_name(facts) + " ===\n";
}

std::string continued_line(const HeadFacts& facts) {
  return "=== " + std::string(to_string(facts.kind)) + ": " + shown_name(facts) + " (continued) ===\n\n";
}

std::string use_line(const HeadFacts& facts) {
  const std::string use = defused(one_line(facts.description, longest_description));
  return use.empty() ? use : "When to use: " + use + "\n";
}

std::string tools_line(const HeadFacts& facts) {
  std::string line;
  for (const ToolName& tool : facts.tools) line.append(line.empty() ? "" : ", ").append(to_string(tool));
  line = one_line(line, longest_tools);
  return line.empty() ? line : "Tools: " + line + "\n";
}

std::string last_line(const HeadFacts& facts, Follows follows) {
  if (follows == Follows::nothing) return "Card only; in full " + std::to_string(facts.tokens) + " tokens\n\n";
  return follows == Follows::all ? "In full\n\n" : "In part\n\n";
}

constexpr std::string_view dots = "...";

// The beginning that one_line() leaves unchanged: printable ASCII with single blanks inside.
std::string_view plain_begin(std::string_view text) noexcept {
  std::size_t end = 0;
  for (; end < text.size() && text[end] >= ' ' && text[end] <= '~'; ++end)
    if (text[end] == ' ' && (end == 0 || text[end - 1] == ' ')) break;
  if (end > 0 && text[end - 1] == ' ') --end;
  return text.substr(0, end);
}

}  // namespace

// The longest beginning that needs no change is copied at once, and most texts are nothing else.
std::string one_line(std::string_view text, std::size_t limit) {
  std::string out(plain_begin(text.substr(0, limit < dots.size() ? 0 : limit - dots.size())));
  std::size_t length = out.size(), cut = out.size();  // cut: where the dots would begin
  bool blank = false;
  for (std::size_t offset = out.size(); offset < text.size();) {
    const unicode::Decoded next = unicode::decode(text, offset);
    offset += next.length;
    const char32_t c = next.code_point;
    if (letters::is_spacing(c) || c == 0x85) {
      blank = !out.empty();
      continue;
    }
    if (unicode::is_hidden(c)) continue;
    if (length + (blank ? 2 : 1) > limit) {
      out.resize(cut);
      return out += dots;
    }
    if (blank) out += ' ';
    length += blank ? 2 : 1;
    blank = false;
    unicode::append(out, c);
    if (length + dots.size() <= limit) cut = out.size();
  }
  return out;
}

std::string head(const HeadFacts& facts, Follows follows) {
  if (follows == Follows::continued) return continued_line(facts);
  std::string text = title_line(facts) + use_line(facts);
  if (follows != Follows::nothing) text += tools_line(facts);
  return text + last_line(facts, follows);
}

HeadCosts count_heads(const HeadFacts& facts, const TokenCounter& counter) {
  HeadCosts costs;
  costs.continued = counter.count(head(facts, Follows::continued));
  if (!counter.exact()) {  // an estimate does not add up
    costs.card = counter.count(head(facts, Follows::nothing));
    costs.opening = counter.count(head(facts, Follows::all));
    costs.part = counter.count(head(facts, Follows::part));
    return costs;
  }
  const Cost begin = counter.count(title_line(facts) + use_line(facts));
  costs.card = begin + counter.count(last_line(facts, Follows::nothing));
  costs.opening = begin + counter.count(tools_line(facts) + last_line(facts, Follows::all));
  costs.part = begin + counter.count(tools_line(facts) + last_line(facts, Follows::part));
  return costs;
}

}  // namespace cascade::manifest
