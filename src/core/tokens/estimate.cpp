// A piece counts as one token, and as one more for every few units beyond its first: how many depends on its kind,
// because the vocabulary knows longer pieces of common words than of anything else (docs/tokens.md).
#include "tokens/estimate.h"

#include <cascade/tokens.h>

#include <charconv>
#include <iterator>

#include "unicode/utf8.h"

namespace cascade::tokens {
namespace {

// The features that decide the cost of a piece; lengths in UTF-16 units, each ill-formed subpart as one U+FFFD.
struct Shape {
  ClassSet classes = 0;
  std::uint32_t units = 0, units_beyond_ascii = 0;
};

constexpr std::array<std::uint8_t, 128> ascii_sets = [] {
  std::array<std::uint8_t, 128> sets{};
  for (std::size_t c = 0; c < sets.size(); ++c) sets[c] = static_cast<std::uint8_t>(set_of(ascii_classes[c]));
  return sets;
}();

Shape shape_of(std::string_view piece) noexcept {
  Shape shape;
  std::size_t at = 0;
  for (; at < piece.size() && static_cast<signed char>(piece[at]) >= 0; ++at)
    shape.classes |= ascii_sets[static_cast<unsigned char>(piece[at])];
  shape.units = static_cast<std::uint32_t>(at);
  while (at < piece.size()) {
    const unicode::Decoded decoded = unicode::decode(piece, at);
    const std::uint32_t units = decoded.code_point > 0xFFFF ? 2 : 1;
    shape.classes |= set_of(class_of(decoded.code_point));
    shape.units += units;
    if (decoded.code_point >= 0x80) shape.units_beyond_ascii += units;
    at += decoded.length;
  }
  return shape;
}

constexpr ClassSet small_letters = set_of(CodePointClass::lower, CodePointClass::letter);
constexpr ClassSet letters = small_letters | set_of(CodePointClass::upper);
constexpr ClassSet signs = set_of(CodePointClass::other, CodePointClass::mark);

// The rules, tried in this order at each position (a piece is never empty, so rule 7 always holds):
//   1  lead? (upper | either)* (lower | either)+ contraction?        either = letter | mark
//   2  lead? (upper | either)+ (lower | either)* contraction?        lead = no break, letter or number
//   3  number{1,3}
//   4  ' '? other+ [CR LF /]*                                        other = neither white, letter nor number
//   5  white* with a break: up to the last break
//   6  white+ without a break: all at the end of the text, else all but the last character
//   7  white

using enum CodePointClass;

constexpr ClassSet first_of_word = set_of(upper, letter, mark), rest_of_word = set_of(lower, letter, mark);
constexpr ClassSet either_case = set_of(letter, mark);
constexpr ClassSet lead = set_of(other, white);
constexpr ClassSet any_white = set_of(white, line_break);
constexpr ClassSet punctuation = set_of(other, mark);

struct Character {
  CodePointClass value = other;
  std::size_t end = 0;
};

// REQUIRES: at < text.size().
Character character_at(std::string_view text, std::size_t at) noexcept {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) return {ascii_classes[byte], at + 1};
  const unicode::Decoded decoded = unicode::decode(text, at);
  return {class_of(decoded.code_point), at + decoded.length};
}

std::size_t run_end(std::string_view text, std::size_t at, ClassSet set) noexcept {
  while (at < text.size()) {
    const Character next = character_at(text, at);
    if (!contains(set, next.value)) break;
    at = next.end;
  }
  return at;
}

// Returns the end of a contraction at `at`, or `at`: 's 't 'm 'd 're 've 'll in any case, with the long s (U+017F).
std::size_t contraction_end(std::string_view text, std::size_t at) noexcept {
  if (at + 1 >= text.size() || text[at] != '\'') return at;
  const auto folded = [text](std::size_t i) { return i < text.size() ? static_cast<char>(text[i] | 0x20) : '\0'; };
  const char first = folded(at + 1), second = folded(at + 2);
  if (first == 's' || first == 't' || first == 'm' || first == 'd') return at + 2;
  if ((first == 'r' && second == 'e') || (first == 'v' && second == 'e') || (first == 'l' && second == 'l'))
    return at + 3;
  return text.substr(at + 1, 2) == "\xC5\xBF" ? at + 3 : at;
}

// Rules 1 and 2 from `at`, after the lead: returns the end of the word without contraction, or `at` if there is none.
std::size_t word_end(std::string_view text, std::size_t at) noexcept {
  std::size_t end = at, last_either = at;
  while (end < text.size()) {
    const Character next = character_at(text, end);
    if (next.value == lower) return run_end(text, end, rest_of_word);
    if (!contains(first_of_word, next.value)) break;
    end = next.end;
    if (contains(either_case, next.value)) last_either = end;
  }
  // No lower case follows: rule 1 gives back everything after its last character of either case.
  return last_either != at ? last_either : end;
}

// Rules 5 to 7. REQUIRES: white at `at`.
std::size_t white_end(std::string_view text, std::size_t at) noexcept {
  std::size_t end = at, before_last = at, after_break = at;
  while (end < text.size()) {
    const Character next = character_at(text, end);
    if (!contains(any_white, next.value)) break;
    before_last = end;
    end = next.end;
    if (next.value == line_break) after_break = end;
  }
  if (after_break != at) return after_break;
  return end == text.size() || before_last == at ? end : before_last;
}

// Rules 1 and 2 with the lead; `at`: no word. A mark could be a lead too, but as a letter it gives the same piece.
std::size_t word_with_lead_end(std::string_view text, std::size_t at, const Character& first) noexcept {
  const std::size_t start = contains(lead, first.value) ? first.end : at;
  const std::size_t end = word_end(text, start);
  return end == start ? at : end;
}

// Most code points are in blocks of 128, four bits each, equal ones once; the few ranges behind are searched.

constexpr char32_t block_size = 128, classes_per_word = 16;
constexpr char32_t table_end = std::size(block_of) * block_size;

}  // namespace

std::uint32_t estimate_piece(std::string_view piece) noexcept {
  if (piece.empty()) return 0;
  const Shape shape = shape_of(piece);
  const std::uint32_t more = shape.units - 1;
  if ((shape.classes & letters) != 0) {
    if (shape.units_beyond_ascii != 0) return 1 + shape.units_beyond_ascii / 2;
    if ((shape.classes & small_letters) == 0) return 1 + more / 4;
    return 1 + more / (piece.front() == ' ' ? 12 : 7);
  }
  if ((shape.classes & signs) == 0) return 1;
  return shape.units_beyond_ascii != 0 ? 1 + std::min(more, 18U) / 2 : 1 + std::min(more, 28U) / 4;
}

std::size_t scan_piece(std::string_view text, std::size_t at) noexcept {
  const Character first = character_at(text, at);
  const std::size_t word = first.value == number ? at : word_with_lead_end(text, at, first);
  if (word != at) return contraction_end(text, word);
  if (first.value == number) {
    std::size_t end = first.end;
    for (int digits = 1; digits < 3 && end < text.size(); ++digits) {
      const Character next = character_at(text, end);
      if (next.value != number) break;
      end = next.end;
    }
    return end;
  }
  const std::size_t start = text[at] == ' ' ? at + 1 : at;
  const std::size_t end = run_end(text, start, punctuation);
  if (end == start) return white_end(text, at);
  std::size_t tail = end;
  while (tail < text.size() && (text[tail] == '\n' || text[tail] == '\r' || text[tail] == '/')) ++tail;
  return tail;
}

CodePointClass class_of(char32_t code_point) noexcept {
  if (code_point < table_end) {
    const char32_t entry = block_of[code_point / block_size] * block_size + code_point % block_size;
    return static_cast<CodePointClass>(blocks[entry / classes_per_word] >> (entry % classes_per_word * 4) & 0xF);
  }
  for (const Range& range : ranges_behind())
    if (code_point >= range.first && code_point <= range.last) return static_cast<CodePointClass>(range.value);
  return CodePointClass::other;
}

}  // namespace cascade::tokens

namespace cascade {
namespace {

// How the models' own tokenizers differ from o200k, as a factor on its counts (sources: docs/tokens.md).
constexpr std::uint32_t large_window = 1'000'000;  // of a name with "[1m]"

constexpr bool begins_with(std::string_view name, std::string_view prefix) {
  return name.substr(0, prefix.size()) == prefix &&
         (name.size() == prefix.size() || !letters::is_letter_or_digit(name[prefix.size()]));
}

// "us.anthropic.claude-opus-4-8-v1:0" and "anthropic/claude-opus-4-8" become "claude-opus-4-8…".
std::string_view without_vendor(std::string_view name) {
  if (const std::size_t slash = name.rfind('/'); slash != std::string_view::npos) name.remove_prefix(slash + 1);
  if (const std::size_t vendor = name.find("anthropic."); vendor != std::string_view::npos)
    name.remove_prefix(vendor + std::string_view("anthropic.").size());
  return name;
}

// value * factor / divisor, rounded down or up; factors are below 2^32, and what does not fit saturates.
std::uint64_t scaled(std::uint64_t value, std::uint64_t factor, std::uint64_t divisor, bool round_up) {
  const std::uint64_t whole = value / divisor, part = value % divisor * factor;
  const std::uint64_t rest = part / divisor + (round_up && part % divisor != 0 ? 1 : 0);
  if (factor != 0 && whole > (~std::uint64_t{0} - rest) / factor) return ~std::uint64_t{0};
  return whole * factor + rest;
}

constexpr std::uint32_t million = 1'000'000;

std::optional<std::uint32_t> whole_number(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// Parses "2" or "0.5" per cent into millionths; at most four decimal places.
std::optional<std::uint32_t> share(std::string_view text) {
  const std::size_t point = text.find('.');
  const auto whole = whole_number(text.substr(0, point));
  if (!whole || *whole > 100) return std::nullopt;
  std::uint32_t ppm = *whole * 10'000;
  if (point != std::string_view::npos) {
    std::string digits(text.substr(point + 1));
    if (digits.empty() || digits.size() > 4) return std::nullopt;
    digits.append(4 - digits.size(), '0');
    const auto part = whole_number(digits);
    if (!part) return std::nullopt;
    ppm += *part;
  }
  return ppm == 0 || ppm > million ? std::nullopt : std::optional<std::uint32_t>(ppm);
}

}  // namespace

std::optional<TokenModel> token_model(std::string_view name) {
  const std::string lower = letters::to_lower(name);
  const std::string_view plain = without_vendor(lower);
  const KnownModel* best = nullptr;
  for (const KnownModel& model : known_models())
    if (begins_with(plain, model.prefix) && (best == nullptr || model.prefix.size() > best->prefix.size()))
      best = &model;
  if (best == nullptr) return std::nullopt;
  const bool with_large_window = lower.find("[1m]") != std::string::npos;
  return TokenModel{std::string(name), best->per_mille, with_large_window ? large_window : best->window};
}

std::vector<TokenModel> token_models() {
  std::vector<TokenModel> models;
  for (const KnownModel& model : known_models())
    models.push_back({std::string(model.prefix), model.per_mille, model.window});
  return models;
}

std::uint64_t to_o200k(const TokenModel& model, std::uint64_t model_tokens) noexcept {
  const std::uint64_t per_mille = std::max<std::uint64_t>(model.per_mille, 1);
  return scaled(model_tokens, 1000, per_mille, false);
}

std::uint64_t estimated_tokens(const TokenModel& model, std::uint64_t o200k_tokens) noexcept {
  return scaled(o200k_tokens, model.per_mille, 1000, true);
}

std::optional<TokenLimit> parse_token_limit(std::string_view text) {
  if (!text.empty() && text.back() == '%') {
    text.remove_suffix(1);
    if (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    const auto ppm = share(text);
    return ppm ? std::optional<TokenLimit>(TokenLimit{0, *ppm}) : std::nullopt;
  }
  const auto tokens = whole_number(text);
  return tokens ? std::optional<TokenLimit>(TokenLimit{*tokens, 0}) : std::nullopt;
}

std::uint64_t tokens_of(const TokenLimit& limit, std::uint32_t window) noexcept {
  return limit.share_ppm == 0 ? limit.tokens : std::uint64_t{window} * limit.share_ppm / million;
}

}  // namespace cascade
