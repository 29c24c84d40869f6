#include "audit/version_ranges.h"

#include <algorithm>
#include <cstddef>

#include "audit/changelog.h"
#include "text/ascii.h"

namespace cascade::audit {

namespace {

bool is_prefix(const std::string& a, const std::string& b) {
  return a == b || a.compare(0, b.size() + 1, b + ".") == 0 || b.compare(0, a.size() + 1, a + ".") == 0;
}

bool is_range(std::string_view text) { return text.find_first_of("<>^~=") != std::string_view::npos; }

// Whether a version is what one comparison allows; a version that leaves numbers open ("3" of "3.12") may be any of
// them.
bool is_allowed(std::string_view sign, const std::string& bound, const std::string& version) {
  const bool is_same = is_prefix(bound, version), is_later = numbers_of(version) >= numbers_of(bound);
  const auto within = [&](std::size_t numbers) {  // the same numbers at the beginning
    std::size_t end = 0;
    while (numbers > 0 && end < bound.size() && (bound[end] != '.' || --numbers > 0)) ++end;
    return end == 0 || is_prefix(bound.substr(0, end), version);
  };
  const auto numbers = static_cast<std::size_t>(std::count(bound.begin(), bound.end(), '.')) + 1;
  if (sign == "<") return !is_later;
  if (sign == "<=") return is_same || !is_later;
  if (sign == ">" || sign == ">=") return is_same || is_later;
  if (sign == "^") return is_same || (is_later && within(1));
  if (sign == "~") return is_same || (is_later && within(std::min<std::size_t>(numbers, 2)));
  if (sign == "~=" || sign == "~>") return is_same || (is_later && within(numbers - 1));
  return sign == "!=" || is_same;
}

// ">=3.8,<3.12", "^18 || >=20": every comparison of one alternative holds.
bool allows(std::string_view statement, const std::string& version) {
  constexpr std::string_view signs = "<>=~^!", digits = "0123456789.";
  bool holds = true;
  for (std::size_t at = 0; at < statement.size();) {
    if (statement[at] == '|') {
      if (holds) return true;
      at = std::min(statement.find_first_not_of('|', at), statement.size());
      holds = true;
      continue;
    }
    const std::size_t behind = std::min(statement.find_first_not_of(signs, at), statement.size());
    const std::size_t number = std::min(statement.find_first_not_of(" v\"'", behind), statement.size());
    const std::size_t end = std::min(statement.find_first_not_of(digits, number), statement.size());
    const std::string bound = digits_of(statement.substr(number, end - number));
    if (!bound.empty()) holds = holds && is_allowed(statement.substr(at, behind - at), bound, version);
    at = std::max(end, at + 1);
  }
  return holds;
}

}  // namespace

std::string digits_of(std::string_view text) {
  const std::size_t first = text.find_first_of("0123456789");
  if (first == std::string_view::npos) return {};
  text.remove_prefix(first);
  std::size_t end = 0;
  while (end < text.size() && (letters::is_digit(text[end]) || text[end] == '.')) ++end;
  std::string digits(text.substr(0, end));
  while (!digits.empty() && digits.back() == '.') digits.pop_back();
  return digits;
}

bool can_agree(const std::string& a, const std::string& b) {
  const std::string x = digits_of(a), y = digits_of(b);
  if (x.empty() || y.empty() || (is_prefix(x, y) && !is_range(a) && !is_range(b))) return true;
  if (is_range(a) && is_range(b)) return true;
  return is_range(a) ? allows(a, y) : is_range(b) && allows(b, x);
}

}  // namespace cascade::audit
