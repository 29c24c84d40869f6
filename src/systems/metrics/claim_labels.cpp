#include "metrics/claim_labels.h"

#include <algorithm>
#include <chrono>

#include "text/ascii.h"
#include "text/names.h"

namespace cascade::metrics {
namespace {

// Signs of more than one byte that mean the same as a plain one.
struct Sign {
  std::string_view written, text;
};
constexpr Sign signs[] = {{"–", "-"},   {"−", "-"},   {"—", " , "},      {"…", " , "},
                          {"≥", " ≥ "}, {"≤", " ≤ "}, {"≈", " ≈ "},      {"’", "'"},
                          {"“", ""},    {"”", ""},    {"\xc2\xa0", " "}, {"\xe2\x80\xaf", " "},
                          {"_", " "},   {"*", ""},    {"`", ""},         {"\"", ""}};

std::string with_plain_signs(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto* const sign =
        std::ranges::find_if(signs, [&](const Sign& one) { return text.substr(at).starts_with(one.written); });
    out += sign == std::end(signs) ? text.substr(at, 1) : sign->text;
    at += sign == std::end(signs) ? 1 : sign->written.size();
  }
  return out;
}

std::size_t digits_at(std::string_view text, std::size_t at) {
  return letters::run_at_begin(text.substr(at), letters::is_digit).size();
}

// "2026-01-31" or "2026-01", and no digit behind it.
std::size_t date_at(std::string_view text, std::size_t at) {
  if (digits_at(text, at) != 4) return 0;
  std::size_t end = at + 4;
  for (int part = 0; part < 2 && end < text.size() && text[end] == '-' && digits_at(text, end + 1) == 2; ++part)
    end += 3;
  return end > at + 4 ? end - at : 0;
}

// "173,833", "6.9", "1.1.0": the last is a name, since it has two points.
std::size_t number_at(std::string_view text, std::size_t at, bool& is_number) {
  std::size_t end = at + digits_at(text, at), points = 0;
  const auto is_group = [&] {
    return end < text.size() && (text[end] == ',' || text[end] == '\'') && digits_at(text, end + 1) == 3;
  };
  while (is_group()) end += 4;
  for (; end + 1 < text.size() && text[end] == '.' && letters::is_digit(text[end + 1]); ++points)
    end += 1 + digits_at(text, end + 1);
  is_number = points < 2;
  return end - at;
}

bool is_of_word(char c) { return letters::is_letter(c) || static_cast<unsigned char>(c) >= 0x80; }

// A hyphen belongs to a word between its letters: "non-merge", but "7-day" is a number, a sign and a word.
std::size_t word_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && (is_of_word(text[end]) || (end > at && letters::is_digit(text[end])) ||
                               (text[end] == '-' && end > at && end + 1 < text.size() && is_of_word(text[end + 1]))))
    ++end;
  return std::max<std::size_t>(end - at, 1);
}

// How many tokens the phrase takes; 0: it does not stand there. The last word may be in the plural.
std::size_t length_of(Tokens tokens, std::size_t at, std::string_view phrase) {
  std::size_t length = 0;
  while (!phrase.empty()) {
    const std::string_view word = phrase.substr(0, phrase.find(' '));
    phrase.remove_prefix(std::min(word.size() + 1, phrase.size()));
    if (at + length >= tokens.size()) return 0;
    const std::string_view text = tokens[at + length].text;
    const bool is_plural = phrase.empty() && text.size() == word.size() + 1 && text.back() == 's' &&
                           text.starts_with(word) && letters::is_letter(word.back());
    if (text != word && !is_plural) return 0;
    ++length;
  }
  return length;
}

// The longest row whose phrase stands at `at`, of one form or of all that a label is made of.
struct Found {
  const ClaimWord* row = nullptr;
  std::size_t length = 0;

  bool is(Form form) const { return row != nullptr && row->form == form; }
};
constexpr Form label_forms[] = {Form::figure, Form::part, Form::share, Form::outside,
                                Form::rate,   Form::peak, Form::mean,  Form::filler};

Found find_word(Tokens tokens, std::size_t at, std::span<const Form> forms) {
  Found found;
  for (const ClaimWord& row : claim_words())
    if (std::ranges::find(forms, row.form) != forms.end())
      if (const std::size_t length = length_of(tokens, at, row.phrase); length > found.length) found = {&row, length};
  return found;
}
Found find_word(Tokens tokens, std::size_t at, Form form) { return find_word(tokens, at, {&form, 1}); }

bool is_text(Tokens tokens, std::size_t at, std::string_view text) {
  return at < tokens.size() && tokens[at].text == text;
}

std::uint64_t whole_number(std::string_view digits) {
  std::uint64_t value = 0;
  for (const char c : digits)
    if (letters::is_digit(c)) value = std::min(value * 10 + static_cast<std::uint64_t>(c - '0'), largest_number * 10);
  return value;
}

// A number without what compares it: "12k", "1.2 million", "seven".
struct Plain {
  Millionths value = 0, step = one;
  std::size_t length = 0;
};

void read_digits(std::string_view text, Plain& read) {
  const std::size_t point = text.find('.');
  std::uint64_t whole = whole_number(text.substr(0, point));
  read.value = std::min(whole, largest_number * 10) * one;
  for (; point == std::string_view::npos && whole != 0 && whole % 10 == 0; whole /= 10) read.step *= 10;
  for (std::size_t i = point; i != std::string_view::npos && ++i < std::min(text.size(), point + 7);) {
    read.step /= 10;
    read.value += static_cast<Millionths>(text[i] - '0') * read.step;
  }
}

Plain read_plain(Tokens tokens, std::size_t at) {
  Plain read;
  if (at >= tokens.size()) return read;
  if (tokens[at].is_number) {
    read.length = 1;
    read_digits(tokens[at].text, read);
  } else if (const Found word = find_word(tokens, at, Form::number); word.row != nullptr) {
    read.length = word.length;
    read_digits(word.row->value, read);
  }
  const Found scale = read.length == 0 ? Found() : find_word(tokens, at + read.length, Form::scale);
  const bool is_letter = scale.row != nullptr && tokens[at + read.length].text.size() <= 2;  // "12k", not "12 k"
  if (scale.row == nullptr || (is_letter && tokens[at + read.length].follows_blank)) return read;
  const std::uint64_t factor = whole_number(scale.row->value);
  read.length += scale.length;
  read.value = std::min(read.value, largest_number * 10 * one / factor) * factor;
  read.step *= factor;
  return read;
}

std::size_t percent_at(Tokens tokens, std::size_t at) {
  if (is_text(tokens, at, "%") || is_text(tokens, at, "percent")) return 1;
  return is_text(tokens, at, "per") && is_text(tokens, at + 1, "cent") ? 2 : 0;
}

constexpr letters::Names<Comparison::below> comparison_names("exactly", "about", "nearly", "just over", "up to",
                                                             "at least", "above", "at most", "below");

Length length_of_unit(std::string_view unit) {  // of a row: "7", "1m"
  const auto value = static_cast<std::uint32_t>(whole_number(unit));
  return unit.ends_with('m') ? Length{0, value} : Length{value, 0};
}

// "7 days", "seven-day", "week". Length 0: there is none.
struct FoundLength {
  Length span;
  std::size_t length = 0;
  bool is_counted = false;
};
FoundLength length_at(Tokens tokens, std::size_t at) {
  constexpr std::uint32_t most = 100'000;
  const Plain count = read_plain(tokens, at);
  std::size_t next = at + count.length;
  if (count.length > 0 && is_text(tokens, next, "-")) ++next;
  const Found unit = find_word(tokens, next, Form::unit);
  const std::uint64_t times = count.length == 0 ? 1 : count.value / one;
  if (unit.row == nullptr || times == 0 || times > most || count.value % one != 0) return {};
  Length span = length_of_unit(unit.row->value);
  span.days *= static_cast<std::uint32_t>(times);
  span.months *= static_cast<std::uint32_t>(times);
  return {span, next + unit.length - at, count.length > 0};
}

// The days of "2016", "2016-05", "2016-05-03", "May 2016", "Q1 2016".
struct FoundDays {
  Day from = 0, until = 0;
  std::size_t length = 0;
};

FoundDays months_from(int year, unsigned month, unsigned count, std::size_t length) {
  using namespace std::chrono;
  const year_month first = std::chrono::year(year) / std::chrono::month(month), next = first + months(count);
  return {static_cast<Day>(sys_days(first / 1).time_since_epoch().count()),
          static_cast<Day>(sys_days(next / 1).time_since_epoch().count()) - 1, length};
}

std::optional<int> year_at(Tokens tokens, std::size_t at) {
  if (at >= tokens.size() || !tokens[at].is_number || tokens[at].text.size() != 4) return std::nullopt;
  const std::uint64_t year = whole_number(tokens[at].text);
  const bool is_year = tokens[at].text.find_first_not_of("0123456789") == std::string::npos;
  return is_year && year >= 1970 && year < 2100 ? std::optional(static_cast<int>(year)) : std::nullopt;
}

FoundDays days_at(Tokens tokens, std::size_t at) {
  if (at >= tokens.size()) return {};
  if (const auto year = year_at(tokens, at)) return months_from(*year, 1, 12, 1);
  for (const auto& [form, months] : {std::pair(Form::month, 1U), {Form::quarter, 3U}}) {
    const Found word = find_word(tokens, at, form);
    const auto year = word.row == nullptr ? std::nullopt : year_at(tokens, at + word.length);
    const auto number = static_cast<unsigned>(word.row == nullptr ? 0 : whole_number(word.row->value));
    if (year) return months_from(*year, (number - 1) * months + 1, months, word.length + 1);
  }
  const std::string_view text = tokens[at].text;
  if (tokens[at].is_number || text.empty() || !letters::is_digit(text.front())) return {};
  if (const auto day = day_of_date(text)) return {*day, *day, 1};
  if (text.size() != 7 || !day_of_date(std::string(text) + "-01")) return {};
  return months_from(static_cast<int>(whole_number(text.substr(0, 4))),
                     static_cast<unsigned>(whole_number(text.substr(5))), 1, 1);
}

bool is_sign(const Token& token) {
  return token.text.size() == 1 && std::string_view("():,-").find(token.text) != std::string_view::npos;
}

// Whether a name ends before this: a sign, a number, "per", or a word of labels.
bool ends_name(Tokens tokens, std::size_t at) {
  const Token& token = tokens[at];
  if (!token.follows_blank) return is_sign(token) && token.text != "-";
  return is_sign(token) || token.is_number || token.text == "per" || token.text == "since" ||
         find_word(tokens, at, label_forms).row != nullptr;
}

class LabelReader {
 public:
  explicit LabelReader(Tokens tokens) : tokens_(tokens) {}

  Label read() {
    while (at_ < tokens_.size() && label_.fault.empty())
      if (!read_period() && !read_rate() && !read_word() && !read_person())
        fault("'" + tokens_[at_].written + "' is not understood");
    finish();
    return std::move(label_);
  }

 private:
  void fault(std::string why) {
    if (label_.fault.empty()) label_.fault = std::move(why);
  }

  bool take(Period period, std::size_t length) {
    if (label_.period) fault("it names two times");
    label_.period = period;
    at_ += length;
    return true;
  }

  bool read_period() {
    Period period;
    const bool is_since = is_text(tokens_, at_, "since");
    const std::size_t begin = at_ + (is_since || is_text(tokens_, at_, "from") ? 1 : 0);
    if (const FoundDays first = days_at(tokens_, begin); first.length > 0) {
      std::size_t next = begin + first.length;
      period.kind = Period::Kind::days;
      period.from = first.from;
      if (is_since) return take(period, next - at_);
      period.until = first.until;
      const bool is_range =
          is_text(tokens_, next, "to") || is_text(tokens_, next, "-") || is_text(tokens_, next, "until");
      if (const FoundDays last = is_range ? days_at(tokens_, next + 1) : FoundDays(); last.length > 0) {
        period.until = last.until;
        next += 1 + last.length;
      }
      if (*period.until < period.from) fault("its time ends before it begins");
      return take(period, next - at_);
    }
    const Found last = find_word(tokens_, at_, Form::last);
    const FoundLength span = length_at(tokens_, at_ + last.length);
    if (span.length == 0 || (last.row == nullptr && !span.is_counted)) return read_peak_span();
    if (!span.is_counted) fault("'" + tokens_[at_].written + "' depends on when it was said");
    period.kind = last.row != nullptr ? Period::Kind::last : Period::Kind::window;
    period.length = span.span;
    return take(period, last.length + span.length);
  }

  bool read_peak_span() {
    const Found peak = find_word(tokens_, at_, Form::peak);
    const FoundLength span = peak.row == nullptr ? FoundLength() : length_at(tokens_, at_ + peak.length);
    if (span.length == 0) return false;
    Period period;
    period.kind = Period::Kind::window;
    period.length = span.span;
    period.is_peak = true;
    return take(period, peak.length + span.length);
  }

  // "per day", "a week", "per developer", "/ month".
  bool read_rate() {
    static constexpr std::string_view marks[] = {"per", "a", "an", "each", "/"};
    const std::string_view mark = tokens_[at_].text;
    const bool is_any = mark == "a" && at_ > 0 && tokens_[at_ - 1].text == "in";  // "in a week": any, or the best one
    if (is_any || std::ranges::find(marks, mark) == std::end(marks)) return false;
    if (const FoundLength span = length_at(tokens_, at_ + 1); span.length > 0) {
      label_.per.push_back({span.span, {}});
      at_ += 1 + span.length;
      return true;
    }
    const Found thing = find_word(tokens_, at_ + 1, Form::figure);
    if (thing.row == nullptr || (thing.row->value != "authors" && thing.row->value != "tags")) return false;
    label_.per.push_back({{}, std::string(thing.row->value)});
    at_ += 1 + thing.length;
    return true;
  }

  bool read_word() {
    const Found found = find_word(tokens_, at_, label_forms);
    if (found.row == nullptr) {
      const bool sign = is_sign(tokens_[at_]);
      at_ += sign ? 1 : 0;
      return sign;
    }
    const std::string value(found.row->value);
    if (found.is(Form::outside)) fault("git shows no " + std::string(found.row->phrase) + ": " + value);
    if (found.is(Form::figure)) add_figure(value);
    if (found.is(Form::part) && !label_.part.empty()) fault("it names two parts");
    if (found.is(Form::part)) label_.part = value;
    if (found.is(Form::share)) label_.is_share = true;
    if (found.is(Form::rate)) label_.per.push_back({length_of_unit(value), {}});
    if (found.is(Form::peak)) is_peak_ = true;
    if (found.is(Form::mean)) is_mean_ = true;
    at_ += found.length;
    return true;
  }

  // "Marta Ruiz", "by renovate[bot]": capitals that are no word of a label, and what is written in one piece with them.
  // Whether somebody is called that, the history says.
  bool read_person() {
    std::size_t end = at_ + (is_text(tokens_, at_, "by") || is_text(tokens_, at_, "from") ? 1 : 0);
    if (!label_.person.empty() || end == tokens_.size()) return false;
    const bool is_name = end > at_ || letters::is_upper(tokens_[end].written.front());
    for (const std::size_t begin = end; is_name && end < tokens_.size(); ++end) {
      if (end > begin && ends_name(tokens_, end)) break;
      label_.person += (tokens_[end].follows_blank && end > begin ? " " : "") + tokens_[end].written;
    }
    at_ = end;
    return !label_.person.empty();
  }

  // "Share of merges in commits", "commits: merges".
  void add_figure(const std::string& value) {
    const bool is_kind = label_.figure == "merges" || label_.figure == "reverts";
    const bool is_author_named = label_.figure == "authors" && !label_.person.empty();  // "authors": {"Ann": …
    if (label_.figure.empty() || is_author_named) {
      label_.figure = value;
    } else if (is_kind && value == "commits" && label_.part.empty()) {
      label_.part = label_.figure;
      label_.figure = value;
      label_.is_share = true;
    } else if (label_.figure != value) {
      fault("it names two figures");
    }
  }

  void finish() {
    if (is_mean_ && label_.per.empty()) fault("a mean of what is not said");
    if (!is_peak_) return;
    // "Most commits per week" is the busiest week; of a rate to people there is no busiest one.
    if (label_.per.size() != 1 || !label_.per.front().figure.empty() || label_.period)
      fault("the most of what is not said");
    if (!label_.fault.empty()) return;
    label_.period = Period{Period::Kind::window, 0, {}, label_.per.front().span, true};
    label_.per.clear();
  }

  Tokens tokens_;
  std::size_t at_ = 0;
  Label label_;
  bool is_peak_ = false, is_mean_ = false;
};

struct Bounds {
  Millionths low = 0, high = ~Millionths{0};  // from low on, to before high
};

Bounds bounds_of(const ClaimNumber& number) {
  const Millionths value = number.value;
  if (number.to) return {value, *number.to + 1};
  const Millionths around =
      number.step < one ? number.step / 2 : std::max(one / 2, std::min(number.step / 2, value / 20));
  const Bounds rounded{value - std::min(value, around), value + around};
  switch (number.comparison) {
    case Comparison::exactly: return rounded;
    case Comparison::about: {
      const Millionths wide = std::max(around, value / 100 * 12);
      return {value - std::min(value, wide), value + wide + 1};
    }
    case Comparison::nearly:
    case Comparison::up_to: return {value / 100 * 85, value + 1};
    case Comparison::just_over: return {value + 1, value / 100 * 115 + 1};
    case Comparison::at_least: return {value, ~Millionths{0}};
    case Comparison::above: return {value + 1, ~Millionths{0}};
    case Comparison::at_most: return {0, value + 1};
    case Comparison::below: return {0, value};
  }
  return rounded;
}

}  // namespace

std::string_view to_string(Comparison comparison) noexcept { return comparison_names.of(comparison); }

std::vector<Token> tokens_of(std::string_view written) {
  const std::string plain = with_plain_signs(written);
  const std::string_view text = plain;
  std::vector<Token> tokens;
  bool follows_blank = true;
  for (std::size_t at = 0; at < text.size();) {
    if (letters::is_space(text[at])) {
      follows_blank = true;
      ++at;
      continue;
    }
    Token token;
    std::size_t length = letters::is_digit(text[at]) ? date_at(text, at) : word_at(text, at);
    if (length == 0) length = number_at(text, at, token.is_number);
    token.written = text.substr(at, length);
    token.text = letters::to_lower(token.written);
    token.follows_blank = follows_blank;
    tokens.push_back(std::move(token));
    follows_blank = false;
    at += length;
  }
  return tokens;
}

bool is_whole(Tokens tokens, Form form) {
  const Found found = find_word(tokens, 0, form);
  return found.row != nullptr && found.length == tokens.size();
}

Label read_label(Tokens tokens) { return LabelReader(tokens).read(); }

FoundNumber read_number(Tokens tokens) {
  FoundNumber found;
  ClaimNumber& number = found.number;
  std::size_t at = 0;
  const auto compare = [&](Form form) {
    const Found word = find_word(tokens, at, form);
    std::string name(word.row == nullptr ? "" : word.row->value);
    std::ranges::replace(name, '_', ' ');
    if (const auto comparison = comparison_names.find(name)) number.comparison = *comparison;
    at += word.length;
  };
  const auto take_percent = [&] {
    const std::size_t percent = percent_at(tokens, at);
    number.is_share = number.is_share || percent > 0;
    at += percent;
  };
  compare(Form::compare);
  if (is_text(tokens, at, "+") && at + 1 < tokens.size() && !tokens[at + 1].follows_blank) ++at;  // "+1,096" net lines
  const Plain first = read_plain(tokens, at);
  if (first.length == 0) return found;
  at += first.length;
  take_percent();
  if (is_text(tokens, at, "-") || is_text(tokens, at, "to"))
    if (const Plain last = read_plain(tokens, at + 1); last.length > 0 && last.value > first.value) {
      number.to = last.value;
      at += 1 + last.length;
      take_percent();
    }
  compare(Form::behind);
  number.value = first.value;
  number.step = number.is_share ? std::min(first.step, one) : first.step;
  number.is_too_large = std::max(first.value, number.to.value_or(0)) > largest_number * one;
  for (std::size_t i = 0; i < at; ++i)
    number.written += (i > 0 && tokens[i].follows_blank ? " " : "") + tokens[i].written;
  found.length = at;
  return found;
}

bool fits(const ClaimNumber& number, Millionths actual) {
  const Bounds bounds = bounds_of(number);
  return actual >= bounds.low && actual < bounds.high;
}

bool may_fit(const ClaimNumber& number, Millionths actual) {
  const Bounds bounds = bounds_of(number);
  const Millionths low = bounds.low / 5 * 4,
                   high = bounds.high > ~Millionths{0} / 2 ? bounds.high : bounds.high / 4 * 5;
  return actual >= low && actual < high;
}

std::string text_of(const Length& length) {
  const bool is_months = length.months > 0;
  const std::uint32_t count = is_months ? length.months : length.days;
  return std::to_string(count) + (is_months ? " month" : " day") + (count == 1 ? "" : "s");
}

std::string text_of(const Period& period) {
  switch (period.kind) {
    case Period::Kind::whole: return "the whole history";
    case Period::Kind::last: return "the last " + text_of(period.length);
    case Period::Kind::window: return "the busiest " + text_of(period.length);
    case Period::Kind::days: break;
  }
  return date_of(period.from) + " to " + (period.until ? date_of(*period.until) : "the newest commit");
}

std::string text_of(const Per& per) { return per.figure.empty() ? text_of(per.span) : per.figure; }

}  // namespace cascade::metrics
