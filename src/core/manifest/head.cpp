// A head is built line by line from facts made safe to display. With exact counts the title and use lines, which three
// heads share, are counted once; estimates do not add up, so each head is then counted whole.
#include "manifest/head.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "text/ascii.h"
#include "text/byte_block.h"
#include "text/letter_case.h"
#include "text/names.h"
#include "unicode/utf8.h"

namespace cascade::manifest {
namespace {

constexpr std::size_t longest_name = 200, longest_description = 1536, longest_tools = 600;

std::string title_line(const HeadFacts& facts, const char* end = " ===\n") {
  const std::string name = defused(one_line(facts.name, longest_name));
  return "=== " + std::string(to_string(facts.kind)) + ": " + name + end;
}

std::string use_line(const HeadFacts& facts) {
  const std::string use = defused(one_line(facts.description, longest_description));
  return use.empty() ? use : "When to use: " + use + "\n";
}

std::string tools_line(const HeadFacts& facts) {
  const std::string line =
      one_line(letters::joined(facts.tools, ", ", [](const ToolName& tool) { return to_string(tool); }), longest_tools);
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

// forged_marks() stops only at bytes that matter: the start of a line, a sign that may open a tag, and anything that is
// not ASCII. A LooseReader reads the words of a mark there, past case, width and invisible characters, because a model
// reads them as the same. may_hold_forged_marks() looks only at signs that open a mark, and also counts a tag that
// other text may complete, because parts of a text are joined later.

using letters::LooseReader;

constexpr std::string_view stand_in = "\xE2\x80\xB9";  // U+2039

// Printable ASCII.
bool is_plain(char c) { return c > ' ' && c < 0x7F; }
bool ends_line(char32_t c) { return (c >= '\n' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029; }
bool is_equals(char32_t c) { return c == '=' || c == 0xFF1D || c == 0xA78A || c == 0x2E40 || c == 0x30A0; }
bool opens_bracket(char32_t c) { return c == '[' || c == 0xFF3B; }
bool closes_bracket(char32_t c) { return c == ']' || c == 0xFF3D; }
bool is_colon(char32_t c) { return c == ':' || c == 0xFF1A || c == 0xFE55 || c == 0xA789 || c == 0x2236; }

bool is_unseen(char32_t c) { return !ends_line(c) && c != '\t' && (letters::is_combining(c) || unicode::is_hidden(c)); }
bool is_space(char32_t c) { return !ends_line(c) && (letters::is_white(c) || is_unseen(c)); }
bool is_dash(char32_t c) { return letters::is_dash(c) || is_unseen(c); }

constexpr std::array<std::string_view, 5> kinds = {"skill", "agent", "command", "playbook", "cascade"};

// The tags in which the client (2.1.328) wraps words that are not the author's; "-" stands for any dash.
constexpr std::array<std::string_view, 12> client_tags = {"task-notification",    "user-prompt-submit-hook",
                                                          "local-command-stdout", "local-command-stderr",
                                                          "local-command-caveat", "command-name",
                                                          "command-message",      "command-args",
                                                          "bash-input",           "bash-stdout",
                                                          "bash-stderr",          "function_results"};

// "=== skill:"; two signs are enough. A line of such signs alone underlines a heading.
bool is_title(LooseReader reader) {
  int signs = 0;
  for (; is_equals(reader.peek()); ++signs) {
    reader.next();
    reader.skip(is_unseen);
  }
  if (signs < 2) return false;
  reader.skip(is_space);
  return std::ranges::any_of(kinds, [&](std::string_view kind) {
    LooseReader word = reader;
    if (!word.word(kind, is_unseen)) return false;
    word.skip(is_space);
    return is_colon(word.peek());
  });
}

bool is_note(LooseReader reader) {
  reader.next();
  reader.skip(is_space);
  if (!reader.word("cascade", is_unseen)) return false;
  reader.skip(is_space);
  return closes_bracket(reader.peek());
}

constexpr letters::ByteSet ends_word("-_");

bool is_client_tag(LooseReader reader) {
  reader.next();
  reader.skip([](char32_t c) { return is_space(c) || letters::is_slash(c); });
  // No tag begins with another letter, and no other letter of ASCII looks like one of these.
  constexpr std::string_view first_letters = "bcfltuiBCFLTUI";
  const char32_t first = reader.peek();
  if (first < 0x80 && letters::is_letter(static_cast<char>(first)) &&
      first_letters.find(static_cast<char>(first)) == std::string_view::npos)
    return false;
  return std::ranges::any_of(client_tags, [&](std::string_view tag) {
    LooseReader name = reader;
    for (std::size_t begin = 0; begin <= tag.size();) {
      const std::size_t end = std::min(ends_word.find_in(tag, begin), tag.size());
      if (!name.word(tag.substr(begin, end - begin), is_unseen)) return false;
      if (end == tag.size()) break;
      if (!letters::is_dash(name.peek())) return false;
      name.skip(is_dash);
      begin = end + 1;
    }
    return name.at_end() || name.peek() == '>' || name.peek() == 0xFF1E || is_space(name.peek());
  });
}

// The offset of the mark that a line begins with, after blanks; npos for none.
std::size_t mark_at_line(std::string_view text, std::size_t line) {
  while (line < text.size() && letters::is_blank(text[line])) ++line;
  if (line == text.size()) return std::string_view::npos;
  const char first = text[line];
  const bool seen = first > 0x20 && first < 0x7F;
  if (seen && first != '=' && first != '[' && first != '<') return std::string_view::npos;
  LooseReader reader(text, line);
  reader.skip(is_space);
  const char32_t c = reader.peek();
  const bool forged = (is_equals(c) && is_title(reader)) || (opens_bracket(c) && is_note(reader)) ||
                      (letters::is_less_sign(c) && is_client_tag(reader));
  return forged ? reader.at() : std::string_view::npos;
}

// Finds each byte that is not ASCII, may end a line or opens a tag.
constexpr auto may_be_sign = [](const char* from) noexcept {
  const letters::ByteBlock block = letters::load_block(from);
  return (block < 0x10) | (block == '<');
};

// Whether a character with these first bytes may be the wide form of a sign that begins a mark. All have three bytes.
bool may_be_wide_sign(unsigned char first, unsigned char second) {
  switch (first) {
    case 0xE2: return second == 0xB9;
    case 0xE3: return second == 0x82;
    case 0xEA: return second == 0x9E;
    case 0xEF: return second == 0xB9 || second == 0xBC;
    default: return false;
  }
}

// Whether only invisible characters and white space precede `at` on its line.
bool begins_line(std::string_view text, std::size_t at) {
  while (at > 0 && letters::is_blank(text[at - 1])) --at;
  while (at > 0) {
    std::size_t before = at - 1;
    if (is_plain(text[before])) return false;
    while (before > 0 && at - before < 4 && (static_cast<unsigned char>(text[before]) & 0xC0) == 0x80) --before;
    const unicode::Decoded here = unicode::decode(text, before);
    if (before + here.length != at) return false;
    if (ends_line(here.code_point)) return true;
    if (!is_space(here.code_point)) return false;
    at = before;
  }
  return true;
}

// Whether this opens one of the client's tags, or the start of one that text joined to it later may complete.
bool may_open_tag(std::string_view text, std::size_t at) {
  LooseReader reader(text, at);
  reader.next();
  reader.skip([](char32_t c) { return letters::is_slash(c) || is_space(c); });
  if (reader.at_end() || ends_line(reader.peek()) || reader.word("system", is_unseen)) return true;
  return begins_line(text, at) && is_client_tag(LooseReader(text, at));
}

bool may_open_mark(std::string_view text, std::size_t at, char32_t c) {
  if (letters::is_less_sign(c)) return may_open_tag(text, at);
  if (is_equals(c)) return begins_line(text, at) && is_title(LooseReader(text, at));
  return opens_bracket(c) && begins_line(text, at) && is_note(LooseReader(text, at));
}

// Whether the word behind this bracket may be "cascade". Most brackets are a list's boxes to tick: "- [ ] x".
bool may_begin_note(std::string_view text, std::size_t at) {
  for (++at; at < text.size() && text[at] == ' ';) ++at;
  return at == text.size() || !is_plain(text[at]) || (text[at] | 0x20) == 'c';
}

// Whether the character that begins at this byte may open a mark. Most do not begin their line and are told by the
// bytes next to them.
bool may_open_mark_at(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  const bool is_last = at + 1 == text.size();
  if (byte >= 0x80) {
    if (is_last || !may_be_wide_sign(byte, static_cast<unsigned char>(text[at + 1]))) return false;
    return may_open_mark(text, at, unicode::decode(text, at).code_point);
  }
  const bool may_begin_line = at == 0 || !is_plain(text[at - 1]);
  if (byte == '[' && may_begin_line && !may_begin_note(text, at)) return false;
  if (byte != '<') return may_begin_line && may_open_mark(text, at, byte);
  const char next = is_last ? '/' : text[at + 1];
  const bool may_be_reminder = !is_plain(next) || letters::is_slash(next) || (next | 0x20) == 's';
  if (may_be_reminder) return may_open_tag(text, at);
  return may_begin_line && begins_line(text, at) && is_client_tag(LooseReader(text, at));
}

// One change of the text: `length` bytes at `at` become `text`.
struct Edit {
  std::size_t at, length;
  std::string_view text;
};

// Adds the edits for the signs of a mark: each gets a backslash, as in Markdown; a tag's first sign gets its stand-in.
void add_edits(std::string_view text, std::size_t mark, std::vector<Edit>& edits) {
  const unicode::Decoded first = unicode::decode(text, mark);
  if (letters::is_less_sign(first.code_point)) return edits.push_back({mark, first.length, stand_in});
  const bool title = is_equals(first.code_point);
  for (std::size_t at = mark; at < text.size();) {
    const unicode::Decoded here = unicode::decode(text, at);
    const char32_t c = here.code_point;
    if (ends_line(c)) return;
    if (title ? is_equals(c) : opens_bracket(c) || closes_bracket(c)) edits.push_back({at, 0, "\\"});
    if (!title && closes_bracket(c)) return;
    at += here.length;
  }
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
  if (follows == Follows::continued) return title_line(facts, " (continued) ===\n\n");
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

std::vector<std::size_t> forged_marks(std::string_view text) {
  std::vector<std::size_t> marks;
  const auto look_at_line = [&](std::size_t line) {
    if (const std::size_t mark = mark_at_line(text, line); mark != std::string_view::npos) marks.push_back(mark);
  };
  look_at_line(0);
  std::size_t next = 0;
  letters::for_each_where(text, may_be_sign, [&](std::size_t at) {
    if (at < next) return;  // within a character
    const auto byte = static_cast<unsigned char>(text[at]);
    const unicode::Decoded here = byte < 0x80 ? unicode::Decoded{byte, 1} : unicode::decode(text, at);
    next = at + here.length;
    if (letters::is_less_sign(here.code_point) && letters::names_system_reminder(text, next)) marks.push_back(at);
    if (ends_line(here.code_point)) look_at_line(next);
  });
  letters::sort_once(marks);
  return marks;
}

// Reads sixteen bytes at a time, because indexing reads every manifest this way.
bool may_hold_forged_marks(std::string_view text) {
  static_assert(('=' & ~1) == '<');
  constexpr auto upper_half = static_cast<signed char>(0xF0), begins_three = static_cast<signed char>(0xE0);
  bool found = false;
  const auto compare = [](const char* from) {
    const letters::ByteBlock block = letters::load_block(from);
    return ((block & ~1) == '<') | (block == '[') | ((block & upper_half) == begins_three);
  };
  letters::for_each_where(text, compare, [&](std::size_t at) { found = found || may_open_mark_at(text, at); });
  return found;
}

std::string defused(std::string text) {
  const std::vector<std::size_t> marks = forged_marks(text);
  if (marks.empty()) return text;
  std::vector<Edit> edits;
  for (const std::size_t mark : marks) add_edits(text, mark, edits);
  std::ranges::sort(edits, [](const Edit& a, const Edit& b) { return a.at < b.at; });
  std::string out;
  out.reserve(text.size() + 2 * edits.size());
  std::size_t copied = 0;
  for (const Edit& edit : edits) {
    out.append(text, copied, edit.at - copied).append(edit.text);
    copied = edit.at + edit.length;
  }
  return out.append(text, copied);
}

}  // namespace cascade::manifest
