// Bytes as ASCII letters, without a locale. Bytes from 0x80 up are neither letters nor spaces. And texts put together.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace cascade::letters {

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool is_octal_digit(char c) noexcept { return c >= '0' && c <= '7'; }
constexpr bool is_lower(char c) noexcept { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
constexpr bool is_letter(char c) noexcept { return is_lower(c) || is_upper(c); }
constexpr bool is_letter_or_digit(char c) noexcept { return is_letter(c) || is_digit(c); }
constexpr bool is_word(char c) noexcept { return is_letter(c) || is_digit(c) || c == '_'; }  // as \w
constexpr bool is_name(char c) noexcept { return is_word(c) || c == '-'; }
constexpr bool is_blank(char c) noexcept { return c == ' ' || c == '\t'; }
constexpr bool is_space(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }        // \t \n \v \f \r
constexpr bool is_json_space(char c) noexcept { return is_blank(c) || c == '\n' || c == '\r'; }  // also YAML's
constexpr bool is_punctuation(char c) noexcept { return c > ' ' && c < 0x7F && !is_letter_or_digit(c); }
constexpr char to_lower(char c) noexcept { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr char to_upper(char c) noexcept { return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c; }

// The value of a hexadecimal digit; -1: not a digit.
constexpr int hex_value(char c) noexcept {
  if (is_digit(c)) return c - '0';
  const char lower = to_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

inline std::string to_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = to_lower(c);
  return out;
}

// Equal regardless of case.
constexpr bool equals_folded(std::string_view a, std::string_view b) noexcept {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (to_lower(a[i]) != to_lower(b[i])) return false;
  return true;
}

// `word` must be in lower case.
constexpr bool equals_lower(std::string_view text, std::string_view word) noexcept {
  if (text.size() != word.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i)
    if (to_lower(text[i]) != word[i]) return false;
  return true;
}

constexpr bool starts_with_lower(std::string_view text, std::string_view word) noexcept {
  return text.size() >= word.size() && equals_lower(text.substr(0, word.size()), word);
}

// The bytes of one kind that a text begins with, and those that it ends with.
template <typename Is>
constexpr std::string_view run_at_begin(std::string_view text, const Is& is) noexcept {
  std::size_t size = 0;
  while (size < text.size() && is(text[size])) ++size;
  return text.substr(0, size);
}
template <typename Is>
constexpr std::string_view run_at_end(std::string_view text, const Is& is) noexcept {
  std::size_t begin = text.size();
  while (begin > 0 && is(text[begin - 1])) --begin;
  return text.substr(begin);
}

constexpr std::string_view trim_left(std::string_view text) noexcept {
  return text.substr(run_at_begin(text, is_space).size());
}
constexpr std::string_view trim(std::string_view text) noexcept {
  text = trim_left(text);
  return text.substr(0, text.size() - run_at_end(text, is_space).size());
}

// With a sign between them: none before the first that is not empty. `text_of` is a function or a member.
template <typename Items, typename TextOf>
std::string joined(const Items& items, std::string_view between, TextOf text_of) {
  std::string text;
  for (const auto& item : items) {
    text.append(text.empty() ? std::string_view() : between);
    if constexpr (std::is_member_object_pointer_v<TextOf>)
      text.append(item.*text_of);
    else
      text.append(text_of(item));
  }
  return text;
}

template <typename Items>
std::string joined(const Items& items, std::string_view between) {
  return joined(items, between, [](std::string_view item) { return item; });
}

// The texts between these signs: one more than there are signs, so that an empty text has one.
inline std::vector<std::string_view> parts(std::string_view text, char between) {
  std::vector<std::string_view> found;
  for (std::size_t end = text.find(between); end != std::string_view::npos; end = text.find(between)) {
    found.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  found.push_back(text);
  return found;
}

// LF, CR LF and CR alone each end one line.
inline std::size_t count_line_ends(std::string_view text) noexcept {
  std::size_t ends = 0;
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) ++ends;
  for (std::size_t at = text.find('\r'); at != std::string_view::npos; at = text.find('\r', at + 1))
    ends += at + 1 == text.size() || text[at + 1] != '\n' ? 1 : 0;
  return ends;
}

}  // namespace cascade::letters
