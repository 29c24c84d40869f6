// Every number is bound to what it counts, then everything else of the sentence to a number. What stays unbound makes
// the numbers beside it impossible to judge: a word that was not understood may have changed what they are about.
#include "metrics/claim_sentence.h"

#include <algorithm>

#include "metrics/claim_chunks.h"
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
  } else if (claim.number.is_share && chunk.value == "reviewed" && claim.figure == "lines_added") {
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

void finish(Claim& claim) {
  fault_of_period(claim);
  if (claim.figure.empty()) return fault(claim, "it does not say what is counted, or nothing that git shows");
  if (claim.figure == "days") return fault(claim, "a number of days is no figure of a history");
  if (claim.figure == "authors" && claim.divisor) claim.figure = "people";
  const bool is_rate = claim.figure == "rework" || claim.figure == "reviewed" || claim.figure == "explained" ||
                       claim.figure == "captured";
  if (is_rate && !claim.number.is_share && claim.number.value != 0) return fault(claim, "a share is in per cent");
  if (!claim.number.is_share || is_rate) return;
  if (!claim.per.empty()) return fault(claim, "a share has no rate");
  if (claim.part.empty() && claim.period.kind == Period::Kind::days && claim.figure == "commits")
    claim.is_share_of_period = true;
  else if (claim.part.empty())
    fault(claim, "it does not say what it is a share of");
}

class Binder {
 public:
  Binder(std::vector<Chunk> chunks, const std::optional<Period>& context)
      : chunks_(std::move(chunks)), context_(context), bound_(chunks_.size()) {}

  Sentence bind() {
    for (std::size_t at = 0; at < chunks_.size(); ++at)
      if (chunks_[at].kind == Kind::number) bind_number(at);
    for (std::size_t at = 0; at < chunks_.size(); ++at) bind_rest(at);
    bind_periods();
    Sentence sentence;
    for (Claim& claim : claims_) finish(claim);
    sentence.claims = std::move(claims_);
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

  void bind_rest(std::size_t at);

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
  std::vector<Claim> claims_;
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
  if (noun == nowhere) return;
  bound_[noun] = true;
  const Chunk& chunk = chunks_[noun];
  if (chunk.kind == Kind::figure) claim.figure = chunk.value;
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

void Binder::bind_rest(std::size_t at) {
  const Chunk& chunk = chunks_[at];
  if (chunk.kind == Kind::period) periods_.push_back(at);
  if (chunk.kind == Kind::unknown) fault_beside(at, "'" + chunk.text + "' is not understood");
  if (chunk.kind == Kind::unit && !bound_[at]) fault_beside(at, "'" + chunk.text + "' is not understood here");
  if (chunk.kind == Kind::outside && !bound_[at]) fault_beside(at, "git shows no " + chunk.text + ": " + chunk.value);
  Claim* claim = claim_of_modifier(at);
  if (claim == nullptr) return;
  switch (chunk.kind) {
    case Kind::name:
      for (Claim& one : claims_) one.subject = chunk.text;
      break;
    case Kind::verb: bind_verb(*claim, chunk); break;
    case Kind::part: claim->part = chunk.value; break;
    case Kind::per: claim->per.push_back(chunk.per); break;
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
  return Binder(chunks_of(tokens), context).bind();
}

}  // namespace cascade::metrics
