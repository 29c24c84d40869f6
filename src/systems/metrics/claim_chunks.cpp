#include "metrics/claims.h"

#include "text/ascii.h"

#include <algorithm>

namespace cascade::metrics {
namespace {

using Kind = Chunk::Kind;

bool is_text(std::span<const Token> tokens, std::size_t at, std::string_view text) {
  return at < tokens.size() && tokens[at].text == text;
}

bool is_verb_of_having(std::span<const Token> tokens, std::size_t at) {
  for (const std::string_view verb :
       {"has",      "had",  "have",  "saw",      "sees",        "took",      "takes",  "counts", "contains",
        "received", "gets", "got",   "averages", "averaged",    "comprises", "tracks", "is",     "was",
        "holds",    "made", "wrote", "authored", "contributed", "did",       "does"})
    if (is_text(tokens, at, verb)) return true;
  return false;
}

bool is_word(std::string_view text) {
  return letters::is_letter(text.front()) || letters::is_digit(text.front()) ||
         static_cast<unsigned char>(text.front()) >= 0x80;
}

bool is_bound(std::span<const Token> tokens, std::size_t at) {
  return find_word(tokens, at, Form::bound).row != nullptr || find_word(tokens, at, Form::compare).row != nullptr;
}

bool is_bounding(const ClaimNumber& number) {
  const Comparison compared = number.comparison;
  return compared == Comparison::at_least || compared == Comparison::above || compared == Comparison::at_most ||
         compared == Comparison::below;
}

std::size_t rate_length(std::span<const Token> tokens, std::size_t at) {
  const bool is_each = is_text(tokens, at, "each") || is_text(tokens, at, "every") || is_text(tokens, at, "average") ||
                       is_text(tokens, at, "typical");
  if (!is_each && !is_text(tokens, at, "per") && !is_text(tokens, at, "a") && !is_text(tokens, at, "an") &&
      !is_text(tokens, at, "/"))
    return 0;
  if (const FoundWord unit = find_word(tokens, at + 1, Form::unit); unit.row != nullptr) return 1 + unit.length;
  if (is_text(tokens, at, "a") || is_text(tokens, at, "an")) return 0;
  const FoundWord figure = find_word(tokens, at + 1, Form::figure);
  if (figure.row == nullptr || (is_each && figure.row->value != "authors")) return 0;
  return 1 + figure.length;
}

bool has_peak(std::span<const Token> tokens, std::size_t at, std::size_t length) {
  for (std::size_t i = at; i < at + length; ++i)
    if (find_word(tokens, i, Form::peak).row != nullptr) return true;
  return false;
}

class Cutter {
 public:
  explicit Cutter(std::span<const Token> tokens) : tokens_(tokens) {}

  std::vector<Chunk> cut() {
    while (at_ < tokens_.size())
      if (!take_whole() && !take_divisor() && !take_name() && !take_quantifier() && !take_period() && !take_number() &&
          !take_negation() && !take_rate() && !take_mean() && !take_word() && !take_sign())
        add(Kind::unknown, 1);
    return std::move(chunks_);
  }

 private:
  bool is(std::size_t at, std::string_view text) const { return is_text(tokens_, at, text); }

  Chunk& add(Kind kind, std::size_t length) {
    Chunk& chunk = chunks_.emplace_back();
    chunk.kind = kind;
    for (std::size_t i = at_; i < at_ + length; ++i)
      chunk.text += (i > at_ && tokens_[i].follows_blank ? " " : "") + tokens_[i].written;
    at_ += length;
    return chunk;
  }

  bool has_number() const {
    return std::any_of(chunks_.begin(), chunks_.end(), [](const Chunk& one) { return one.kind == Kind::number; });
  }

  // "200 of 293 days": the second number says of what.
  bool take_whole() {
    if (!is(at_, "of") || chunks_.empty() || chunks_.back().kind != Kind::number) return false;
    const FoundNumber number = number_at(tokens_, at_ + 1);
    if (number.length == 0 || number.number.is_share ||
        find_word(tokens_, at_ + 1 + number.length, Form::unit).row == nullptr)
      return false;
    Chunk& chunk = add(Kind::whole, 1 + number.length);
    chunk.number = number.number;
    return true;
  }

  // "at 80 lines a day", "(100 loc/day)".
  bool take_divisor() {
    if (!is(at_, "at") && !is(at_, "(") && !is(at_, "÷")) return false;
    const FoundNumber number = number_at(tokens_, at_ + 1);
    const FoundWord figure = find_word(tokens_, at_ + 1 + number.length, Form::figure);
    if (number.length == 0 || figure.row == nullptr) return false;
    const std::size_t next = at_ + 1 + number.length + figure.length;
    const std::size_t rate = rate_length(tokens_, next);
    if (rate == 0 || is(at_ - 1, "about")) return false;
    const std::size_t end = next + rate + (is(at_, "(") && is(next + rate, ")") ? 1 : 0);
    Chunk& chunk = add(Kind::divisor, end - at_);
    chunk.number = number.number;
    chunk.value = figure.row->value;
    return true;
  }

  // "Express has seen", "The Node exporter project took": capitals at the beginning, and a verb of having behind them;
  // "by Ann Example".
  bool take_name();

  bool take_quantifier();

  // "does not", "has never": of the verb, and so of all that the sentence says.
  bool take_negation() {
    if (is(at_, "never")) {
      add(Kind::negation, 1);
      return true;
    }
    static constexpr std::string_view auxiliaries[] = {"do",  "does", "did", "has", "have",
                                                       "had", "is",   "are", "was", "were"};
    if (!is(at_, "not") || at_ == 0 ||
        std::find(std::begin(auxiliaries), std::end(auxiliaries), tokens_[at_ - 1].text) == std::end(auxiliaries))
      return false;
    add(Kind::negation, 1);
    return true;
  }

  bool take_mean() {
    const FoundWord mean = find_word(tokens_, at_, Form::mean);
    if (mean.row == nullptr) return false;
    add(Kind::mean, mean.length).value = mean.row->value;
    return true;
  }

  bool take_period() {
    const bool begins_number = is(at_, "over") || is(at_, "past");  // "over 100 commits"
    const FoundPeriod found = period_at(tokens_, at_);
    if (found.length == 0) return false;
    if (!begins_number && !found.period.has_days() && found.period.kind == Period::Kind::window &&
        (is(at_, "on") || is(at_, "of")) && !has_peak(tokens_, at_, found.length))
      return false;
    add(Kind::period, found.length).period = found.period;
    return true;
  }

  // "no", "one", "never" are numbers only of what follows.
  bool counts_what_follows(std::size_t next) const {
    const auto is_figure = [](const Chunk& one) { return one.kind == Kind::figure || one.kind == Kind::outside; };
    if (next == tokens_.size()) return std::any_of(chunks_.begin(), chunks_.end(), is_figure);  // "reverts: none"
    for (std::size_t skipped = 0; next < tokens_.size() && skipped < 4; ++skipped) {
      if (find_word(tokens_, next, Form::unit).row != nullptr) return true;
      const FoundWord word = find_plain_word(tokens_, next);
      if (word.row == nullptr) return false;
      if (word.row->form != Form::filler) return true;
      next += word.length;
    }
    return false;
  }

  bool take_number() {
    FoundNumber found = number_at(tokens_, at_);
    if (found.length == 0) return false;
    const bool is_word = !tokens_[at_ + found.length - 1].is_number;
    if (is_word && found.number.value <= one && !found.number.is_share && !counts_what_follows(at_ + found.length))
      return false;
    Chunk& chunk = add(Kind::number, found.length);
    chunk.number = found.number;
    chunk.value = found.figure;
    return true;
  }

  bool take_rate();

  bool take_word();

  bool take_sign() {
    const std::string_view text = tokens_[at_].text;
    if (text == "," || text == ";" || text == "(" || text == ")") {
      add(Kind::stop, 1);
      return true;
    }
    if (text != ":" && text != "." && text != "!" && text != "-" && text != "|" && text != "'") return false;
    add(Kind::filler, 1);
    return true;
  }

  std::span<const Token> tokens_;
  std::size_t at_ = 0;
  std::vector<Chunk> chunks_;
};

bool Cutter::take_name() {
  const auto is_capital = [&](std::size_t at) {
    return at < tokens_.size() && letters::is_upper(tokens_[at].written.front()) &&
           find_plain_word(tokens_, at).row == nullptr && find_word(tokens_, at, Form::month).row == nullptr;
  };
  if (is(at_, "by") && is_capital(at_ + 1)) {
    std::size_t end = at_ + 2;
    while (end - at_ < 4 && is_capital(end)) ++end;
    ++at_;
    add(Kind::name, end - at_);
    return true;
  }
  const bool begins = chunks_.empty() || (chunks_.size() == 1 && chunks_.front().kind == Kind::filler);
  const bool continues =
      !chunks_.empty() && (chunks_.back().kind == Kind::stop || chunks_.back().kind == Kind::period) && is_capital(at_);
  if ((!begins && !continues) || period_at(tokens_, at_).length > 0) return false;
  std::size_t end = at_;
  bool has_capital = false, has_unknown = false;
  while (end < tokens_.size() && end - at_ < 5 && !tokens_[end].is_number && !is_verb_of_having(tokens_, end)) {
    has_capital = has_capital || letters::is_upper(tokens_[end].written.front());
    has_unknown = has_unknown || find_plain_word(tokens_, end).row == nullptr;
    if (find_word(tokens_, end, Form::figure).row != nullptr || find_word(tokens_, end, Form::outside).row != nullptr ||
        is_bound(tokens_, end) || !is_word(tokens_[end].text))
      return false;
    ++end;
  }
  // A name in small letters is one word: "fd has 2,005 commits".
  if (end == at_ || (!has_capital && end > at_ + 1) || !has_unknown || !is_verb_of_having(tokens_, end)) return false;
  add(Kind::name, end - at_);
  return true;
}

// "every year", "in no month", "not a single week", "at least one quarter". Behind a number that bounds nothing, "every
// day" is a rate: "about three commits every day".
bool Cutter::take_quantifier() {
  const FoundWord found = find_word(tokens_, at_, Form::quantifier);
  if (found.row == nullptr) return false;
  std::size_t next = at_ + found.length;
  if (is(next, "calendar") || is(next, "full")) ++next;
  const FoundWord unit = find_word(tokens_, next, Form::unit);
  if (unit.row == nullptr || (found.row->value == "some" && tokens_[next].text.ends_with('s'))) return false;
  if (found.row->value == "every") {
    const Chunk* number = nullptr;
    for (const Chunk& one : chunks_) {
      if (one.kind == Kind::number) number = &one;
      if (one.kind == Kind::stop) number = nullptr;
    }
    const bool is_placed = at_ > 0 && (is(at_ - 1, "in") || is(at_ - 1, "on") || is(at_ - 1, "during"));
    const bool is_rate =
        number != nullptr ? !is_bounding(number->number) : !chunks_.empty() && chunks_.back().kind == Kind::figure;
    if (is_rate && !is_placed) return false;
  }
  Chunk& chunk = add(Kind::quantifier, next + unit.length - at_);
  chunk.value = found.row->value;
  chunk.period.length = length_of(unit.row->value);
  return true;
}

bool Cutter::take_word() {
  if (is(at_, "of") && (is(at_ + 1, "them") || is(at_ + 1, "these") || is(at_ + 1, "those") || is(at_ + 1, "which"))) {
    const bool is_alone = find_word(tokens_, at_ + 2, Form::figure).row == nullptr;
    add(is_alone ? Kind::pronoun : Kind::filler, 2);
    return true;
  }
  FoundWord word = find_plain_word(tokens_, at_);
  if (word.row != nullptr && word.row->form == Form::part && is(at_, "by") && !has_number())
    word = find_word(tokens_, at_, Form::filler);
  if (word.row == nullptr) {
    const FoundWord unit = find_word(tokens_, at_, Form::unit);
    if (unit.row == nullptr || chunks_.empty() ||
        (chunks_.back().kind != Kind::number && chunks_.back().kind != Kind::whole))
      return false;
    add(Kind::unit, unit.length).value = unit.row->value;
    return true;
  }
  const bool is_stop = is(at_, "and") || is(at_, "but") || is(at_, "while") || is(at_, "plus");
  const Form form = word.row->form;
  Chunk& chunk = add(is_stop                 ? Kind::stop
                     : form == Form::figure  ? Kind::figure
                     : form == Form::verb    ? Kind::verb
                     : form == Form::part    ? Kind::part
                     : form == Form::outside ? Kind::outside
                                             : Kind::filler,
                     word.length);
  chunk.value = form == Form::verb && word.row->value.empty() ? word.row->phrase : word.row->value;
  return true;
}

bool Cutter::take_rate() {
  if (const FoundWord rate = find_word(tokens_, at_, Form::rate); rate.row != nullptr) {
    add(Kind::per, rate.length).per.span = length_of(rate.row->value);
    return true;
  }
  if (is(at_, "in") || is(at_, "on")) {  // "on an average day"
    const std::size_t next = at_ + (is(at_ + 1, "an") || is(at_ + 1, "a") ? 2 : 1);
    if ((is(next, "average") || is(next, "typical")) && rate_length(tokens_, next) > 0) at_ = next;
  }
  const std::size_t length = rate_length(tokens_, at_);
  if (length > 0) {
    const FoundWord unit = find_word(tokens_, at_ + 1, Form::unit), figure = find_word(tokens_, at_ + 1, Form::figure);
    Chunk& chunk = add(Kind::per, length);
    if (unit.row != nullptr)
      chunk.per.span = length_of(unit.row->value);
    else
      chunk.per.figure = figure.row->value;
    return true;
  }
  if (!is(at_, "each") && !is(at_, "apiece")) return false;
  add(Kind::each, 1);
  return true;
}

}  // namespace

std::vector<Chunk> chunks_of(std::span<const Token> tokens) { return Cutter(tokens).cut(); }

}  // namespace cascade::metrics
