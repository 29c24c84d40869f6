// take() sorts the candidates by line and name, so that all forms of one reference are neighbours, merges these, and
// sorts the rest into the order of the file. What is sorted are pointers, because a candidate is long. Places are
// computed only for references that are left.
#include "manifest/references.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <tuple>

#include "client/built_in.h"
#include "manifest/kinds.h"
#include "manifest/line_words.h"
#include "prose/sentence.h"
#include "syntax/lines.h"
#include "text/ascii.h"
#include "text/byte_block.h"
#include "text/word_set.h"
#include "unicode/utf8.h"

namespace cascade::manifest {
namespace {

using letters::ByteBlock;

// Finds every mark before a name or a '$', and also ')', '+' and ',' before a name: these sort after all marks, where
// nothing reads them.
constexpr auto may_be_marks = [](const char* from) noexcept {
  const ByteBlock at = letters::load_block(from), next = letters::load_block(from + 1);
  const ByteBlock parenthesis_to_slash = (at & ~7) == '(', at_or_tick = letters::to_lower(at) == '`';
  return ((parenthesis_to_slash | (at == ':') | at_or_tick) & ((next > '-') | (next == '$'))) | (at == '(');
};

constexpr std::uint8_t no_mark = mark_kinds;

constexpr std::array<std::uint8_t, 256> make_classes() {
  std::array<std::uint8_t, 256> out{};
  out.fill(no_mark);
  constexpr std::pair<char, Mark> bytes[] = {{'`', Mark::tick},   {'*', Mark::star},       {'@', Mark::at},
                                             {'/', Mark::slash},  {':', Mark::colon},      {'.', Mark::dot},
                                             {'-', Mark::hyphen}, {'(', Mark::parenthesis}};
  static_assert(std::size(bytes) == mark_kinds, "a Mark without its byte, which may_be_marks must find as well");
  for (const auto& [byte, mark] : bytes) out[static_cast<unsigned char>(byte)] = static_cast<std::uint8_t>(mark);
  return out;
}
constexpr std::array<std::uint8_t, 256> classes = make_classes();

constexpr std::string_view arrow = "\xE2\x86\x92", long_dash = "\xE2\x80\x94";

constexpr letters::ByteSet around_name(" \t\n\v\f\r`*\"'[].@");

// The length of a separator at `at`, 0 when there is none.
std::size_t separator(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == ',' || c == ';') return 1;
  if (text.substr(at, arrow.size()) == arrow) return arrow.size();
  if (text.substr(at, 2) == "->") return 2;
  if (c == '/' && at + 1 < text.size() && letters::is_lower(text[at + 1])) return 1;
  if (!letters::is_blank(c)) return 0;
  for (std::string_view word : {" + ", " & ", " and ", " or "})
    if (text.substr(at, word.size()) == word) return word.size();
  return 0;
}

// Where an explanation of the name begins: " (", " - ", a long dash, " with ".
bool begins_explanation(std::string_view text, std::size_t at) {
  return text[at] == '(' || text.substr(at, 3) == " - " || text.substr(at, 6) == " with " ||
         text.substr(at, long_dash.size()) == long_dash;
}

// Part of "../using-x/references/": the slash before it does not follow a name, or the slash after it does not lead to
// a last name.
bool is_in_path(std::string_view text, std::size_t begin, std::size_t end) {
  if (begin >= 1 && text[begin - 1] == '/' && (begin < 2 || !letters::is_name(text[begin - 2]))) return true;
  if (end >= text.size() || text[end] != '/') return false;
  const std::string_view next = letters::run_at_begin(text.substr(end + 1), letters::is_name);
  return next.empty() || text.substr(end + 1 + next.size()).starts_with('/');
}

bool has_arrow(std::string_view before, std::string_view after) noexcept {
  for (const std::string_view arrow : {"->", "=>", "\xE2\x86\x92"})
    if (before.ends_with(arrow) || after.starts_with(arrow)) return true;
  return false;
}

// "`x` / x-y", "x-y + z": in a row with others.
bool is_joined(std::string_view before, std::string_view after) noexcept {
  return before.ends_with(" / ") || before.ends_with(" + ") || after.starts_with(" / ") || after.starts_with(" + ");
}

bool ends_here(std::string_view after) noexcept {
  return after.empty() || std::string_view(".,;:)!?(|").find(after.front()) != std::string_view::npos ||
         after.starts_with("- ") || after.starts_with("\xE2\x80\x94") || after.starts_with("\xE2\x80\x93");
}

// Whether the text next to a name is a line or arrow of a drawing: box drawing, blocks and triangles, arrows.
bool is_drawing(std::string_view text) noexcept {
  for (const std::string_view sign : {"\xE2\x94", "\xE2\x95", "\xE2\x96", "\xE2\x86"})
    if (text.starts_with(sign) || (text.size() >= 3 && text.substr(text.size() - 3).starts_with(sign))) return true;
  return text.ends_with("|") || text.starts_with("|");
}

std::string_view last_word(std::string_view before) noexcept { return letters::run_at_end(before, letters::is_letter); }

// "x-y에게", "x-yを", "操作は x-y の", "(x-y·a-b)": a name within a script without blanks, or in a list with that
// script's dots.
bool is_in_unspaced(std::string_view text, std::size_t begin, std::size_t end) noexcept {
  constexpr std::string_view dot = "\xC2\xB7";
  if (text.substr(0, begin).ends_with(dot) || text.substr(end).starts_with(dot)) return true;
  // A blank may part the two scripts on either side.
  if (text.substr(end, 1) == " " && is_unspaced(text, end + 1) && begin >= 4 &&
      (text[begin - 1] == ' ' ? is_unspaced(text, begin - 4) : is_unspaced(text, begin - 3)))
    return true;
  return is_unspaced(text, end) || (text.substr(end).starts_with('(') && is_unspaced(text, end + 1)) ||
         (begin >= 3 && is_unspaced(text, begin - 3));
}

// Words that point at the name after them, whatever follows it.
constexpr auto pointing = letters::word_set("see", "via", "ask", "asks", "consult", "hand", "feeds", "unlike");

constexpr auto prepositions =
    letters::word_set("from", "by", "to", "of", "in", "into", "with", "for", "and", "or", "than", "also", "before",
                      "after", "behind", "then", "like", "as", "when", "next", "under", "on", "upon", "during");

// "sends gaps to x-y for new tests", "works with x-y and a", "lists for x-y to use": a partner, and what it is for or
// who else is one.
bool is_partner(std::string_view word, std::string_view behind) {
  static constexpr auto words = letters::word_set("to", "with", "from", "by", "on", "for", "and", "or");
  static constexpr auto purposes =
      letters::word_set("for", "to", "when", "before", "after", "if", "as", "on", "and", "or");
  return words.has(word) && purposes.has(behind.substr(0, behind.find(' ')));
}

// "the x-y gate", "each x-y pass", "based on x-y feedback", "x-y's findings": the name owns something that a manifest
// does or gives.
bool owns_what_follows(std::string_view before, std::string_view after) {
  static constexpr auto articles = letters::word_set("a", "an", "the", "each", "every", "its", "this", "that", "full",
                                                     "same", "on", "from", "per", "using", "s");  // "whose's x-y loop"
  static constexpr auto things = letters::word_set(
      "gate", "step", "phase", "stage", "pass", "run", "runs", "check", "checks", "workflow", "pipeline", "loop",
      "output", "template", "report", "findings", "verdict", "guide", "procedure", "protocol", "playbook", "handoff",
      "session", "feedback", "results", "orchestrator", "coordinator", "worker");
  if (after.starts_with("'s ")) return true;
  if (after.empty() || after.front() != ' ') return false;
  return things.has(letters::run_at_begin(after.substr(1), letters::is_name)) &&
         articles.has(last_word(letters::trim(before)));
}

// Also of a language that puts it before the name: "el agente **x**".
Kinds any_kind_word(std::string_view word) {
  const Kinds kind = kind_word(word);
  return kind != 0 ? kind : foreign_kind_word(word);
}

}  // namespace

// Adds the facts of `later` to `kept` when both are the same reference.
bool Candidates::merge(Candidate& kept, const Candidate& later) {
  if (kept.line != later.line || kept.target.name != later.target.name) return false;
  if (kept.kind_known && later.kind_known && kept.target.kind != later.target.kind) return false;
  // "run `/x` or the x agent": a command and the agent of its name.
  const bool agent = later.kind_known && later.target.kind == Kind::agent;
  if (kept.via == Via::slash && agent && later.via != Via::slash && later.offset != kept.offset) return false;
  if (!kept.kind_known && later.kind_known) {
    kept.target.kind = later.target.kind;
    kept.kind_known = true;
  }
  kept.strength = std::min(kept.strength, later.strength);
  kept.named = kept.named || later.named;
  return true;
}

void Candidates::add(Kinds kinds, std::string_view name, Via via, Strength strength, std::size_t offset,
                     Certainty certainty) {
  constexpr std::size_t max_name = 200;
  if (name.empty() || name.size() > max_name) return;
  const Kind kind = (kinds & kinds_agent) != 0     ? Kind::agent
                    : (kinds & kinds_command) != 0 ? Kind::command
                                                   : Kind::skill;
  const bool known =
      certainty != Certainty::guess && (kinds == kinds_skill || kinds == kinds_agent || kinds == kinds_command);
  found_.push_back({{kind, unicode::replace_invalid(name)},
                    known,
                    via,
                    strength,
                    offset,
                    certainty == Certainty::named,
                    text_.line_of(offset)});
}

std::vector<Reference> Candidates::take(std::string_view path, const syntax::LineIndex& file) {
  const auto excluded = [](const Candidate& c) { return c.strength == Strength::excluded; };
  std::vector<Candidate*> order;
  order.reserve(found_.size());
  for (Candidate& candidate : found_) order.push_back(&candidate);
  std::ranges::sort(order, [&](const Candidate* a, const Candidate* b) {
    if (a->line != b->line) return a->line < b->line;
    const auto rest = [&](const Candidate& c) {
      return std::make_tuple(std::string_view(c.target.name), excluded(c), c.via, c.offset, c.target.kind, c.strength);
    };
    return rest(*a) < rest(*b);
  });
  std::size_t kept = 0;
  for (Candidate* const candidate : order)
    if (kept == 0 || !merge(*order[kept - 1], *candidate)) order[kept++] = candidate;
  order.resize(kept);
  std::ranges::sort(order, [](const Candidate* a, const Candidate* b) {
    return std::tie(a->offset, a->via, a->target.kind, a->target.name) <
           std::tie(b->offset, b->via, b->target.kind, b->target.name);
  });

  std::vector<Reference> out;
  out.reserve(order.size());
  syntax::IndexCursor cursor(file);
  for (Candidate* const one : order) {
    const syntax::Position at = cursor.at(text_.file_offset(one->offset));
    const auto width = static_cast<std::uint32_t>(unicode::count_code_points(one->target.name));
    out.push_back({std::move(one->target),
                   one->strength,
                   one->via,
                   {std::string(path), at.line, at.column, at.line, at.column + width},
                   one->kind_known,
                   one->named});
  }
  found_.clear();
  return out;
}

Marks::Marks(std::string_view text) {
  const auto class_at = [text](std::size_t at) { return classes[static_cast<unsigned char>(text[at])]; };
  std::vector<std::size_t> found;
  found.reserve(text.size() / 16);
  letters::for_each_where(text, may_be_marks, [&](std::size_t at) { found.push_back(at); });
  std::array<std::size_t, mark_kinds + 2> ends{};  // of the class before
  for (const std::size_t at : found) ++ends[class_at(at) + 1];
  std::partial_sum(ends.begin(), ends.end(), ends.begin());
  std::copy_n(ends.begin(), begins_.size(), begins_.begin());
  places_.resize(found.size());
  for (const std::size_t at : found) places_[ends[class_at(at)]++] = at;
}

std::vector<std::pair<std::size_t, std::size_t>> names_listed(std::string_view text, std::size_t begin,
                                                              std::size_t end) {
  std::vector<std::pair<std::size_t, std::size_t>> out;
  text = text.substr(0, end);
  std::size_t from = begin, stop = std::string_view::npos;
  const auto flush = [&](std::size_t to) {
    std::size_t first = from, last = std::min(stop, to);
    while (first < last && around_name.has(text[first])) ++first;
    while (last > first && around_name.has(text[last - 1])) --last;
    if (last > first && is_qualified_name(text.substr(first, last - first)) && !is_in_path(text, first, last))
      out.emplace_back(first, last);
  };
  int depth = 0;
  for (std::size_t i = begin; i < end;) {
    if (stop == std::string_view::npos && begins_explanation(text, i)) stop = i;
    depth += text[i] == '(' ? 1 : text[i] == ')' && depth > 0 ? -1 : 0;
    const std::size_t length = depth == 0 ? separator(text, i) : 0;
    if (length == 0) {
      ++i;
      continue;
    }
    flush(i);
    i += length;
    from = i;
    stop = std::string_view::npos;
  }
  flush(end);
  return out;
}

// Goes by the first byte of the character's UTF-8.
bool is_unspaced(std::string_view text, std::size_t at) noexcept {
  return at < text.size() && static_cast<unsigned char>(text[at]) >= 0xE3 &&
         static_cast<unsigned char>(text[at]) < 0xEE;
}

bool is_pointed_at(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end) {
  constexpr std::size_t arrow_above = 16;  // bytes back to an arrow that ends the line above
  if (is_in_unspaced(body.text(), begin, end)) return true;
  std::string_view before = letters::trim(body.before(line, begin));
  if (before.empty())
    before = letters::trim(body.text().substr(begin - std::min(begin, arrow_above), std::min(begin, arrow_above)));
  const std::string_view after = body.behind(line, end);
  return pointing.has(last_word(before)) || is_partner(last_word(before), letters::trim(after)) ||
         has_arrow(before, {}) || owns_what_follows(before, after);
}

bool is_referred_to(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end) {
  static constexpr auto words = letters::word_set("is", "are", "has", "have", "need", "needs", "to", "with", "by",
                                                  "from", "after", "for", "in", "and", "or");
  const std::string_view before = body.before(line, begin);
  std::string_view after = body.behind(line, end);
  if (after.starts_with("'s")) after.remove_prefix(2);
  after = letters::trim(after);
  if (after.starts_with("instead")) after.remove_prefix(7);
  return ends_here(after) && words.has(last_word(letters::trim(before)));
}

bool is_drawn(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end) {
  const std::string_view before = letters::trim(body.before(line, begin));
  const std::string_view after = letters::trim(body.behind(line, end));
  if (has_arrow(before, after)) return true;
  if (before.ends_with("[") && after.starts_with("]")) return true;
  if (before.ends_with(":")) return true;  // "Next phase: x-y"
  if (before.starts_with("participant ") && before.ends_with(" as")) return true;
  if (!leads_line(body, line, begin)) return is_drawing(before);
  return after.empty() || line.list_item || is_drawing(before) || is_drawing(after);
}

bool is_set_off(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end) {
  const std::string_view text = body.text();
  if (is_in_unspaced(text, begin, end)) return true;
  const std::string_view before = body.before(line, begin), after = body.behind(line, end);
  if (before.ends_with("(")) return ends_here(after) || has_arrow({}, letters::trim(after));
  const std::string_view trimmed = letters::trim(before);
  std::string_view behind = letters::trim(after);
  if (behind.starts_with("**")) behind = letters::trim(behind.substr(2));  // "**With x-y**: what for"
  // The words that lead to it may stand on the line above.
  const std::size_t sentence = body.sentence_begin(line);
  const std::string_view word =
      last_word(trimmed.empty() ? letters::trim(text.substr(sentence, begin - sentence)) : trimmed);
  if (has_arrow(trimmed, behind) || is_joined(before, after) || owns_what_follows(before, after)) return true;
  if (before.ends_with("[[") && after.starts_with("]]")) return true;
  if (!ends_here(behind)) return pointing.has(word) || is_partner(word, behind) || trimmed.ends_with(":");
  const std::size_t last = trimmed.find_last_not_of("*_ ");  // "**Calls:** x"
  if (last != std::string_view::npos && std::string_view(",|:").find(trimmed[last]) != std::string_view::npos)
    return true;
  if (leads_line(body, line, begin) && (line.list_item || word.empty())) return line.list_item;
  return pointing.has(word) || prepositions.has(word);
}

Kinds kind_beside(std::string_view text, const TextLine& line, std::size_t begin, std::size_t end) {
  std::size_t at = end;
  while (at < line.end && is_enclosing(text[at])) ++at;
  while (at < line.end && letters::is_blank(text[at])) ++at;
  const std::string_view word = letters::run_at_begin(text.substr(at, std::max(at, line.end) - at), letters::is_name);
  if (const Kinds kind = at > end ? any_kind_word(word) : 0) return kind;
  at = begin;
  while (at > line.begin && is_enclosing(text[at - 1])) --at;
  while (at > line.begin && letters::is_blank(text[at - 1])) --at;
  return any_kind_word(letters::run_at_end(text.substr(line.begin, at - line.begin), letters::is_name));
}

bool ends_noun(const BodyText& body, const TextLine& line, std::size_t end) {
  static constexpr auto joints =
      letters::word_set("and", "or", "to", "for", "with", "without", "on", "in", "into", "at", "by", "from", "over",
                        "via", "about", "when", "if", "before", "after", "while", "until", "unless", "once", "then",
                        "next", "first", "again", "now", "so", "as", "which", "that", "who", "instead", "here", "but",
                        "only", "directly", "the", "a", "an", "this", "it", "your", "its", "each", "every", "all");
  std::string_view behind = body.behind(line, end);
  while (!behind.empty() && is_enclosing(behind.front()) && behind.front() != '\'') behind.remove_prefix(1);
  const auto take_word = [&behind] {
    const std::string_view word = letters::run_at_begin(behind.substr(1), letters::is_name);
    behind.remove_prefix(1 + word.size());
    return word;
  };
  if (behind.starts_with(' ') && behind.size() > 1 && letters::is_name(behind[1])) {
    std::string_view word = take_word();
    if (any_kind_word(word) != 0 && behind.starts_with(' ') && behind.size() > 1 && letters::is_name(behind[1]))
      word = take_word();
    return any_kind_word(word) != 0 || joints.has(letters::to_lower(word));
  }
  return behind.empty() || behind.front() == ' ' || std::string_view(".,;:!?)").find(behind.front()) != behind.npos;
}

Kinds cue_for(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end) {
  if (const Kinds kind = kind_beside(body.text(), line, begin, end)) return kind;
  return line.own != 0 ? line.own : line.intro != 0 ? line.intro : line.heading;
}

bool leads_line(const BodyText& body, const TextLine& line, std::size_t begin) {
  const std::string_view before = body.text().substr(line.begin, begin - line.begin);
  return std::none_of(before.rbegin(), before.rend(), letters::is_letter);
}

bool is_handed_work(const BodyText& body, const TextLine& line, std::size_t begin) {
  const std::size_t first = body.sentence_begin(line);
  std::string_view before = body.text().substr(first, begin - first);
  const auto take_word = [&] {
    while (!before.empty() && (letters::is_space(before.back()) || is_enclosing(before.back())))
      before.remove_suffix(1);
    const std::string_view word = last_word(before);
    before.remove_suffix(word.size());
    return word;
  };
  std::string_view word = take_word();
  if (letters::equals_lower(word, "the")) word = take_word();
  if ((prose::roles_in_any_case(word) & prose::roles::invoking) != 0) return true;
  return letters::equals_lower(word, "to") && (prose::roles_in_any_case(take_word()) & prose::roles::hand) != 0;
}

void add_soft(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end, Via via, Kinds cue,
              Candidates& out, Certainty certainty) {
  const std::string_view name = body.text().substr(begin, end - begin);
  const bool distinctive = is_distinctive(name);
  if (name.size() < 2 || is_generic_alias(name) || is_example_name(name) || kind_word(name) != 0) return;
  if (!distinctive && (cue == 0 || client::find_tool(name) != nullptr)) return;
  const Strength strength = strength_of(body, line, begin, end);
  if (distinctive || certainty == Certainty::guess) return out.add(cue, name, via, strength, begin, certainty);
  for (Kinds kind : {kinds_agent, kinds_command, kinds_skill})
    if ((cue & kind) != 0) out.add(kind, name, via, strength, begin, certainty);
}

}  // namespace cascade::manifest
