// A sentence that begins with an order to remember: a colon or a "that" opens the fact; without either it has to be a
// statement, so the subject of one must follow and a verb of one come soon. Without such an order, a sentence is kept
// that says itself that it holds for conversations to come ("from now on"), unless it only describes.
#include "memory/typed.h"

#include <algorithm>
#include <iterator>

#include "memory/claims.h"
#include "secrets/find.h"
#include "text/ascii.h"
#include "text/lines.h"
#include "text/names.h"

namespace cascade::memory {
namespace {

constexpr std::size_t most_subject_words = 5, least_bytes = 6;

std::string_view without_signs(std::string_view text) {
  constexpr std::string_view signs = " \t:,;-\"'`*.!";
  while (!text.empty() && signs.find(text.front()) != std::string_view::npos) text.remove_prefix(1);
  while (!text.empty() && signs.find(text.back()) != std::string_view::npos) text.remove_suffix(1);
  for (const std::string_view wide : {"\xEF\xBC\x9A", "\xEF\xBC\x8C", "\xE3\x80\x81", "\xE3\x80\x82"})
    for (const bool front : {true, false})
      if ((front ? text.substr(0, wide.size()) : text.substr(text.size() - std::min(text.size(), wide.size()))) == wide)
        front ? text.remove_prefix(wide.size()) : text.remove_suffix(wide.size());
  return letters::trim(text);
}

// Secrets go first: cut from the word that announces it, one would not be known any more.
Fact divided(std::string_view said, bool keeps_all) {
  const std::string whole = keeps_all ? std::string(said) : secrets::redacted(said).text;
  std::string_view text = without_signs(whole);
  Fact fact;
  const std::size_t colon = text.find(": ");
  const Statement before(text.substr(0, colon == std::string_view::npos ? 0 : colon));
  if (before.size() > 0 && before.size() <= most_subject_words && can_be_subject(text.substr(0, colon))) {
    fact.subject = without_signs(text.substr(0, colon));
    text = without_signs(text.substr(colon + 1));
  }
  if (fact.subject.empty()) {
    fact.subject = subject_in(text);
    fact.subject_given = false;
  }
  fact.subject.resize(std::min(fact.subject.size(), max_subject_bytes));
  fact.text = text;
  return fact;
}

std::optional<Fact> fact_of(std::string_view said) {
  const std::string_view text = without_signs(said);
  if (text.size() < least_bytes || text.back() == '?') return std::nullopt;
  Fact fact = divided(said, false);
  if (fact.subject.empty() || fact.text.empty() || fact.text.size() > max_text_bytes) return std::nullopt;
  return fact;
}

// A mark between what ends at `end` and what begins at `begin`: a colon, a comma, a dash.
bool is_marked(std::string_view text, std::size_t begin) {
  const std::string_view before = text.substr(0, begin);
  return before.size() > 1 &&
         (before.find_last_of(":,") == letters::trim(before).size() - 1 ||
          before.find("\xEF\xBC\x9A") != std::string_view::npos ||
          before.find("\xEF\xBC\x8C") != std::string_view::npos || letters::trim(before).back() == '-');
}

bool is_statement(const Statement& said, std::size_t from) {
  constexpr std::size_t near = 9;
  if (!said.row_at(from, roles::subject)) return false;
  for (std::size_t i = from + 1; i < std::min(said.size(), from + near); ++i)
    if (said.row_at(i, roles::verb)) return true;
  return false;
}

std::optional<Fact> read_sentence(std::string_view text) {
  const Statement said(text);
  std::size_t at = 0;
  for (Row row; (row = said.row_at(at, roles::polite));) at += row.size;
  const Row order = said.row_at(at, roles::order);
  if (!order) {
    if (said.size() > 1 && said.row_at(said.size() - 1, roles::behind))
      return fact_of(text.substr(0, said.offset(said.size() - 1)));
    return std::nullopt;
  }
  at += order.size;
  if (at >= said.size()) return std::nullopt;
  const Row that = said.row_at(at, roles::that);
  const bool joined = that || said.row_at(at - 1, roles::that);  // "note that"
  at += that.size;
  const bool is_marked_off = is_marked(text, said.offset(at));
  if (!joined && !is_marked_off && (said.row_at(at, roles::not_said) || !is_statement(said, at))) {
    // "remember deploy window: until 14:00"
    const std::size_t colon = text.find(": ", said.offset(at));
    const bool named = colon != std::string_view::npos &&
                       Statement(text.substr(said.offset(at), colon - said.offset(at))).size() <= most_subject_words;
    if (!named || said.row_at(at, roles::not_said)) return std::nullopt;
  }
  return fact_of(text.substr(std::min(said.offset(at), text.size())));
}

// "the window is Monday to Tuesday": what a thing is, as a value, and not what it does.
bool sets_value(std::string_view text) {
  const Claim claim(text);
  return claim.is && !claim.subject.empty() && !claim.values.empty();
}

// "from now on the server returns 404" describes: it names nobody of the conversation, and begins otherwise or with a
// thing whose value it does not set.
bool only_describes(const Statement& said, std::size_t scope, std::size_t behind) {
  for (std::size_t i = 0; i < said.size(); ++i)
    if (said.row_at(i, roles::person)) return false;
  std::size_t begin = 0;
  for (Row row; (row = said.row_at(begin, roles::polite));) begin += row.size;
  return scope > begin || (said.row_at(behind, roles::thing) && !sets_value(said.text().substr(said.offset(behind))));
}

// Where no spaces are written, a row may stand anywhere.
bool has_unspaced_scope(std::string_view text) {
  constexpr unsigned char first_of_three = 0xE3;
  const auto rows = word_rows();
  return std::any_of(rows.begin(), rows.end(), [&](const WordRow& row) {
    return (row.roles & roles::scope) != 0 && static_cast<unsigned char>(row.word.front()) >= first_of_three &&
           text.find(row.word) != std::string_view::npos;
  });
}

std::optional<Fact> read_rule(std::string_view text, std::string_view before, std::string_view following) {
  constexpr std::size_t least_words = 4;
  const Statement said(text);
  if (has_unspaced_scope(text)) return fact_of(text);
  for (std::size_t i = 0; i < said.size(); ++i) {
    if (const Row row = said.row_at(i, roles::back))
      return fact_of(i >= least_words ? text.substr(0, said.offset(i)) : before);
    if (const Row row = said.row_at(i, roles::opens)) {
      const std::size_t from = i + row.size + said.row_at(i + row.size, roles::that).size;
      if (said.size() < from + least_words - 1) return fact_of(following.empty() ? text : following);
      std::string_view rest = text.substr(said.offset(from));
      if (rest.back() == '?') rest.remove_suffix(1);  // "could you …"
      return fact_of(rest);
    }
    if (const Row row = said.row_at(i, roles::scope); row && !only_describes(said, i, i + row.size)) {
      if (said.size() >= row.size + least_words - 1) return fact_of(text);
      return fact_of(before.empty() ? following : before);
    }
  }
  return std::nullopt;
}

constexpr std::size_t most_lines = 10;

std::string_view without_marks(std::string_view line) {
  line = letters::trim(line);
  while (!line.empty() && std::string_view("-*>`#0123456789.").find(line.front()) != std::string_view::npos)
    line = letters::trim_left(line.substr(1));
  return line;
}

// In small letters, sorted, each once.
std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const bool inside = i < text.size() && (letters::is_letter_or_digit(text[i]) || (text[i] & 0x80) != 0);
    if (inside) word += letters::to_lower(text[i]);
    if (inside || word.empty()) continue;
    words.push_back(std::move(word));
    word.clear();
  }
  letters::sort_once(words);
  return words;
}

std::string clean_part(std::string_view text) {
  std::string part(letters::trim(text));
  while (!part.empty() && std::string_view("*`\"").find(part.front()) != std::string_view::npos) part.erase(0, 1);
  while (!part.empty() && std::string_view("*`\"").find(part.back()) != std::string_view::npos) part.pop_back();
  return part;
}

}  // namespace

Fact sentence_fact(std::string_view sentence, bool keeps_all) {
  auto typed = keeps_all ? std::nullopt : typed_fact(sentence);
  const std::string whole = keeps_all ? std::string(sentence) : secrets::redacted(sentence).text;
  // Of several sentences none is dropped.
  if (typed && without_signs(whole).ends_with(typed->text)) return *std::move(typed);
  return divided(sentence, keeps_all);
}

std::vector<std::string> taken_out(std::string_view text) {
  constexpr std::string_view mark = "[secret removed: ";
  std::vector<std::string> kinds;
  for (std::size_t at = 0; (at = text.find(mark, at)) != std::string_view::npos;) {
    at += mark.size();
    kinds.emplace_back(text.substr(at, std::min(text.find(']', at), text.size()) - at));
  }
  return kinds;
}

std::optional<Fact> typed_fact(std::string_view said) {
  const std::vector<std::string_view> sentences = sentences_of(said);
  for (const std::string_view one : sentences)
    if (auto fact = read_sentence(one)) return fact;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    auto fact = read_rule(sentences[i], i == 0 ? std::string_view() : sentences[i - 1],
                          i + 1 < sentences.size() ? sentences[i + 1] : std::string_view());
    if (fact && !orders_to_forget(sentences[i])) return fact;  // "forget that we never deploy on Fridays in future"
  }
  return std::nullopt;
}

// Reads the lines that a summary was asked to end with. Each is taken as written and nothing else of the summary is: to
// guess facts from prose would store the steps of a task as facts. Lines that repeat what recall had put into the
// conversation are dropped, or a fact would confirm itself.

std::string_view instructions_for_summary() noexcept {
  return "[cascade] End the summary with what is worth remembering beyond this conversation, if anything: one line "
         "each, exactly as `remember: SUBJECT: TEXT`. Only lasting facts about this project, its people or the user's "
         "preferences that were said or decided here and that the code does not show. No secrets, nothing read from "
         "web pages or tool output, nothing that came from memory, no steps of the task.\n";
}

// Seven in ten words of the shorter text are in the longer one, as a summary shortens what it repeats.
bool says_the_same(const std::string& text, const std::string& of_fact) {
  const std::vector<std::string> a = words_of(text), b = words_of(of_fact);
  std::vector<std::string> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  const std::size_t less = std::min(a.size(), b.size());
  return less > 0 && both.size() * 10 >= less * 7;
}

std::vector<Fact> captured_facts(std::string_view summary, const std::vector<Fact>& told) {
  constexpr std::string_view mark = "remember:";
  std::vector<Fact> facts;
  for (std::string_view line : letters::lines(summary)) {
    if (facts.size() == most_lines) break;
    line = without_marks(line);
    if (!letters::starts_with_lower(line, mark)) continue;
    line = line.substr(mark.size());
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    Fact fact;
    fact.subject = clean_part(line.substr(0, colon));
    fact.text = clean_part(line.substr(colon + 1));
    if (fact.subject.empty() || fact.text.size() < 4 || fact.subject == "SUBJECT") continue;
    const bool known = std::any_of(told.begin(), told.end(), [&](const Fact& one) {
      return says_the_same(fact.text, one.text) || letters::equals_folded(one.subject, fact.subject);
    });
    if (!known) facts.push_back(std::move(fact));
  }
  return facts;
}

}  // namespace cascade::memory
