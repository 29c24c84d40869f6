#include "metrics/claims.h"

#include "text/ascii.h"

#include <algorithm>

namespace cascade::metrics {
namespace {

// Signs of more than one byte that mean the same as a plain one.
struct Sign {
  std::string_view written, text;
};
constexpr Sign signs[] = {
    {"–", "-"},           {"—", ","}, {"−", "-"}, {"…", ","}, {"≥", "≥"}, {"≤", "≤"},        {"≈", "≈"},
    {"×", "x"},           {"’", "'"}, {"“", ""},  {"”", ""},  {"‘", ""},  {"\xc2\xa0", " "}, {"\xe2\x80\xaf", " "},
    {"\xe2\x80\x89", " "}};

bool is_group(std::string_view text, std::size_t at) {
  if (at + 3 >= text.size() || (text[at] != ',' && text[at] != '\'' && text[at] != '_')) return false;
  for (std::size_t i = 1; i <= 3; ++i)
    if (!letters::is_digit(text[at + i])) return false;
  return at + 4 >= text.size() || !letters::is_digit(text[at + 4]);
}

std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && letters::is_digit(text[end])) ++end;
  return end - at;
}

// "2026-01-31" or "2026-01", and no digit behind it.
std::size_t date_at(std::string_view text, std::size_t at) {
  if (digits_at(text, at) != 4) return 0;
  std::size_t end = at + 4, parts = 0;
  while (parts < 2 && end < text.size() && text[end] == '-' && digits_at(text, end + 1) == 2) {
    end += 3;
    ++parts;
  }
  return parts > 0 ? end - at : 0;
}

// "173,833", "6.9"; a point at the end is the sentence's.
std::size_t number_at(std::string_view text, std::size_t at) {
  std::size_t end = at + digits_at(text, at);
  while (is_group(text, end)) end += 4;
  if (end + 1 < text.size() && text[end] == '.' && letters::is_digit(text[end + 1]))
    end += 1 + digits_at(text, end + 1);
  return end - at;
}

bool is_of_word(char c) { return letters::is_letter(c) || static_cast<unsigned char>(c) >= 0x80; }

// "1.1.0", "v2.4": a name, and no number.
std::size_t version_at(std::string_view text, std::size_t at) {
  const bool has_letter = text[at] == 'v' || text[at] == 'V';
  std::size_t end = at + (has_letter ? 1 : 0), points = 0;
  for (std::size_t digits; (digits = digits_at(text, end)) > 0; ++points) {
    end += digits;
    if (end + 1 >= text.size() || text[end] != '.' || !letters::is_digit(text[end + 1])) break;
    ++end;
  }
  return points > (has_letter ? 0 : 1) ? end - at : 0;
}

// Hyphens and apostrophes belong to a word between its letters: "non-merge", but "7-day" is a number and a word.
std::size_t word_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() &&
         (is_of_word(text[end]) || letters::is_digit(text[end]) ||
          ((text[end] == '-' || text[end] == '_') && end > at && end + 1 < text.size() && is_of_word(text[end + 1]))))
    ++end;
  return end - at;
}

const Sign* sign_at(std::string_view text, std::size_t at) {
  for (const Sign& sign : signs)
    if (text.substr(at).starts_with(sign.written)) return &sign;
  return nullptr;
}

std::string with_plain_signs(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const Sign* sign = static_cast<unsigned char>(text[at]) >= 0x80 ? sign_at(text, at) : nullptr;
    if (sign == nullptr) {
      out.push_back(text[at++]);
      continue;
    }
    const bool is_own = sign->written == sign->text;  // a sign, and no part of a word
    out += is_own ? " " : "";
    out += sign->text;
    out += is_own ? " " : "";
    at += sign->written.size();
  }
  return out;
}

bool is_plain(Form form) {
  return form == Form::figure || form == Form::verb || form == Form::part || form == Form::outside ||
         form == Form::filler;
}

// How many tokens the phrase takes; 0: it does not stand there. The last word may be in the plural.
std::size_t length_of(std::span<const Token> tokens, std::size_t at, std::string_view phrase) {
  std::size_t length = 0;
  while (!phrase.empty()) {
    const std::string_view word = phrase.substr(0, phrase.find(' '));
    phrase.remove_prefix(std::min(word.size() + 1, phrase.size()));
    if (at + length >= tokens.size()) return 0;
    const std::string_view text = tokens[at + length].text;
    const bool is_plural = phrase.empty() && text.size() == word.size() + 1 && text.back() == 's' &&
                           text.substr(0, word.size()) == word && letters::is_letter(word.back());
    if (text != word && !is_plural) return 0;
    ++length;
  }
  return length;
}

template <class IsWanted>
FoundWord find(std::span<const Token> tokens, std::size_t at, const IsWanted& is_wanted) {
  FoundWord found;
  if (at >= tokens.size()) return found;
  const std::string_view text = tokens[at].text;
  for (const std::string_view first : {text, text.substr(0, text.size() - (text.ends_with('s') ? 1 : 0))}) {
    for (const ClaimWord& row : claim_words())
      if (row.phrase.substr(0, row.phrase.find(' ')) == first && is_wanted(row.form))
        if (const std::size_t length = length_of(tokens, at, row.phrase); length > found.length) found = {&row, length};
    if (!text.ends_with('s')) break;
  }
  return found;
}

}  // namespace

std::vector<Token> tokens_of(std::string_view written) {
  const std::string plain = with_plain_signs(written);
  const std::string_view text = plain;
  std::vector<Token> tokens;
  bool follows_blank = true;
  for (std::size_t at = 0; at < text.size();) {
    if (letters::is_space(text[at]) || std::string_view("*`\"").find(text[at]) != std::string_view::npos) {
      follows_blank = follows_blank || letters::is_space(text[at]);
      ++at;
      continue;
    }
    if (text[at] == '\'' && at + 1 < text.size() && text[at + 1] == 's' && word_at(text, at + 1) == 1) {
      at += 2;  // "the project's"
      continue;
    }
    Token token;
    std::size_t length = 1;
    if (text[at] == '\'' && at + 1 < text.size() && text[at + 1] == 't' && word_at(text, at + 1) == 1 &&
        !tokens.empty() && tokens.back().text.ends_with('n')) {
      tokens.back().text.pop_back();  // "doesn't"
      tokens.back().written.pop_back();
      tokens.push_back({"not", "not"});
      at += 2;
      continue;
    }
    if (const std::size_t version = version_at(text, at); version > 0) {
      length = version;
    } else if (letters::is_digit(text[at])) {
      length = date_at(text, at);
      token.is_number = length == 0;
      if (length == 0) length = number_at(text, at);
    } else if (is_of_word(text[at])) {
      length = word_at(text, at);
    }
    token.written = text.substr(at, length);
    token.text = letters::to_lower(token.written);
    token.follows_blank = follows_blank;
    tokens.push_back(std::move(token));
    follows_blank = false;
    at += length;
  }
  return tokens;
}

FoundWord find_word(std::span<const Token> tokens, std::size_t at, Form form) {
  return find(tokens, at, [form](Form one) { return one == form; });
}

FoundWord find_plain_word(std::span<const Token> tokens, std::size_t at) { return find(tokens, at, is_plain); }

}  // namespace cascade::metrics
