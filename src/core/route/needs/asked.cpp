// A prompt is split by its structure (needs/needs.h), which costs far less than an answer, and each need is answered as
// if it were the whole prompt. If a need with all that is said about it gets nothing, the clause that asks is answered
// alone: what people add dilutes it. Every part is one more chance to find something by accident. So parts of a long
// brief and statements must be surer of what they offer, and what the message would be loaded as a whole stays loaded
// if a part names it as well.
#include "route/needs/asked.h"

#include <algorithm>
#include <array>

#include "prompt/parts.h"
#include "route/answer/asks.h"
#include "route/answer/language.h"

namespace cascade::route {
namespace {

// Whether the text may hold two needs: it has a mark before its end, or a word that joins.
bool may_hold_several(std::string_view text) {
  while (!text.empty() && std::string_view(" .?!\n").find(text.back()) != std::string_view::npos) text.remove_suffix(1);
  if (text.find_first_of(".?!;:,\n&+()\xE2\xE3\xEF") != std::string_view::npos) return true;
  constexpr std::string_view joints[] = {" and ", " then ", " plus ", " but ", " btw ", " so ", " AND ", " -> ", " - "};
  const bool joined = std::any_of(std::begin(joints), std::end(joints),
                                  [&](std::string_view joint) { return text.find(joint) != std::string_view::npos; });
  return joined || !is_plainly_english(text);
}

std::string_view code_of(Language language) {
  constexpr std::array<std::string_view, language_count + 1> codes = {"de", "fr", "es", "pt", "it", "pl",
                                                                      "ru", "zh", "ja", "ko", "en"};
  return codes[static_cast<std::size_t>(language)];
}

// Silences an offer that is not so many points beyond the mark.
void demand(std::int32_t points_beyond, Answer& answer) {
  if (answer.decision == Decision::offer && points(answer.signals) < std::int64_t{answer.marks.offer} + points_beyond)
    answer.decision = Decision::silence;
}

class Asking {
 public:
  Asking(const Tables& tables, const Query& query) : tables_(tables), query_(query), rest_(query) { rest_.before = {}; }

  std::vector<AnsweredNeed> answer() {
    if (may_hold_several(query_.text) && !is_from_host(query_.text)) answer_needs();
    const bool several =
        answered_.size() > 1 || (!answered_.empty() && answered_.front().need.sign != needs::Sign::whole);
    const bool any = std::any_of(answered_.begin(), answered_.end(),
                                 [](const AnsweredNeed& one) { return !is_silent(*one.answer); });
    if (several && any) keep_load_of_whole();
    if (answered_.empty() || (several && !any)) {
      const auto size = static_cast<std::uint32_t>(query_.text.size());
      answered_.clear();
      answered_.push_back({{{0, size}, {0, size}, needs::Sign::whole, {}, {}}, best_answer(tables_, query_, english_)});
    }
    return std::move(answered_);
  }

 private:
  static bool is_silent(const Answer& answer) { return answer.decision == Decision::silence; }

  void answer_needs() {
    const std::vector<prompt::Part> parts = prompt::read_parts(query_.text);
    const Language language =
        is_plainly_english(query_.text) ? Language::english : language_of(shipped_dictionary(), query_.text);
    english_ = language == Language::english;
    std::vector<needs::Need> needs = needs::read_needs(query_.text, parts, code_of(language));
    if (needs.size() > most_needs) needs.resize(most_needs);
    if (needs.size() > 1 || !needs.front().statements.empty()) {  // what is refused for one is refused for all
      for (const std::uint32_t entry : find_mentions(tables_, query_.text, parts).refused)
        rest_.hidden.push_back(ManifestId{tables_.entries[entry].manifest});
      std::sort(rest_.hidden.begin(), rest_.hidden.end());
    }
    if (is_brief(query_.text, parts)) surer_ = in_brief;
    for (const needs::Need& need : needs) answer_need(need, needs.size() == 1);
  }

  bool names(const Answer& answer, std::uint32_t entry) const {
    const std::size_t named = is_silent(answer) ? 0 : offered_of(tables_, answer.order);
    return std::any_of(answer.order.begin(), answer.order.begin() + static_cast<std::ptrdiff_t>(named),
                       [entry](const Ranked& one) { return one.entry == entry; });
  }

  void keep_load_of_whole() {
    auto whole = std::make_unique<Answer>(tables_, query_, Weights(), shipped_learned(), Standing{0, english_});
    if (whole->decision != Decision::load || whole->signals.called != 0 || whole->prompt.parts.size() > 1) return;
    const std::uint32_t best = whole->order.front().entry;
    AnsweredNeed* of = nullptr;
    for (AnsweredNeed& one : answered_) {
      const Answer& answer = *one.answer;
      if (answer.decision == Decision::load && answer.order.front().entry == best) return;
      if (of == nullptr && answer.decision == Decision::offer && names(answer, best)) of = &one;
    }
    if (of != nullptr) of->answer = std::move(whole);
  }

  std::unique_ptr<Answer> ask(needs::ByteRange range) {
    rest_.text = query_.text.substr(range.begin, range.end - range.begin);
    return best_answer(tables_, rest_, english_);
  }
  std::unique_ptr<Answer> ask_alone(needs::ByteRange range, std::int32_t points_beyond) {
    rest_.text = query_.text.substr(range.begin, range.end - range.begin);
    auto answer = std::make_unique<Answer>(tables_, rest_, Weights(), shipped_learned(), Standing{0, english_});
    demand(points_beyond, *answer);
    return answer;
  }

  void answer_need(const needs::Need& need, bool only) {
    auto answer = only ? best_answer(tables_, query_, english_) : ask(need.part);
    if (!only) demand(surer_, *answer);
    const bool same = need.core.begin == need.part.begin && need.core.end == need.part.end;
    if (is_silent(*answer) && !same) {
      auto core = ask(need.core);
      demand(surer_, *core);
      if (!is_silent(*core)) answer = std::move(core);
    }
    const bool called = answer->signals.called != 0;
    const std::uint32_t best = is_silent(*answer) ? none : answer->order.front().entry;
    answered_.push_back({need, std::move(answer)});
    if (called) return;
    const needs::Statement* taken = nullptr;  // what says alone what the need was answered with
    for (const needs::Statement& statement : need.statements)
      if (ask_statement(statement.range, statement.joined) == best && best != none) taken = &statement;
    bool said = false;  // the first side is only asked if another says something
    for (std::size_t i = need.sides.size(); i-- > (said ? 0U : 1U);) {
      const std::uint32_t named = ask_statement(need.sides[i].range, need.sides[i].joined);
      said = said || named != none;
      if (named == best && best != none) taken = &need.sides[i];
    }
    if (taken != nullptr && !same) ask_core(need, taken->range);
    if (taken != nullptr) ask_rest(need, taken->range);
  }

  bool is_named(std::uint32_t entry) const {
    return std::any_of(answered_.begin(), answered_.end(),
                       [&](const AnsweredNeed& one) { return names(*one.answer, entry); });
  }

  // A statement is a need of its own where it would be loaded alone, or, behind a joint, offered, for something that is
  // not named yet. Its names are offered. Returns the one that it names.
  std::uint32_t ask_statement(needs::ByteRange range, bool joined) {
    if (answered_.size() >= most_needs) return none;
    auto answer = ask_alone(range, std::max(surer_, in_statement));
    if (answer->decision > (joined ? Decision::offer : Decision::load) || answer->order.empty()) return none;
    const std::uint32_t best = answer->order.front().entry;
    if (is_named(best)) return best;
    answer->only_offer();
    answered_.push_back({{range, range, needs::Sign::statement, {}, {}}, std::move(answer)});
    return best;
  }

  // What was told beside the request may have drowned it.
  void ask_core(const needs::Need& need, needs::ByteRange taken) {
    if (answered_.size() >= most_needs || (taken.begin >= need.core.begin && taken.end <= need.core.end)) return;
    auto answer = ask(need.core);
    demand(surer_, *answer);
    if (is_silent(*answer) || is_named(answer->order.front().entry)) return;
    answered_.push_back({{need.core, need.core, needs::Sign::asks, {}, {}}, std::move(answer)});
  }

  // So may it have drowned what was told before or behind it, in several sentences.
  void ask_rest(const needs::Need& need, needs::ByteRange taken) {
    for (const bool before : {true, false}) {
      needs::ByteRange rest{need.part.end, need.part.begin};
      std::size_t count = 0;
      for (const auto* told : {&need.statements, &need.sides})
        for (const auto& [range, joined] : *told) {
          if (before ? range.end > taken.begin : range.begin < taken.end) continue;
          rest = {std::min(rest.begin, range.begin), std::max(rest.end, range.end)};
          ++count;
        }
      if (count > 1) ask_statement(rest, false);
    }
  }

  static constexpr std::int32_t in_brief = 80, in_statement = 40;  // points beyond the mark

  const Tables& tables_;
  const Query& query_;
  Query rest_;
  bool english_ = false;    // the whole message
  std::int32_t surer_ = 0;  // points beyond the mark that an offer for a part needs
  std::vector<AnsweredNeed> answered_;
};

}  // namespace

std::vector<AnsweredNeed> answers_to(const Tables& tables, const Query& query) {
  return Asking(tables, query).answer();
}

}  // namespace cascade::route
