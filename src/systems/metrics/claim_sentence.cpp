// Every number is bound to what it counts, then everything else of the sentence to a number. What stays unbound makes
// the numbers beside it impossible to judge: a word that was not understood may have changed what they are about.
#include "metrics/claims.h"

#include <algorithm>

#include "text/ascii.h"

namespace cascade::metrics {
namespace {

using Kind = Chunk::Kind;
constexpr std::size_t nowhere = ~std::size_t{0};

void fault(Claim& claim, const std::string& why) {
  if (claim.fault.empty()) claim.fault = why;
}

void bind_verb(Claim& claim, const Chunk& chunk) {
  if (claim.figure == "days" && chunk.value == "active") {
    claim.figure = "active_days";
    return;
  }
  std::string wanted = claim.figure + " " + chunk.value;
  std::replace(wanted.begin(), wanted.end(), '_', ' ');
  for (const ClaimWord& row : claim_words()) {
    if (row.form != Form::joint || row.phrase != wanted) continue;
    claim.figure = row.value;
    return;
  }
  if (claim.figure.empty() && chunk.value == "reverted" && claim.number.is_zero_word) {
    claim.figure = "reverts";  // "nothing was rolled back"
    return;
  }
  if (claim.figure != chunk.value) fault(claim, "'" + chunk.text + "' is not understood of it");
}

void bind_second_figure(Claim& claim, const Chunk& chunk) {
  if (claim.figure == "days" && chunk.value == "commits") {
    claim.figure = "active_days";
  } else if (claim.number.is_share && (chunk.value == "merges" || chunk.value == "reverts") && claim.part.empty()) {
    claim.part = chunk.value;
  } else if (claim.number.is_share && chunk.value == "reviewed" && claim.figure == "lines") {
    claim.figure = "reviewed";
  } else if (chunk.value == "people" || claim.figure != chunk.value) {
    fault(claim, "'" + chunk.text + "' has no number");
  }
}

void fault_of_period(Claim& claim) {
  if (!claim.period.fault.empty()) fault(claim, claim.period.fault);
  for (const Per& per : claim.per)
    if (!per.figure.empty() && per.figure == claim.figure) fault(claim, "a rate of something to itself");
}

bool is_rate_figure(const Claim& claim) {
  return claim.figure == "rework" || claim.figure == "reviewed" || claim.figure == "explained" ||
         claim.figure == "captured";
}

void finish_quantified(Claim& claim) {
  if (claim.quantifier == "any") {
    const Comparison compared = claim.number.comparison;
    const bool is_upper = compared == Comparison::at_most || compared == Comparison::below;
    if (!claim.is_negated && !is_upper) return fault(claim, "'any' may be each or one of them");
    claim.quantifier = claim.is_negated ? "no" : "every";
    claim.is_negated = false;
  }
  // "It has never had more than 300 commits in a week."
  if (claim.is_negated && claim.quantifier.empty() && claim.period.kind == Period::Kind::window) {
    claim.each = claim.period.length;
    claim.quantifier = "no";
    claim.is_negated = false;
    Period days;
    days.kind = claim.period.has_days() ? Period::Kind::days : Period::Kind::whole;
    days.from = claim.period.from;
    days.until = claim.period.until;
    claim.period = days;
  }
  if (claim.quantifier.empty()) return;
  if (claim.is_negated) return fault(claim, "two negations, or one of a quantifier");
  if (claim.number.is_share || !claim.per.empty() || claim.period.kind == Period::Kind::window || is_rate_figure(claim))
    fault(claim, "of every such time only totals are judged");
}

void finish(Claim& claim) {
  fault_of_period(claim);
  if (claim.figure.empty()) return fault(claim, "it does not say what is counted, or nothing that git shows");
  if (claim.figure == "days") return fault(claim, "a number of days is no figure of a history");
  if (claim.figure == "authors" && claim.divisor) claim.figure = "people";
  finish_quantified(claim);
  if (claim.is_negated && claim.number.is_zero_word) return fault(claim, "two negations");
  const bool is_rate = is_rate_figure(claim);
  if (is_rate && !claim.number.is_share && claim.number.value != 0) return fault(claim, "a share is in per cent");
  if (!claim.number.is_share || is_rate) return;
  if (!claim.per.empty()) return fault(claim, "a share has no rate");
  if (!claim.part.empty() || !claim.subject.empty()) return;
  if (claim.period.kind == Period::Kind::days && claim.figure == "commits")
    claim.is_share_of_period = true;
  else
    fault(claim, "it does not say what it is a share of");
}

// A word of a number, or a share: "no", "one", "a third". Beside another number it says of how many the other is said.
bool may_quantify(const ClaimNumber& number) {
  return number.is_share ||
         (number.value <= one && !number.written.empty() && !letters::is_digit(number.written.front()));
}

bool bounds(const ClaimNumber& number) {
  return number.comparison == Comparison::at_least || number.comparison == Comparison::above ||
         number.comparison == Comparison::at_most || number.comparison == Comparison::below;
}

class Binder {
 public:
  Binder(std::vector<Chunk> chunks, const std::optional<Period>& context)
      : chunks_(std::move(chunks)), context_(context), bound_(chunks_.size()) {}

  Sentence bind() {
    for (std::size_t at = 0; at < chunks_.size(); ++at)
      if (chunks_[at].kind == Kind::number) bind_number(at);
    for (std::size_t at = 0; at < chunks_.size(); ++at) bind_rest(at);
    for (const std::size_t at : names_a_thing_) fault_all("'" + chunks_[at].text + "' may be the name of one");
    bind_periods();
    inherit_figures();
    fault_pairs();
    finish_means();
    Sentence sentence;
    for (Claim& claim : claims_) finish_lines(claim);
    for (Claim& claim : claims_) finish(claim);
    sentence.claims = std::move(claims_);
    sentence.unread = unread_;
    if (periods_.size() == 1) sentence.period = chunks_[periods_.front()].period;
    return sentence;
  }

 private:
  bool ends_search(std::size_t at) const {
    const Kind kind = chunks_[at].kind;
    return kind == Kind::number || kind == Kind::unknown || kind == Kind::whole;
  }

  std::size_t noun_behind(std::size_t at) const {
    for (++at; at < chunks_.size() && !ends_search(at) && chunks_[at].kind != Kind::stop; ++at) {
      const Kind kind = chunks_[at].kind;
      if (kind == Kind::figure || kind == Kind::outside || kind == Kind::unit || kind == Kind::pronoun) return at;
      if (chunks_[at].text == ":" || kind == Kind::period || kind == Kind::per || kind == Kind::each) return nowhere;
    }
    return nowhere;
  }

  std::size_t noun_before(std::size_t at) const {
    while (at-- > 0 && !ends_search(at)) {
      const Kind kind = chunks_[at].kind;
      if ((kind == Kind::figure || kind == Kind::outside) && !bound_[at]) return at;
    }
    return nowhere;
  }

  void bind_number(std::size_t at);

  // The claim of the last number before a chunk, or else of the first behind it.
  Claim* claim_of(std::size_t at) {
    Claim* found = claims_.empty() ? nullptr : &claims_.front();
    for (std::size_t i = 0; i < numbers_.size() && numbers_[i] < at; ++i) found = &claims_[i];
    return found;
  }

  // Of what stands before a number and its colon, that number's: "commits per day: 6.9".
  Claim* claim_of_modifier(std::size_t at) {
    for (std::size_t i = at; i < chunks_.size() && chunks_[i].kind != Kind::number && chunks_[i].kind != Kind::stop;
         ++i)
      if (chunks_[i].text == ":")
        for (std::size_t k = 0; k < numbers_.size(); ++k)
          if (numbers_[k] > i) return &claims_[k];
    return claim_of(at);
  }

  // What was not understood may change all numbers between the same commas; where there is none, all of the sentence.
  void fault_beside(std::size_t at, const std::string& why) {
    std::size_t from = at, to = at;
    while (from > 0 && chunks_[from - 1].kind != Kind::stop) --from;
    while (to + 1 < chunks_.size() && chunks_[to + 1].kind != Kind::stop) ++to;
    bool found = false;
    for (std::size_t i = 0; i < numbers_.size(); ++i)
      if (numbers_[i] >= from && numbers_[i] <= to) {
        fault(claims_[i], why);
        found = true;
      }
    if (!found)
      for (Claim& claim : claims_) fault(claim, why);
  }

  void fault_all(const std::string& why) {
    if (unread_.empty()) unread_ = why;
    for (Claim& claim : claims_) fault(claim, why);
  }

  bool are_in_one_clause(std::size_t from, std::size_t to) const {
    for (std::size_t at = from; at < to; ++at)
      if (chunks_[at].kind == Kind::stop) return false;
    return true;
  }

  // "In 2020 there were 118 commits, and in 2021 there were 125"; but of "in 2019 and 2020" the second is a year.
  void inherit_figures() {
    for (std::size_t i = 0; i < claims_.size(); ++i) {
      if (!claims_[i].figure.empty()) continue;
      const Millionths value = claims_[i].number.value;
      if (claims_[i].number.is_plain && value >= 1'970 * one && value < 2'100 * one)
        return fault_all("'" + claims_[i].number.written + "' may be a year");
      if (i > 0 && periods_.size() == claims_.size()) claims_[i].figure = claims_[i - 1].figure;
    }
  }

  // "No author has more than 100 commits", "Two authors have more than 50 commits": the first number says of how many
  // the second one is said.
  void fault_pairs() {
    for (std::size_t i = 0; i < claims_.size(); ++i)
      for (std::size_t k = 0; k < claims_.size(); ++k) {
        if (i == k || !are_in_one_clause(std::min(numbers_[i], numbers_[k]), std::max(numbers_[i], numbers_[k])))
          continue;
        const bool counts_people = i < k && claims_[i].figure == "authors" && bounds(claims_[k].number);
        if (!may_quantify(claims_[i].number) && !counts_people) continue;
        const std::string why = "'" + claims_[i].number.written + "' may say of how many the other number is said";
        fault(claims_[i], why);
        fault(claims_[k], why);
      }
  }

  // Lines that a history added are not those that stand: "the code base has 38,336 lines".
  void finish_lines(Claim& claim) const {
    if (claim.basis == "lines") claim.basis = "lines_added";
    for (Per& per : claim.per)
      if (per.figure == "lines") per.figure = "lines_added";
    if (claim.figure != "lines") return;
    static constexpr std::string_view states[] = {"has",    "have",    "had",       "is",       "are",
                                                  "was",    "were",    "contains",  "holds",    "counts",
                                                  "stands", "carries", "comprises", "consists", "amounts"};
    static constexpr std::string_view acts[] = {"seen",    "saw",    "took",     "take",       "taken",
                                                "took in", "wrote",  "made",     "pushed",     "committed",
                                                "landed",  "gained", "received", "contributed"};
    bool is_state = false, is_act = false;
    for (const Chunk& chunk : chunks_) {
      const std::string text = letters::to_lower(chunk.text);
      is_state = is_state || std::find(std::begin(states), std::end(states), text) != std::end(states);
      is_act = is_act || std::find(std::begin(acts), std::end(acts), text) != std::end(acts);
    }
    const bool is_whole = claim.period.kind == Period::Kind::whole && claim.per.empty() && claim.quantifier.empty();
    if (!is_act && !claim.divisor && (is_state || is_whole))
      fault(claim, "lines that stand are no figure of a history; say whether they were added");
    claim.figure = "lines_added";
  }

  void bind_rest(std::size_t at);
  void bind_unread(std::size_t at);
  void bind_whole_sentence(const Chunk& chunk);

  void bind_mean(std::size_t at) {
    bool found = false;
    for (const bool anywhere : {false, true})
      for (std::size_t i = 0; i < claims_.size() && (!anywhere || !found); ++i) {
        if (!anywhere && !are_in_one_clause(std::min(at, numbers_[i]), std::max(at, numbers_[i]))) continue;
        found = true;
        means_.push_back(i);
        if (chunks_[at].value == "median") claims_[i].quantifier = "median";
      }
  }

  bool has_mean() const {
    return std::any_of(chunks_.begin(), chunks_.end(), [](const Chunk& one) { return one.kind == Kind::mean; });
  }

  void finish_means() {
    for (const std::size_t i : means_) {
      Claim& claim = claims_[i];
      if (claim.quantifier == "median" && claim.per.size() == 1 && claim.per.front().figure.empty()) {
        claim.each = claim.per.front().span;
        claim.per.clear();
      } else if (claim.per.empty() || claim.quantifier == "median") {
        fault(claim, "a mean, or a median, of what is not said");
      }
    }
  }

  void bind_each(Claim& claim) {
    const auto own = static_cast<std::size_t>(&claim - claims_.data());
    if (own == 0 || claims_[own - 1].figure.empty())
      fault(claim, "'each' of what is not said");
    else
      claim.per.push_back({{}, claims_[own - 1].figure});
  }

  void bind_periods();

  std::vector<Chunk> chunks_;
  const std::optional<Period>& context_;
  std::vector<bool> bound_;
  std::vector<std::size_t> numbers_, periods_;  // their chunks; of numbers, one for each claim
  std::vector<std::size_t> of_others_;          // claims of a part of those before: "231 of them in 2025"
  std::vector<std::size_t> names_a_thing_;
  std::vector<std::size_t> means_;  // claims of a mean or a median
  std::vector<Claim> claims_;
  std::optional<std::string> named_;
  bool quantified_ = false;
  std::string unread_;
};

void Binder::bind_number(std::size_t at) {
  numbers_.push_back(at);
  Claim& claim = claims_.emplace_back();
  claim.number = chunks_[at].number;
  if (claim.number.is_too_large) fault(claim, "the number is too large");
  std::size_t noun = noun_behind(at);
  if (noun == nowhere && at + 2 < chunks_.size() && chunks_[at + 1].kind == Kind::whole &&
      chunks_[at + 2].kind == Kind::unit)
    noun = at + 2;
  if (noun == nowhere) noun = noun_before(at);
  if (!chunks_[at].value.empty()) {  // "one commit in five"
    claim.figure = chunks_[at].value;
    return;
  }
  if (noun == nowhere) return;
  bound_[noun] = true;
  const Chunk& chunk = chunks_[noun];
  if (chunk.kind == Kind::figure) claim.figure = chunk.value;
  const bool is_name = noun + 1 == at && chunk.kind == Kind::figure && !chunk.text.ends_with('s') &&
                       !claim.number.is_share && !chunk.value.starts_with("lines") && !is_rate_figure(claim);
  if (is_name) names_a_thing_.push_back(at);  // "version 4", "commit 200"
  if (chunk.kind == Kind::outside) fault(claim, "git shows no " + chunk.text + ": " + chunk.value);
  if (chunk.kind == Kind::unit) claim.figure = chunk.value == "1" ? "days" : "";
  if (chunk.kind == Kind::pronoun && claims_.size() > 1) claim.figure = claims_[claims_.size() - 2].figure;
  if (chunk.kind == Kind::pronoun) of_others_.push_back(claims_.size() - 1);
  // "12 % of the commits" is a share of them; "merge commits: 20 %" are a share themselves.
  const bool is_of = noun > at && at + 1 < chunks_.size() && letters::starts_with_lower(chunks_[at + 1].text, "of");
  if (claim.number.is_share && !is_of && (claim.figure == "merges" || claim.figure == "reverts") && noun < at) {
    claim.part = claim.figure;
    claim.figure = "commits";
  }
}

void Binder::bind_periods() {
  if (periods_.empty()) {
    for (Claim& claim : claims_)
      if (context_) claim.period = *context_;
    return;
  }
  if (periods_.size() == 1 && of_others_.empty()) {
    for (Claim& claim : claims_) claim.period = chunks_[periods_.front()].period;
    return;
  }
  const bool precede = !numbers_.empty() && periods_.front() < numbers_.front();
  std::vector<bool> has(claims_.size());
  for (const std::size_t at : periods_) {
    std::size_t i = 0;
    while (i + 1 < numbers_.size() && (precede ? numbers_[i] < at : numbers_[i + 1] < at)) ++i;
    if (claims_.empty()) return;
    if (has[i]) fault(claims_[i], "it names several times");
    claims_[i].period = chunks_[at].period;
    has[i] = true;
  }
  for (std::size_t i = 0; i < claims_.size(); ++i)
    if (!has[i] && of_others_.empty()) fault(claims_[i], "the sentence names several times, and none for it");
}

// A word that bounds, negates or quantifies, and a name, are about all of the sentence.
void Binder::bind_unread(std::size_t at) {
  const std::string& text = chunks_[at].text;
  const std::vector<Token> tokens = tokens_of(text);
  const std::string why = "'" + text + "' is not understood";
  bool is_closed = false;
  for (const Form form : {Form::bound, Form::quantifier, Form::compare, Form::peak, Form::first, Form::last, Form::unit,
                          Form::month, Form::fraction, Form::number})
    is_closed = is_closed || find_word(tokens, 0, form).row != nullptr;
  if (is_closed) return fault_all(why);
  const bool is_name = at > 0 && letters::is_upper(text.front());
  if (!is_name) return fault_beside(at, why);
  for (Claim& claim : claims_) fault(claim, why);
}

void Binder::bind_whole_sentence(const Chunk& chunk) {
  if (chunk.kind == Kind::negation && claims_.size() > 1)
    fault_all("'" + chunk.text + "' may be about each of several");
  if (chunk.kind == Kind::name && named_ && *named_ != chunk.text) fault_all("it names several");
  if (chunk.kind == Kind::name) named_ = chunk.text;
  if (chunk.kind == Kind::quantifier && quantified_) fault_all("'" + chunk.text + "' beside another such word");
  if (chunk.kind == Kind::quantifier) quantified_ = true;
  if (chunk.kind == Kind::unit && (chunk.value != "1" || claims_.size() > 1))
    fault_all("'" + chunk.text + "': it counts spans of time");
  for (Claim& claim : claims_) {
    if (chunk.kind == Kind::negation && claim.is_negated) fault(claim, "two negations");
    if (chunk.kind == Kind::negation) claim.is_negated = true;
    if (chunk.kind == Kind::name) claim.subject = chunk.text;
    if (chunk.kind != Kind::quantifier) continue;
    claim.quantifier = chunk.value;
    claim.each = chunk.period.length;
  }
}

void Binder::bind_rest(std::size_t at) {
  const Chunk& chunk = chunks_[at];
  if (chunk.kind == Kind::period) periods_.push_back(at);
  if (chunk.kind == Kind::unknown) bind_unread(at);
  if (chunk.kind == Kind::mean) bind_mean(at);
  bind_whole_sentence(chunk);
  if (chunk.kind == Kind::unit && !bound_[at]) fault_beside(at, "'" + chunk.text + "' is not understood here");
  if (chunk.kind == Kind::outside && !bound_[at]) fault_beside(at, "git shows no " + chunk.text + ": " + chunk.value);
  Claim* claim = claim_of_modifier(at);
  if (claim == nullptr) return;
  switch (chunk.kind) {
    case Kind::verb: bind_verb(*claim, chunk); break;
    case Kind::part: claim->part = chunk.value; break;
    case Kind::per:
      claim->per.push_back(chunk.per);
      if (!chunk.per.figure.empty() && letters::to_lower(chunk.text).starts_with("e") && !has_mean())
        fault(*claim, "'" + chunk.text + "' may be each of them");
      break;
    case Kind::each: bind_each(*claim); break;
    case Kind::whole: claim->out_of_days = chunk.number.value / one; break;
    case Kind::divisor:
      claim->divisor = chunk.number;
      claim->basis = chunk.value;
      break;
    case Kind::figure:
      if (!bound_[at]) bind_second_figure(*claim, chunk);
      break;
    default: break;
  }
}

}  // namespace

Sentence read_sentence(std::span<const Token> tokens, const std::optional<Period>& context) {
  const std::vector<Chunk> chunks = chunks_of(tokens);
  Sentence sentence = Binder(chunks, context).bind();
  for (const Chunk& chunk : chunks)
    sentence.compares = sentence.compares || chunk.kind == Kind::figure || chunk.kind == Kind::part;
  bool has_word = false;
  for (std::size_t at = 0; at < tokens.size(); ++at)
    for (const Form form : {Form::bound, Form::quantifier, Form::compare, Form::peak, Form::fraction})
      has_word = has_word || find_word(tokens, at, form).row != nullptr;
  sentence.compares = sentence.compares && has_word;
  return sentence;
}

}  // namespace cascade::metrics
