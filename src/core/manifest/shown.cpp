// Asked only of what would be a call otherwise, so that few lines are searched upwards. Lead-ins that a whole list
// hangs on are read once for all lines (lead_words.cpp).
#include "manifest/references.h"

#include <algorithm>

#include "manifest/body_text.h"
#include "manifest/line_words.h"
#include "text/ascii.h"
#include "text/word_set.h"

namespace cascade::manifest {
namespace {

constexpr int farthest_lead = 200;  // lines

// The nearest line above the code that has text and is none; null: there is none.
const TextLine* lead_of(const BodyText& body, const TextLine& line) {
  const TextLine* above = &line;
  for (int i = 0; i < farthest_lead && above != body.lines().data(); ++i) {
    --above;
    if (above->context == Context::code) continue;
    if (!letters::trim(body.text(*above).substr(0, sentence_window)).empty()) return above;
  }
  return nullptr;
}

// "Step 2: Weigh", "Phase 1", "Mandatory check", "Run the review", but not "Running it" or "How to run it".
bool names_step(const SentenceWords& words) {
  static constexpr auto steps = letters::word_set("step", "steps", "phase", "stage", "procedure", "process",
                                                  "instructions", "mandatory", "required", "must");
  static constexpr auto others = letters::word_set("how", "when", "to", "example", "examples", "usage", "next");
  bool step = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (others.has(words[i])) return false;
    step = step || steps.has(words[i]) || (i == 0 && words.is(i, prose::roles::is_use) && !words[i].ends_with("ing"));
  }
  return step;
}

enum class Lead { order, other, none };

// "Then run:", "After that, invoke the review:" is an order, "To run it:" is none, "You can use:" is something else.
Lead read_lead(const SentenceWords& words) {
  static constexpr auto going_on = letters::word_set("then", "now", "finally");
  static constexpr auto others = letters::word_set("user", "users", "you", "your", "they", "can", "may", "could",
                                                   "example", "examples", "usage", "not", "never");
  static constexpr auto before = letters::word_set("to", "how", "when", "the", "a", "by", "for", "of");
  std::size_t first = 0;
  while (first < words.size() && !letters::is_letter(words[first].front())) ++first;
  if (first == words.size()) return Lead::none;
  bool order = going_on.has(words[first]);
  for (std::size_t i = first; i < words.size(); ++i) {
    if (others.has(words[i])) return Lead::other;
    order = order ||
            (words.is(i, prose::roles::is_use) && !words[i].ends_with("s") && (i == 0 || !before.has(words[i - 1])));
  }
  return order ? Lead::order : Lead::none;
}

bool is_step(const BodyText& body, const TextLine* heading) {
  return heading != nullptr && names_step(SentenceWords(body.text(*heading).substr(0, sentence_window)));
}

// Code below "Then run:", "Invoke the review:", "## Step 2: Weigh" or "## Mandatory check" is to be run; other commands
// in code show how they are typed more often than not. REQUIRES: the line is code.
bool is_ordered_code(const BodyText& body, const TextLine& line) {
  const TextLine* lead = lead_of(body, line);
  if (lead == nullptr) return false;
  const std::string_view text = body.text(*lead);
  if (lead->context == Context::heading) return is_step(body, lead);
  if (lead->context != Context::running) return false;
  SentenceWords words(text.substr(text.size() - std::min(text.size(), sentence_window)));
  words.keep_last_sentence();
  const Lead read = read_lead(words);
  return read == Lead::order || (read == Lead::none && is_step(body, body.heading_above(*lead)));
}

constexpr int farthest_said = 60;  // lines

std::string_view start_of(const BodyText& body, const TextLine& line) {
  return letters::trim(body.text(line).substr(0, sentence_window));
}

bool is_quoted_line(const BodyText& body, const TextLine& line) {
  return line.context == Context::running && start_of(body, line).starts_with('>');
}

constexpr std::size_t longest_lead = 2000;  // bytes; a line may be as long as the file

std::size_t indentation(std::string_view line) {
  line = line.substr(0, longest_lead);
  return std::min(line.find_first_not_of(" \t"), line.size());
}

// Whether the line that leads the list or quotation announces what is to be said: the nearest one above that is no
// item, or an item that is further out.
bool is_below_message(const BodyText& body, const TextLine& line) {
  const TextLine* above = &line;
  std::size_t inside = line.list_item ? indentation(body.text(line)) : 0;
  for (int i = 0; i < farthest_said && above != body.lines().data(); ++i) {
    --above;
    const std::string_view text = body.text(*above);
    if (above->context != Context::running) return false;
    if (letters::trim(text.substr(0, sentence_window)).empty()) continue;
    const std::size_t in = indentation(text);
    if (above->list_item ? in >= inside : in > 0) continue;
    inside = in;
    if (text.size() > longest_lead) return false;
    const std::string_view bare = without_lead_marks(text);
    if (bare.ends_with(':')) return says_message(bare);
    if (!above->list_item) return false;
  }
  return false;
}

// A block quote that begins with a quotation mark, that speaks to "you" or that stands below "Ask:", and an item of a
// list below "Offer these choices:".
bool is_in_message(const BodyText& body, const TextLine& line) {
  if (line.context != Context::running) return false;
  if (!is_quoted_line(body, line)) return line.list_item && is_below_message(body, line);
  const TextLine* top = &line;
  for (int i = 0; i < farthest_said && top != body.lines().data() && is_quoted_line(body, *(top - 1)); ++i) --top;
  const std::string_view first = without_marks(start_of(body, *top));
  return first.starts_with('"') || first.starts_with("\xE2\x80\x9C") || is_below_message(body, *top);
}

// The beginning of a line, which says what it is. A line may be as long as the file.
std::string_view beginning(const BodyText& body, const TextLine& line) {
  constexpr std::size_t longest = 160;
  return body.text(line).substr(0, longest);
}

// "... X when you want control", "... X anytime": the rest of the sentence leaves it to somebody.
bool is_left_open(std::string_view rest) {
  rest = rest.substr(0, std::min(rest.find(". "), std::min<std::size_t>(rest.size(), sentence_window)));
  return says(rest, Says::left_open);
}

// "Need a list? Use X", "Not sure? Try X": an answer to what somebody may ask.
bool answers_question(const BodyText& body, const TextLine& line, std::size_t end) {
  static constexpr auto first =
      letters::word_set("need", "want", "looking", "not", "prefer", "stuck", "curious", "unsure", "wondering");
  const std::size_t from = end - std::min(end - line.begin, sentence_window);
  const std::string_view before = body.text().substr(from, end - from);
  const std::size_t mark = before.rfind('?');
  if (mark == std::string_view::npos || before.find(". ", mark) != std::string_view::npos) return false;
  std::size_t begin = before.rfind(". ", mark);
  begin = begin == std::string_view::npos ? 0 : begin + 2;
  while (begin < mark && !letters::is_letter(before[begin])) ++begin;
  return first.has(letters::run_at_begin(before.substr(begin, mark - begin), letters::is_letter));
}

// Below "When to use", "Limitations", "Suggestions": who else there is, for what is not done here. Commands below
// "Usage" or "Integration with other commands" are for whoever types them.
bool stands_apart(const BodyText& body, const TextLine& line, bool command) {
  const TextLine* const above = body.heading_above(line);
  if (above == nullptr) return false;
  const std::string_view heading = beginning(body, *above);
  return says(heading, Says::aside) || (command && says(heading, Says::aside_command));
}

// "To free crates, use /x", "use /x to check your list", "add your crates, then use /x", "use /x afterward": how
// somebody who types commands does it.
bool tells_how(const SentenceWords& before, std::string_view rest) {
  rest = rest.substr(0, std::min(rest.find(". "), std::min<std::size_t>(rest.size(), sentence_window)));
  const std::size_t first = before.size() > 0 && !letters::is_letter(before[0].front()) ? 1 : 0;
  for (std::size_t i = first + 1; i < before.size(); ++i)  // "Your job is to use /x" speaks to the reader
    if (before[i] == "your") return true;
  return before.has(first, "to") || rest.find(" your ") != std::string_view::npos ||
         rest.find(" afterward") != std::string_view::npos;
}

// "Shall I run X now?"
bool is_asked_about(std::string_view rest) {
  rest = rest.substr(0, sentence_window);
  for (std::size_t end = rest.find_first_of(".!?;:"); end != std::string_view::npos;
       end = rest.find_first_of(".!?;:", end + 1))
    if (end + 1 == rest.size() || !letters::is_word(rest[end + 1])) return rest[end] == '?';
  return false;
}

bool take_from_end(std::string_view& text, ForeignRole role) {
  const std::size_t bytes = foreign_end(text, role).size();
  text.remove_suffix(bytes);
  return bytes > 0;
}

bool take_from_begin(std::string_view& text, ForeignRole role) {
  const std::size_t bytes = foreign_begin(text, role).size();
  text.remove_prefix(bytes);
  return bytes > 0;
}

void drop_marks_at_end(std::string_view& text) {
  while (!text.empty() &&
         (letters::is_space(text.back()) || is_enclosing(text.back()) || text.back() == '@' || text.back() == '/'))
    text.remove_suffix(1);
}

void drop_marks_at_begin(std::string_view& text) {
  while (!text.empty() && (letters::is_space(text.front()) || is_enclosing(text.front()))) text.remove_prefix(1);
}

// An English kind word in the midst of them.
std::size_t bytes_of_kind(std::string_view word) { return kind_word(word) != 0 ? word.size() : 0; }

bool take_kind_from_begin(std::string_view& text) {
  const std::size_t foreign = unspaced_kind_at_begin(text).bytes;
  const std::size_t bytes = foreign > 0 ? foreign : bytes_of_kind(letters::run_at_begin(text, letters::is_letter));
  text.remove_prefix(bytes);
  return bytes > 0;
}

bool take_kind_from_end(std::string_view& text) {
  const std::size_t foreign = unspaced_kind_at_end(text).bytes;
  const std::size_t bytes = foreign > 0 ? foreign : bytes_of_kind(letters::run_at_end(text, letters::is_letter));
  text.remove_suffix(bytes);
  return bytes > 0;
}

// "调用 skill ", "使用 `a` 和 `": the verb stands before the kind and before other names of the list.
bool is_led_by_verb(std::string_view& before) {
  constexpr std::size_t most_names = 6;
  for (std::size_t name = 0; name < most_names; ++name) {
    drop_marks_at_end(before);
    if (take_kind_from_end(before)) drop_marks_at_end(before);
    if (take_from_end(before, ForeignRole::verb_before)) return true;
    if (!take_from_end(before, ForeignRole::joint)) return false;
    while (!before.empty() && letters::is_space(before.back())) before.remove_suffix(1);
    const std::size_t tick = before.ends_with('`') ? before.rfind('`', before.size() - 2) : std::string_view::npos;
    if (tick == std::string_view::npos) return false;
    before.remove_suffix(before.size() - tick);
  }
  return false;
}

UnspacedOrder order_before(std::string_view before, std::string_view after) {
  if (!is_led_by_verb(before)) return UnspacedOrder::none;
  drop_marks_at_end(before);
  if (take_from_end(before, ForeignRole::refusal_before)) return UnspacedOrder::refusal;
  // "告知使用", "可以使用": what the user is told or may do.
  if (take_from_end(before, ForeignRole::user) || take_from_end(before, ForeignRole::offer)) return UnspacedOrder::none;
  drop_marks_at_begin(after);
  if (take_kind_from_begin(after)) drop_marks_at_begin(after);
  return take_from_begin(after, ForeignRole::time) ? UnspacedOrder::none : UnspacedOrder::call;
}

// The part of the text within which a verb still belongs to the name.
std::string_view clause_of(std::string_view text) {
  constexpr std::size_t longest = 60;
  text = text.substr(0, longest);
  for (const std::string_view end : {"。", "、", "．", ". ", ", ", "|"}) text = text.substr(0, text.find(end));
  return text;
}

// "`x` 에이전트 호출", "`x` スキル実行": a step said as a noun, which nothing but an aside follows.
bool is_order_as_noun(std::string_view after) {
  if (!take_from_begin(after, ForeignRole::order_noun)) return false;
  after = letters::trim(after.substr(0, after.find('\n')));
  return after.empty() || std::string_view("(.,:").find(after.front()) != std::string_view::npos;
}

UnspacedOrder order_after(std::string_view before, std::string_view after) {
  drop_marks_at_begin(after);
  const bool kind = take_kind_from_begin(after);
  if (kind) drop_marks_at_begin(after);
  if (!take_from_begin(after, ForeignRole::particle))
    return kind && is_order_as_noun(after) ? UnspacedOrder::call : UnspacedOrder::none;
  const std::string_view clause = clause_of(after);
  const std::string_view verb = foreign_inside(clause, ForeignRole::verb_behind);
  if (verb.empty()) return UnspacedOrder::none;
  const std::string_view ending = clause.substr(static_cast<std::size_t>(verb.data() + verb.size() - clause.data()));
  if (!foreign_inside(ending, ForeignRole::denial).empty()) return UnspacedOrder::refusal;
  constexpr std::size_t subject = 60;
  if (!foreign_inside(before.substr(before.size() - std::min(before.size(), subject)), ForeignRole::user).empty())
    return UnspacedOrder::none;
  return !foreign_inside(ending, ForeignRole::occasion).empty() ? UnspacedOrder::none : UnspacedOrder::call;
}

}  // namespace

bool is_shown(const BodyText& body, const TextLine& line, const SentenceWords& before, std::size_t begin,
              std::size_t end) {
  const std::string_view rest = body.behind(line, end);
  const bool command = body.text()[begin] == '/';
  if (line.told || rest.starts_with(" --help") || is_left_open(rest) || answers_question(body, line, end)) return true;
  if ((command && tells_how(before, rest)) || is_asked_about(rest) || is_in_message(body, line) ||
      stands_apart(body, line, command))
    return true;
  if (line.context != Context::code) return false;
  if (command && !is_ordered_code(body, line)) return true;
  const std::string_view shown = letters::trim(beginning(body, line));
  const bool offered = shown.size() > 3 && shown[0] == '[' && letters::is_digit(shown[1]) && shown[2] == ']';
  return offered || shown.starts_with("> ") || (before.size() > 0 && before[0] == "next" && before.is_label(0));
}

bool is_shown_command(const BodyText& body, const TextLine& line) { return line.told || !is_ordered_code(body, line); }

// Words cannot be cut apart without a dictionary, so both sides of the name are compared with fixed beginnings and
// ends. A Chinese verb ends the text before the name; a Japanese or Korean one follows it behind a particle, and what
// comes after the verb tells an order from an occasion.
UnspacedOrder unspaced_order(std::string_view before, std::string_view after) {
  if (const UnspacedOrder order = order_before(before, after); order != UnspacedOrder::none) return order;
  return order_after(before, after);
}

// Goes back from a name word by word. A list before it is passed over name by name, and at most so far that a long one
// costs no more than a short one.
std::string_view word_before(std::string_view text, std::size_t at, std::size_t line_begin, std::size_t& begin) {
  std::size_t end = at;
  while (end > line_begin && (letters::is_space(text[end - 1]) || text[end - 1] == '*' || text[end - 1] == '"')) --end;
  begin = end;
  while (begin > line_begin && is_name_byte(text[begin - 1])) --begin;
  return text.substr(begin, end - begin);
}

bool stands_behind_use(std::string_view text, std::size_t at, std::size_t line_begin) {
  std::size_t begin = at;
  std::string_view word = word_before(text, at, line_begin, begin);
  if (letters::equals_lower(word, "the")) word = word_before(text, begin, line_begin, begin);
  static constexpr auto orders = letters::word_set("invoke", "spawn", "launch", "dispatch", "call");
  if (word.empty() && begin > line_begin && text[begin - 1] == ':' &&
      orders.has(word_before(text, begin - 1, line_begin, begin)))  // "Invoke: x"
    return true;
  if ((prose::roles_in_any_case(word) & prose::roles::call) != 0) return true;
  if (!letters::equals_lower(word, "to")) return false;
  word = word_before(text, begin, line_begin, begin);
  return (prose::roles_in_any_case(word) & prose::roles::hand) != 0;
}

bool follows_use(std::string_view text, std::size_t at, std::size_t line_begin) {
  constexpr int longest_list = 8;
  for (int listed = 0; listed < longest_list; ++listed) {
    if (stands_behind_use(text, at, line_begin)) return true;
    std::size_t begin = at;
    std::string_view word = word_before(text, at, line_begin, begin);
    const bool joined = letters::equals_lower(word, "and") || letters::equals_lower(word, "or");
    std::size_t end = joined ? begin : at;
    while (end > line_begin && (letters::is_space(text[end - 1]) || text[end - 1] == '`')) --end;
    const bool comma = end > line_begin && text[end - 1] == ',';
    if (comma) --end;
    if (!joined && !comma) return false;
    while (end > line_begin && (text[end - 1] == '`' || text[end - 1] == '*')) --end;
    word = word_before(text, end, line_begin, begin);
    if (word.find('-') == std::string_view::npos) return false;
    at = begin;
    while (at > line_begin && text[at - 1] == '`') --at;
  }
  return false;
}

bool stands_behind_wide_use(std::string_view text, std::size_t at, std::size_t end, std::size_t line_begin) {
  std::size_t begin = at;
  std::string_view word = word_before(text, at, line_begin, begin);
  if (letters::equals_lower(word, "the")) word = word_before(text, begin, line_begin, begin);
  return (prose::roles_in_any_case(word) & prose::roles::call_wide) != 0 && text.substr(end, 4) != " to ";
}

bool shares_use(std::string_view text, std::size_t at, std::size_t end, std::size_t line_begin) {
  constexpr std::size_t longest_shared = 300;  // bytes looked at before a name for the verb of its list
  const std::string_view behind = text.substr(end, 5);
  if (behind.substr(0, 4) != " to " && behind != " for ") return false;
  std::string_view before = letters::trim(text.substr(line_begin, at - line_begin));
  std::size_t word = at;
  const std::string_view joins = word_before(text, at, line_begin, word);
  if (joins == "or" || joins == "and") before = letters::trim(text.substr(line_begin, word - line_begin));
  if (before.empty() || (before.back() != ',' && joins != "or" && joins != "and")) return false;
  before = before.substr(before.size() - std::min<std::size_t>(before.size(), longest_shared));
  before.remove_prefix(std::min(before.find_last_of(".;:!?") + 1, before.size()));
  before = letters::trim(before);
  const std::size_t use = letters::starts_with_lower(before, "use ") ? 0 : before.rfind(" use ");
  if (use == std::string_view::npos) return false;
  before = letters::trim(letters::trim(before.substr(use)).substr(4));
  const std::string_view first = before.substr(0, before.find(' '));
  const std::string_view purpose = before.substr(first.size(), 5);
  return first.find('-') != std::string_view::npos && (purpose.starts_with(" to ") || purpose == " for ");
}

}  // namespace cascade::manifest
