// Decides by lists of phrases around the place, nearest first: the sentence, the row and column of a table, the text
// that leads up to it, the headings above. A warning revokes an order at once; a mere example counts only if nothing
// stronger follows. Negations must govern the place, or every "if you do not have it, run ..." would pass as a warning.
// No model and no scores, so each verdict can be explained by one phrase.
#include "validate/reading/stance.h"

#include <algorithm>

#include "prose/sentence.h"
#include "text/ascii.h"
#include "text/word_set.h"
#include "validate/reading/lists.h"

namespace cascade::validation {
namespace {

bool has_bad_mark(std::string_view text) noexcept {
  return has_part(text, {"❌", "✗", "✘", "🚫", "⛔", "☠", "👎"}) || has_phrase(text, lists::bad_marks);
}

constexpr std::size_t reach = 400;  // bytes: text farther away says nothing about a place

bool refuses_elsewhere(std::string_view text) {
  return has_part(text, lists::forbidding_parts) || has_phrase(text, lists::forbidding_elsewhere);
}

// The same in other languages, whose verbs may come last: searches the whole sentence, but for its asides.
bool forbids_elsewhere(std::string_view sentence) {
  sentence = sentence.substr(0, 2 * reach);
  if (!refuses_elsewhere(sentence)) return false;
  std::string said = letters::to_lower(sentence);
  for (const std::string_view words : lists::asides_elsewhere)
    for (std::size_t at = said.find(words); at != std::string::npos; at = said.find(words, at))
      said.replace(at, words.size(), " ");
  return refuses_elsewhere(said);
}

// An aside says how an order is carried out and denies nothing: "run it, without asking the user", "no questions asked:
// run it", "run it, and do not wait". A negation around it stays: "never run it without asking" still forbids.

// The word behind a place with no mark between them; empty: none. A view into the text.
std::string_view word_behind(std::string_view text, std::size_t at) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n*_", at);
  if (begin == std::string_view::npos || !letters::is_word_byte(text[begin])) return {};
  WordCursor words(text.substr(begin));
  return words.next() ? words.word() : std::string_view();
}

// The same, or what stands in code marks there.
std::string_view thing_behind(std::string_view text, std::size_t at) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n*_", at);
  if (begin == std::string_view::npos || text[begin] != '`') return word_behind(text, at);
  const std::size_t end = text.find('`', begin + 1);
  return end == std::string_view::npos ? std::string_view() : text.substr(begin, end + 1 - begin);
}

// "Running", "execute", "piping": the act itself, whatever its object.
bool is_running(std::string_view word) {
  return word == "piping" || (prose::base_roles(word) & prose::roles::is_use) != 0;
}

// "This", "the following commands": what the text shows.
bool points(std::string_view word) {
  constexpr prose::Roles little = prose::roles::det | prose::roles::pronoun | prose::roles::prep | prose::roles::adverb;
  return letters::is_one_of(word, lists::act_objects) || (prose::roles_of(word) & little) != 0;
}

std::size_t end_of(std::string_view text, std::string_view word) {
  return static_cast<std::size_t>(word.data() - text.data()) + word.size();
}

bool is_blank_behind(std::string_view text, std::size_t at) {
  return text.find_first_not_of(" \t\r\n*_`(\"'", at) == std::string_view::npos;
}

bool may_end_aside(std::string_view word) {
  return letters::is_one_of_lower(word, lists::beside_aside) || letters::is_one_of_lower(word, lists::asides) ||
         letters::is_one_of_lower(word, lists::asides_of_things);
}

// Where an aside ends whose object is `last`: "the owner or anybody else for permission" belongs to it. npos: the place
// in question would be the object, "without asking for `x`", "without reading `x`".
std::size_t aside_end(std::string_view text, std::string_view last) {
  std::size_t end = end_of(text, last), at = end;
  bool takes_place = letters::is_one_of_lower(last, lists::asides_of_things);
  for (std::string_view word = word_behind(text, at); !word.empty(); word = word_behind(text, at)) {
    const bool governs = last.ends_with("ing") || letters::is_one_of_lower(last, lists::aside_joints);
    takes_place = letters::is_one_of_lower(word, lists::aside_joints);
    if (!takes_place && (prose::roles_in_any_case(word) & prose::roles::det) != 0 && !may_end_aside(word)) {
      const std::string_view noun = word_behind(text, end_of(text, word));
      takes_place = noun.empty();
      if (!governs && !may_end_aside(noun)) break;
      if (!takes_place) word = noun;
    } else if (!takes_place && !may_end_aside(word)) {
      break;
    }
    at = end_of(text, word);
    if (!takes_place) end = at;
    last = word;
  }
  return takes_place && is_blank_behind(text, at) && !letters::is_one_of_lower(last, {"and", "or", "nor"})
             ? std::string_view::npos
             : end;
}

// The word that an aside does without, behind its negator: the last one of "without waiting to ask".
std::string_view object_of_aside(std::string_view text, std::size_t at) {
  constexpr int most_words = 5;
  std::string_view object;
  for (int i = 0; i < most_words; ++i) {
    const std::string_view word = word_behind(text, at);
    if (letters::is_one_of_lower(word, lists::asides) || letters::is_one_of_lower(word, lists::asides_of_things))
      object = word;
    if (!letters::is_one_of_lower(word, lists::between_aside)) break;
    at = end_of(text, word);
  }
  return object;
}

bool is_set_off_before(std::string_view text, std::size_t begin) {
  const std::string_view before = letters::trim(text.substr(0, begin));
  if (before.empty() || std::string_view(",;:.!?(#>|/-*_").find(before.back()) != std::string_view::npos) return true;
  if (before.ends_with("\xE2\x80\x94") || before.ends_with("\xE2\x80\x93")) return true;
  const std::size_t blank = before.find_last_of(" \t\r\n");
  return letters::is_one_of_lower(before.substr(blank + 1), {"and", "but", "then", "so", "just"});
}

bool is_set_off_behind(std::string_view text, std::size_t end) {
  const std::size_t next = text.find_first_not_of(" \t*_", end);
  if (next == std::string_view::npos) return false;
  const std::string_view rest = text.substr(next);
  return std::string_view(",;:.!)|\n-").find(rest.front()) != std::string_view::npos ||
         rest.starts_with("\xE2\x80\x94") || rest.starts_with("\xE2\x80\x93");
}

// The end of the aside that begins here; npos: none does.
std::size_t aside_at(std::string_view text, std::size_t begin) {
  constexpr std::size_t none = std::string_view::npos;
  const std::string_view here = text.substr(begin);
  std::size_t length = 0;
  for (const std::string_view phrase : lists::aside_phrases)
    if (begins_with_phrase(here, phrase, length)) {
      const std::size_t end = aside_end(text, here.substr(0, length));
      if (end != none && is_set_off_behind(text, end)) return end;
    }
  const auto behind_one_of = [&](const auto& negators) {
    for (const std::string_view negator : negators)
      if (begins_with_phrase(here, negator, length)) return object_of_aside(text, begin + length);
    return std::string_view();
  };
  if (const std::string_view object = behind_one_of(lists::aside_negators); !object.empty())
    return aside_end(text, object);
  const std::string_view object = behind_one_of(lists::aside_denials);
  if (object.empty() || !is_set_off_before(text, begin)) return none;
  const bool denies_verb = letters::is_one_of_lower(here.substr(0, length), {"not", "never"});
  if (denies_verb && !object.ends_with("ing")) return none;  // "never ask"
  const std::size_t end = aside_end(text, object);
  return end != none && is_set_off_behind(text, end) ? end : none;
}

// "Run this", "use the following command".
bool runs_what_is_shown(std::string_view said) {
  const prose::SentenceWords words(said.substr(said.size() - std::min(said.size(), prose::sentence_window)));
  std::size_t last = words.size();
  while (last > 0 && points(words[last - 1])) --last;
  return last > 0 && is_running(words[last - 1]);
}

// Behind "without", or behind "run this instead of"; 0: neither stands here.
std::size_t begin_of_left_out(std::string_view text, std::size_t begin) {
  std::size_t length = 0;
  const auto stands_here = [&](std::string_view phrase) {
    return begins_with_phrase(text.substr(begin), phrase, length);
  };
  if (std::ranges::any_of(lists::aside_negators, stands_here))
    return object_of_aside(text, begin + length).empty() ? begin + length : 0;  // else aside_at() has it
  return (stands_here("instead of") || stands_here("rather than")) && runs_what_is_shown(text.substr(0, begin))
             ? begin + length
             : 0;
}

// Where a thing or another act ends that an order does without: "without root", "without printing anything". npos:
// there is none, or it is the act in question ("without `x`", "without ever running this").
std::size_t end_of_left_out(std::string_view text, std::size_t begin) {
  namespace r = prose::roles;
  constexpr std::size_t none = std::string_view::npos;
  std::size_t at = begin_of_left_out(text, begin);
  if (at == 0) return none;
  bool is_act = true, is_open = true;  // nothing else was said; a further word has to come
  for (std::string_view word = thing_behind(text, at); !word.empty(); word = thing_behind(text, at)) {
    const std::string small = letters::to_lower(word);
    const prose::Roles roles = prose::roles_of(small);
    if (!is_open && (roles & (r::means | r::join | r::sub)) != 0) return is_act ? none : at;
    is_act = is_act && (points(small) || (small.ends_with("ing") && is_running(small)));
    const bool takes_object = small.ends_with("ing") && !letters::is_one_of(small, lists::asides);
    is_open = !letters::is_one_of(small, lists::act_objects) &&
              (takes_object || (roles & r::det) != 0 || letters::is_one_of(small, lists::aside_joints));
    at = end_of(text, word);
  }
  return is_act || is_open || !is_set_off_behind(text, at) ? none : at;
}

// Whether an aside says that nobody's word or time is taken, and nothing of a thing.
bool is_of_people(std::string_view aside) {
  return has_phrase(aside, lists::asides) && !has_phrase(aside, lists::asides_of_things);
}

std::optional<Range> aside_in(std::string_view text, Asides which) {
  for (WordCursor words(text); words.next();) {
    std::size_t end = aside_at(text, words.begin());
    const bool by_marks = which == Asides::set_off || which == Asides::no_reproach;
    if (by_marks && !is_set_off_before(text, words.begin())) end = std::string_view::npos;
    const bool of_things = which == Asides::all || which == Asides::no_reproach;
    if (of_things && end == std::string_view::npos) end = end_of_left_out(text, words.begin());
    if (end == std::string_view::npos) continue;
    if (which != Asides::people || is_of_people(text.substr(words.begin(), end - words.begin())))
      return Range{words.begin(), end};
  }
  return std::nullopt;
}

}  // namespace

// Leaves out a comma before an aside, and the one behind it where the sentence begins or a negator waits for its verb:
// "do not, without asking, run".
std::string without_asides(std::string_view text, Asides which) {
  std::string said;
  while (const auto aside = aside_in(text, which)) {
    said += text.substr(0, aside->begin);
    while (!said.empty() && letters::is_space(said.back())) said.pop_back();
    text.remove_prefix(aside->end);
    if (said.ends_with(',')) said.pop_back();
    const std::string_view last = std::string_view(said).substr(said.find_last_of(" \t\n") + 1);
    const bool waits = last.empty() || (prose::roles_in_any_case(last) & prose::roles::neg) != 0;
    if (waits && letters::trim_left(text).starts_with(',')) text.remove_prefix(text.find(',') + 1);
    if (!text.starts_with(':')) said += ' ';
  }
  return said += text;
}

namespace {

// Returns the last sentence before a list or code: only that one is about it.
std::string_view last_sentence(std::string_view lead) {
  const std::string_view whole = letters::trim(lead), text = whole.substr(whole.size() - std::min(whole.size(), reach));
  for (std::size_t i = text.size(); i-- > 1;)
    if (letters::is_space(text[i]) && (text[i - 1] == '.' || text[i - 1] == '!' || text[i - 1] == '?'))
      return text.substr(i + 1);
  return text;
}

prose::Reading read_sides(std::string_view before, std::string_view after) {
  constexpr std::size_t near = prose::sentence_window;
  const bool whole = before.size() <= near;
  const prose::SentenceWords words(before.substr(before.size() - std::min(before.size(), near)));
  return prose::read_clause({words, prose::SentenceWords(after), whole});
}

// What the sentence says of what stands between. What only tells is a reproach by its aside, unless marks set that off:
// "people run this without reading it", "it is rude to run this without asking".
prose::Reading reading_of(std::string_view before, std::string_view after) {
  using prose::Stance;
  const std::string said = without_asides(before);
  const prose::Reading plain = read_sides(said, after);
  if (said.size() == before.size() || plain.denied || plain.stance == Stance::refused) return plain;
  const bool judges = begins_with_one_of(last_sentence(before), lists::impersonal);
  const prose::Reading whole =
      read_sides(without_asides(before, judges ? Asides::set_off : Asides::no_reproach), after);
  const bool is_order = plain.stance == Stance::ordered || plain.stance == Stance::advised ||
                        (whole.stance == Stance::refused && !plain.by_others);
  return is_order && !judges ? plain : whole;
}

std::size_t count_words(std::string_view text) {
  std::size_t count = 0;
  for (WordCursor words(text); words.next();) ++count;
  return count;
}

}  // namespace

bool introduces_attack(std::string_view words) noexcept { return has_phrase(words, lists::attack_words); }

bool introduces_example(std::string_view words) noexcept {
  return introduces_attack(words) || has_phrase(words, lists::example_words);
}

bool names_bad_practice(std::string_view heading) {
  return has_bad_mark(heading) || has_phrase(without_asides(std::string(heading) + '.'), lists::bad_headings);
}

namespace {

bool names_examples(std::string_view heading) noexcept {
  return has_phrase(heading, {"examples", "example", "test cases", "samples", "fixtures", "phrases", "wordings"});
}

// The same in other languages, at the begin of the comment. Only ASCII ignores case.
bool is_marked_bad_elsewhere(std::string_view near) {
  for (std::size_t at = near.find_first_of("#/"); at != std::string_view::npos; at = near.find_first_of("#/", at + 1)) {
    const std::string_view comment = letters::trim_left(near.substr(at + 1));
    for (const std::string_view word : lists::bad_elsewhere)
      if (letters::starts_with_lower(comment, word)) return true;
  }
  return false;
}

// "# CRITICAL: executes whatever the server returns": a label, and then what the line does.
bool is_marked_bad_by_label(std::string_view near) {
  constexpr std::size_t longest = 200;
  for (std::size_t at = near.find_first_of("#/"); at != std::string_view::npos; at = near.find_first_of("#/", at + 1)) {
    std::string_view remark = near.substr(at, longest);
    remark = remark.substr(0, remark.find('\n'));
    const std::size_t colon = remark.find(':');
    if (colon == std::string_view::npos || !has_phrase(remark.substr(0, colon), lists::condemning_labels)) continue;
    if (has_phrase(remark.substr(colon), lists::condemned_effects)) return true;
  }
  return false;
}

// Whether a comment in the code, on its line or the one above, calls it bad.
bool is_marked_bad(std::string_view all, const Range& block, const Range& sentence) {
  std::size_t line = sentence.begin;
  while (line > block.begin && all[line - 1] == '\n') --line;
  while (line > block.begin && all[line - 1] != '\n' && sentence.begin - line < 300) --line;
  const std::string_view near = slice(all, line, sentence.end);
  return has_bad_mark(near) || is_marked_bad_elsewhere(near) || is_marked_bad_by_label(near) ||
         has_phrase(without_asides(near),
                    {"# bad", "# don't", "# never", "# wrong", "# dangerous", "# unsafe", "// bad", "# insecure",
                     "# avoid", "// don't", "// never", "# not", "# do not", "// do not", "# vulnerable", "# no",
                     "# forbidden", "# blocked"});
}

// The words of a sentence before the place in question: a negation counts if it governs the place, not if it is in a
// condition ("if you do not have it, run ...") or an earlier clause, and not in an aside that only says how ("run it,
// without asking: ...").
bool forbids(std::string_view before) {
  while (!before.empty() && !letters::is_space(before.back()) && before.find_first_of(" \t\n") != before.npos)
    before.remove_suffix(1);  // the beginning of what is judged
  const prose::Reading reading = reading_of(before, {});
  return reading.stance == prose::Stance::refused || (reading.denied && reading.stance != prose::Stance::bare);
}

// Judges a cell by the row of the table and the heading of its column.
Stance stance_in_table(std::string_view all, const TextModel::TableCell& cell, std::size_t begin, std::size_t end) {
  const std::string_view before = slice(all, std::max(cell.row.begin, begin - std::min(begin, reach)), begin);
  const std::string_view after = slice(all, end, std::min(cell.row.end, end + reach));
  if (forbids(before) || has_phrase(after, lists::condemning) || has_bad_mark(before) || has_bad_mark(after))
    return Stance::forbidden;
  if (has_phrase(cell.headings, lists::risk_columns)) return Stance::attack;
  if (introduces_attack(before) || introduces_attack(after) || names_bad_practice(cell.heading) ||
      introduces_attack(cell.heading))
    return Stance::attack;
  return introduces_example(cell.heading) ? Stance::example : Stance::meant;
}

bool ends_in_colon(std::string_view lead) {
  const std::size_t last = lead.find_last_not_of(" \t\r\n*_");
  return last != std::string_view::npos && lead[last] == ':';
}

// "Bad", "**Don't**", "### Never": one or two words above something that must not be done.
bool is_bad_label(std::string_view lead) {
  constexpr std::size_t longest_label = 100;
  if (lead.size() > longest_label || letters::trim(lead).ends_with('?')) return false;  // "not on Linux?"
  const std::string said = without_asides(std::string(lead) + '\n');
  const std::size_t begin = said.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
  if (begin == std::string::npos || count_words(said) > 3) return false;
  return begins_with_one_of(std::string_view(said).substr(begin), lists::bad_labels);
}

// What it leads in to is what it speaks of.
std::string_view without_colon(std::string_view lead) { return lead.substr(0, lead.find_last_not_of(" :*_\t\n") + 1); }

// "Never run this: `x`": refuses the act itself. "You need no root: `x`" does not.
bool is_refused_by_label(std::string_view before) {
  if (!ends_in_colon(before)) return false;
  const std::string said = without_asides(std::string(without_colon(before)) + '\n');
  return read_sides(said, {}).stance == prose::Stance::refused && runs_what_is_shown(said);
}

// "If Homebrew is not installed:" says when, "when not to run this:" that it must not be.
bool is_condition(std::string_view lead) {
  const prose::SentenceWords words(lead);
  if (!letters::is_one_of(words.size() > 0 ? words[0] : "", {"if", "when", "whenever", "where", "once"})) return false;
  for (std::size_t i = 1; i < words.size(); ++i)
    if (words[i] == "," || words.is(i, prose::roles::must) || (i == 1 && words[i] == "not")) return false;
  return true;
}

// "No Homebrew:", "brew is not installed:" say when as well. "No scripts like this:" does not, nor what `shown` has.
bool states_lack(std::string_view lead, std::string_view shown) {
  namespace r = prose::roles;
  const prose::SentenceWords words(lead);
  bool denied = false, of_thing = false, lacks = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    const bool last = i + 1 == words.size(), on_this = word == "this" && !last && words.has(i - 1, "on");
    if (is_running(word) || (letters::is_one_of(word, lists::act_objects) && !on_this)) return false;
    if (i == 0 && word != "not" && letters::is_one_of(word, lists::bad_labels)) return false;  // "wrong, no root"
    const bool ends = last || words[i + 1] == "," || words.is(i + 1, r::prep | r::join);
    lacks |= (denied && letters::is_one_of(word, lists::at_hand)) ||
             (of_thing && ends && letters::is_one_of(word, lists::means) && !has_phrase(shown, {word}));
    of_thing = word == "no" || (denied && (word == "have" || word == "has")) || (of_thing && !words.is(i, r::prep));
    denied |= words.is(i, r::neg);
  }
  return lacks;
}

Stance stance_of_lead(std::string_view lead, std::string_view shown, bool in_code) {
  const std::string_view last = without_colon(last_sentence(lead));
  const bool says_when = is_condition(last) || states_lack(last, shown);
  if (!says_when && is_bad_label(lead)) return Stance::forbidden;
  if (!in_code && !ends_in_colon(lead)) return Stance::meant;
  if (has_bad_mark(last) || (!says_when && forbids(std::string(last) + '\n'))) return Stance::forbidden;
  if (introduces_attack(last)) return Stance::attack;
  return introduces_example(last) && !in_code ? Stance::example : Stance::meant;
}

}  // namespace

Stance stance_of(const TextModel& text, std::size_t begin, std::size_t end) {
  const std::string_view all = text.text();
  const Range sentence = text.sentence_at(begin), block = text.block_at(begin);
  const std::string_view before = slice(all, std::max(sentence.begin, begin - std::min(begin, reach)), begin);
  const std::string_view after = slice(all, end, std::min(sentence.end, end + reach));
  const Stretch* stretch = text.stretch_at(begin);
  const bool in_code = stretch != nullptr && (stretch->kind == Region::fence || stretch->kind == Region::indented);
  Stance mild = Stance::meant;
  if (in_code) {
    if (is_marked_bad(all, block, sentence)) return Stance::forbidden;
  } else {
    if (forbids(before) || is_refused_by_label(before)) return Stance::forbidden;
    if (has_phrase(after, lists::condemning) || has_bad_mark(before)) return Stance::forbidden;
    if (forbids_elsewhere(before) || forbids_elsewhere(after)) return Stance::forbidden;
    if (introduces_attack(before)) return Stance::attack;
    if (introduces_example(before)) mild = Stance::example;
  }
  const auto weigh = [&](Stance stance) {
    if (stance == Stance::example) mild = stance;
    return takes_back_command(stance);
  };
  if (const auto cell = text.table_cell(begin))
    if (const Stance stance = stance_in_table(all, *cell, begin, end); weigh(stance)) return stance;
  const std::string_view shown =
      slice(all, std::max(block.begin, begin - std::min(begin, reach)), std::min(block.end, end + reach));
  for (const std::string_view lead : text.lead_ins(begin))
    if (const Stance stance = stance_of_lead(lead, shown, in_code); weigh(stance)) return stance;
  for (const std::string_view heading : text.headings_above(begin)) {
    if (names_bad_practice(heading)) return Stance::attack;
    if (names_examples(heading)) mild = Stance::example;
  }
  return mild;
}

// In English the subject comes before a verb in the third person, and the object of an order after an imperative. So
// the two words next to the code span decide, and a question decides by itself. A wanted effect ("`curl … | sh`
// installs it") is an order in other words.
namespace {

// "runs", "removes"; not "this", "always".
bool is_third_person(std::string_view word) noexcept {
  return word.size() >= 4 && word.ends_with('s') && !word.ends_with("ss") &&
         std::ranges::all_of(word, letters::is_lower) &&
         !letters::is_one_of_lower(word, {"this", "its", "plus", "across", "always", "unless", "whereas", "besides",
                                          "thus", "less", "perhaps", "sometimes", "commands", "arguments", "options"});
}

bool is_auxiliary(std::string_view word) noexcept {
  return letters::is_one_of_lower(
      word, {"is", "are", "was", "were", "would", "can", "may", "could", "has", "might", "will", "cannot"});
}

bool is_wanted_effect(std::string_view word) noexcept {
  return letters::is_one_of_lower(
      word,
      {"installs", "sets",  "gets",   "works", "starts", "creates", "updates", "fetches", "downloads", "bootstraps",
       "builds",   "fixes", "cleans", "helps", "solves", "undoes",  "makes",   "adds",    "prepares",  "restores"});
}

// "and the like", "etc.", also after further code spans of the list: "`a`, `b`, `c`, etc."
bool goes_on_for_ever(std::string_view after) noexcept {
  constexpr int longest_list = 12;
  for (int listed = 0; listed < longest_list; ++listed) {
    const std::size_t begin = after.find_first_not_of(" \t,");
    if (begin == std::string_view::npos) return false;
    after.remove_prefix(begin);
    while (after.substr(0, 3) == "、" || after.substr(0, 3) == "，") after.remove_prefix(3);
    std::size_t length = 0;
    for (const std::string_view rest :
         {"and the like", "or the like", "and similar", "or similar", "as well", "etc", "and so on", "usw", "vb", "vs"})
      if (begins_with_phrase(after, rest, length)) return true;
    after = letters::trim_left(after);
    if (starts_with_part(after, {"等", "など", "…", "...", "и т.", "и др.", "등"})) return true;
    if (!after.starts_with('`')) return false;
    const std::size_t end = after.find('`', 1);
    if (end == std::string_view::npos) return false;
    after.remove_prefix(end + 1);
  }
  return false;
}

std::string_view first_word(std::string_view after) noexcept {
  const std::size_t blank = after.find_first_not_of("*_\"'");
  if (blank == std::string_view::npos || !letters::is_space(after[blank])) return {};
  const std::size_t begin = after.find_first_not_of(" \t\r\n", blank);
  if (begin == std::string_view::npos || !letters::is_letter(after[begin])) return {};
  for (WordCursor words(after.substr(begin)); words.next();)
    if (!letters::is_one_of_lower(words.word(), {"often", "also", "usually", "then", "never", "always", "still", "only",
                                                 "simply", "just", "quietly", "sometimes", "silently"}))
      return words.word();
  return {};
}

// "`x` in a step sends ...": skips the place, up to four words.
std::string_view behind_place(std::string_view after) noexcept {
  WordCursor words(after);
  if (!words.next()) return after;
  if (!letters::is_one_of_lower(words.word(), {"in", "inside", "within", "on", "from", "behind", "at"})) return after;
  for (int count = 0; count < 4 && words.next(); ++count)
    if (count > 0 && (is_auxiliary(words.word()) || is_third_person(words.word())))
      return after.substr(words.begin() - 1);
  return after;
}

// "Such operations (e.g. `x`) remain blocked": the parenthesis ends right behind, and the sentence goes on about them.
bool is_sample_of_subject(std::string_view after) noexcept {
  if (!after.starts_with(')')) return false;
  const std::string_view next = first_word(after.substr(1));
  return is_auxiliary(next) || is_third_person(next) ||
         letters::is_one_of_lower(next, {"remain", "stay", "require", "need", "get", "must", "should"});
}

// A guard's table: the first cell of a row has the pattern, a later one says that it is warned of, asked about or
// blocked.
bool is_watched(const TextModel& text, const Stretch& span) {
  const auto cell = text.table_cell(span.begin);
  if (!cell || cell->number > 0 || span.end > cell->row.end) return false;
  const std::size_t behind = std::min(std::max(cell->cell.end, span.end), cell->row.end);
  const std::string_view after = text.text().substr(behind, std::min(cell->row.end - behind, reach));
  return has_phrase(after, lists::watched) || has_part(after, lists::watched_elsewhere);
}

// "Take `x`, for example": nobody is told to run it.
bool is_taken_as_example(std::string_view before, std::string_view after) noexcept {
  const std::size_t comma = after.find_first_not_of(" ,");
  std::size_t length = 0;
  if (comma == std::string_view::npos || !(begins_with_phrase(after.substr(comma), "for example", length) ||
                                           begins_with_phrase(after.substr(comma), "for instance", length)))
    return false;
  WordCursor words(before);
  return words.next() && letters::is_one_of_lower(words.word(), {"take", "consider", "imagine", "picture"});
}

}  // namespace

bool is_question(std::string_view sentence) noexcept {
  constexpr std::string_view behind = "*_\"')` \n";
  sentence = sentence.substr(0, sentence.find_last_not_of(behind) + 1);
  if (!sentence.ends_with('?')) return false;
  WordCursor words(sentence);
  if (!words.next()) return false;
  const bool asks = letters::is_one_of_lower(words.word(), lists::asking_heads);
  if (!asks && !letters::is_one_of_lower(words.word(), lists::question_heads)) return false;
  if (!words.next()) return true;
  return !letters::is_one_of_lower(words.word(), {"not", "about"}) &&
         !(asks && letters::is_one_of_lower(words.word(), {"you", "we", "i", "someone"}));
}

// In order: a guard's table, a question, an endless list, an auxiliary behind the span, a verb in the third person
// behind it, a noun before it. An order before the span ("run `x`") outweighs what only sounds like a statement.
bool is_talked_about(const TextModel& text, const Stretch& span) {
  if (is_watched(text, span)) return true;
  const Range sentence = text.sentence_at(span.begin);
  const std::size_t from = std::max(sentence.begin, span.begin - std::min(span.begin, reach));
  const std::string_view before = text.text().substr(from, span.begin - from);
  const std::size_t to = std::max(span.end, std::min(text.sentence_at(span.end).end, span.end + reach));
  const std::string_view after = text.text().substr(span.end, to - span.end);
  const bool asked = letters::trim(after).size() > 1 && letters::trim(after).back() == '?';
  if (asked && is_question(text.text().substr(from, to - from))) return true;
  if (goes_on_for_ever(after) || is_taken_as_example(before, after)) return true;
  const prose::Reading reading = reading_of(before, after);
  if (reading.stance == prose::Stance::refused) return true;
  if (reading.stance == prose::Stance::ordered || reading.stance == prose::Stance::advised) return false;
  if (asked) return true;
  if (reading.stance == prose::Stance::told && reading.part != prose::Part::subject)
    return !has_phrase(after, {"terminal", "shell", "console", "prompt", "command line"});  // "copy `x` into a shell"
  if (is_sample_of_subject(after)) return true;
  const std::string_view next = first_word(behind_place(after));
  return is_auxiliary(next) || (is_third_person(next) && !is_wanted_effect(next));
}

bool asks_for_consent(std::string_view words) noexcept {
  return has_phrase(words, lists::consent) || confirms_first(words);
}

bool confirms_first(std::string_view words) noexcept { return has_phrase(words, lists::confirming); }

}  // namespace cascade::validation
