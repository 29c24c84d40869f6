#include "metrics/claims.h"

#include "text/ascii.h"

#include <algorithm>
#include <array>

namespace cascade::metrics {
namespace {

constexpr std::array<std::string_view, 9> comparison_names = {"exactly",  "about", "nearly",  "just over", "up to",
                                                              "at least", "above", "at most", "below"};

Comparison comparison_of(std::string_view name) {
  for (std::size_t i = 0; i < comparison_names.size(); ++i) {
    std::string wanted(comparison_names[i]);
    std::replace(wanted.begin(), wanted.end(), ' ', '_');
    if (wanted == name) return static_cast<Comparison>(i);
  }
  return Comparison::exactly;
}

std::uint64_t whole_number(std::string_view digits) {
  std::uint64_t value = 0;
  for (const char c : digits)
    if (letters::is_digit(c)) value = std::min(value * 10 + static_cast<std::uint64_t>(c - '0'), largest_number * 10);
  return value;
}

// What is read of a number without its comparison.
struct Read {
  Millionths value = 0, step = one;
  std::size_t length = 0;
  bool is_too_large = false;
};

Read multiplied(Read read, std::uint64_t factor) {
  if (read.value > largest_number / factor * one) {
    read.is_too_large = true;
    return read;
  }
  read.value *= factor;
  read.step *= factor;
  return read;
}

Millionths step_of(std::uint64_t value) {
  Millionths step = one;
  for (; value != 0 && value % 10 == 0; value /= 10) step *= 10;
  return step;
}

Read read_digits(const Token& token) {
  Read read;
  read.length = 1;
  const std::size_t point = token.text.find('.');
  const std::uint64_t value = whole_number(std::string_view(token.text).substr(0, point));
  if (value > largest_number) {
    read.is_too_large = true;
    return read;
  }
  read.value = value * one;
  read.step = step_of(value);
  if (point == std::string::npos) return read;
  read.step = one;
  for (std::size_t i = point + 1; i < std::min(token.text.size(), point + 7); ++i) {
    read.step /= 10;
    read.value += static_cast<Millionths>(token.text[i] - '0') * read.step;
  }
  return read;
}

std::optional<std::uint64_t> small_word(std::span<const Token> tokens, std::size_t at, std::size_t& length) {
  if (const FoundWord found = find_word(tokens, at, Form::number); found.row != nullptr) {
    length = found.length;
    return whole_number(found.row->value);
  }
  const std::size_t hyphen = at < tokens.size() ? tokens[at].text.find('-') : std::string::npos;
  if (hyphen == std::string::npos) return std::nullopt;
  Token tens, units;
  tens.text = tokens[at].text.substr(0, hyphen);
  units.text = tokens[at].text.substr(hyphen + 1);
  const FoundWord first = find_word({&tens, 1}, 0, Form::number), second = find_word({&units, 1}, 0, Form::number);
  if (first.row == nullptr || second.row == nullptr) return std::nullopt;
  length = 1;
  return whole_number(first.row->value) + whole_number(second.row->value);
}

// "one hundred and forty-four", "two dozen".
Read read_words(std::span<const Token> tokens, std::size_t at) {
  Read read;
  std::uint64_t total = 0, current = 0;
  bool has_scale = false;
  while (at + read.length < tokens.size()) {
    std::size_t here = at + read.length, length = 0;
    if (has_scale && tokens[here].text == "and" && small_word(tokens, here + 1, length)) ++here;
    if (const auto value = small_word(tokens, here, length)) {
      if (read.length > 0 && !has_scale) break;
      current += *value;
      has_scale = false;
    } else if (const FoundWord scale = find_word(tokens, here, Form::scale);
               scale.row != nullptr && read.length > 0 && tokens[here].text.size() > 2) {
      const std::uint64_t factor = whole_number(scale.row->value);
      current = std::min(std::max<std::uint64_t>(current, 1), largest_number / factor) * factor;
      has_scale = true;
      length = scale.length;
      if (factor >= 1'000) {
        total = std::min(total + current, largest_number);
        current = 0;
      }
    } else {
      break;
    }
    read.length = here + length - at;
  }
  read.value = std::min(total + current, largest_number) * one;
  read.step = step_of(read.value / one);
  return read;
}

Read read_plain(std::span<const Token> tokens, std::size_t at) {
  if (at >= tokens.size()) return {};
  if (!tokens[at].is_number) return read_words(tokens, at);
  Read read = read_digits(tokens[at]);
  const FoundWord scale = find_word(tokens, at + 1, Form::scale);
  if (scale.row == nullptr) return read;
  const bool is_letter = tokens[at + 1].text.size() <= 2;  // "12k" and no other k
  if (is_letter && tokens[at + 1].follows_blank) return read;
  read = multiplied(read, whole_number(scale.row->value));
  read.length += scale.length;
  return read;
}

std::size_t percent_at(std::span<const Token> tokens, std::size_t at) {
  if (at >= tokens.size()) return 0;
  const std::string_view text = tokens[at].text;
  if (text == "%" || text == "percent") return 1;
  return (text == "per" && at + 1 < tokens.size() && tokens[at + 1].text == "cent") ? 2 : 0;
}

bool is_text(std::span<const Token> tokens, std::size_t at, std::string_view text) {
  return at < tokens.size() && tokens[at].text == text;
}

std::string written_of(std::span<const Token> tokens, std::size_t from, std::size_t to) {
  std::string text;
  for (std::size_t i = from; i < to; ++i) text += (i > from && tokens[i].follows_blank ? " " : "") + tokens[i].written;
  return text;
}

// "one in five", "2 out of 3", "a third".
FoundNumber fraction_at(std::span<const Token> tokens, std::size_t at) {
  FoundNumber found;
  found.number.is_share = found.number.is_fraction = true;
  const FoundWord word = find_word(tokens, at, Form::fraction);
  if (word.row != nullptr && find_word(tokens, at, Form::number).length <= word.length) {  // not "half a dozen"
    found.length = word.length;
    found.number.value = whole_number(word.row->value) * (one / 100);
    return found;
  }
  const Read part = read_plain(tokens, at);
  std::size_t next = at + part.length;
  if (part.length == 0 || part.is_too_large) return found;
  if (const FoundWord figure = find_word(tokens, next, Form::figure); figure.row != nullptr) {
    const std::size_t behind = next + figure.length;
    if (is_text(tokens, behind, "in") || is_text(tokens, behind, "out")) {  // "one commit in five"
      found.figure = figure.row->value;
      next = behind;
    }
  }
  if (is_text(tokens, next, "out") && is_text(tokens, next + 1, "of"))
    next += 2;
  else if (is_text(tokens, next, "in"))
    next += 1;
  else
    return found;
  const Read whole = read_plain(tokens, next);
  if (!found.figure.empty() && (whole.value > 100 * one || find_word(tokens, next + whole.length, Form::figure).row))
    return found;  // "12 commits in 2016"
  if (whole.length == 0 || whole.value < part.value || whole.value > 1'000 * one || part.value == 0) return found;
  if (find_word(tokens, next + whole.length, Form::unit).row != nullptr) return found;  // "one in seven days"
  found.length = next + whole.length - at;
  found.number.value = part.value * 100 / (whole.value / one);
  return found;
}

void note_end(std::span<const Token> tokens, std::size_t& next, ClaimNumber& number) {
  if (const std::size_t percent = percent_at(tokens, next); percent > 0) {
    number.is_share = true;
    number.step = std::min(number.step, one);
    next += percent;
  }
  if (const FoundWord behind = find_word(tokens, next, Form::or_so); behind.row != nullptr) {
    number.comparison = comparison_of(behind.row->value);
    next += behind.length;
  }
}

FoundNumber compared_at(std::span<const Token> tokens, std::size_t at, Comparison comparison) {
  FoundNumber found = fraction_at(tokens, at);
  found.number.comparison = comparison;
  if (found.length > 0) {
    found.number.written = written_of(tokens, at, at + found.length);
    return found;
  }
  found = {};
  found.number.comparison = comparison;
  const Read read = read_plain(tokens, at);
  if (read.length == 0) return found;
  ClaimNumber& number = found.number;
  number.value = read.value;
  number.step = read.step;
  number.is_too_large = read.is_too_large;
  number.is_zero_word = read.value == 0 && !tokens[at].is_number;
  number.is_plain = read.length == 1 && tokens[at].text.find_first_not_of("0123456789") == std::string::npos;
  std::size_t next = at + read.length;
  note_end(tokens, next, number);
  const bool is_range = is_text(tokens, next, "-") || is_text(tokens, next, "to");
  if (const Read end = is_range ? read_plain(tokens, next + 1) : Read{}; end.length > 0 && end.value > read.value) {
    number.to = end.value;
    number.is_plain = false;
    next += 1 + end.length;
    note_end(tokens, next, number);
  }
  number.written = written_of(tokens, at, next);
  found.length = next - at;
  return found;
}

FoundNumber between_at(std::span<const Token> tokens, std::size_t at) {
  FoundNumber found;
  if (!is_text(tokens, at, "between") && !is_text(tokens, at, "from")) return found;
  const Read begin = read_plain(tokens, at + 1);
  std::size_t next = at + 1 + begin.length;
  const std::size_t percent = percent_at(tokens, next);
  next += percent;
  if (begin.length == 0 || !is_text(tokens, next, tokens[at].text == "from" ? "to" : "and")) return found;
  FoundNumber end = compared_at(tokens, next + 1, Comparison::exactly);
  if (end.length == 0 || end.number.to || end.number.value < begin.value) return found;
  end.number.to = end.number.value;
  end.number.value = begin.value;
  end.number.is_plain = false;
  end.number.written = written_of(tokens, at + 1, next + 1 + end.length);
  end.length += next + 1 - at;
  return end;
}

struct Bounds {
  Millionths low = 0, high = ~Millionths{0};  // from low on, to before high
};

Bounds bounds_of(const ClaimNumber& number) {
  const Millionths value = number.value;
  if (number.to) return {value, *number.to + 1};
  Millionths around = number.step < one ? number.step / 2 : std::max(one / 2, std::min(number.step / 2, value / 20));
  if (number.is_fraction) around = value / 100 * 8;
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

std::string_view to_string(Comparison comparison) noexcept {
  return comparison_names[static_cast<std::size_t>(comparison)];
}

FoundNumber number_at(std::span<const Token> tokens, std::size_t at) {
  if (FoundNumber between = between_at(tokens, at); between.length > 0) return between;
  std::size_t next = at;
  Comparison comparison = Comparison::exactly;
  while (next < tokens.size()) {
    const FoundWord word = find_word(tokens, next, Form::compare);
    if (word.row == nullptr) break;
    if (const Comparison read = comparison_of(word.row->value); read != Comparison::exactly) comparison = read;
    next += word.length;
    if (is_text(tokens, next, "a") && find_word(tokens, next, Form::number).row == nullptr &&
        find_word(tokens, next, Form::fraction).row == nullptr)
      break;
  }
  FoundNumber found = compared_at(tokens, next, comparison);
  if (found.length > 0) found.length += next - at;
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

}  // namespace cascade::metrics
