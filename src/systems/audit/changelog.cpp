#include "audit/changelog.h"

#include <algorithm>
#include <cstddef>

#include "audit/commands.h"
#include "audit/lists.h"
#include "audit/subject.h"
#include "text/ascii.h"

namespace cascade::audit {
namespace {

constexpr std::size_t least_words = 3;

// Words that a heading may have before its version.

bool is_rule(std::string_view line) {
  line = letters::trim(line);
  return line.size() >= 3 && std::string_view("=-~^*+#\"'").find(line.front()) != std::string_view::npos &&
         line.find_first_not_of(line.front()) == std::string_view::npos;
}

bool begins_with_mark(std::string_view text) {
  return text.empty() || std::string_view("([-:,/|").find(text.front()) != std::string_view::npos ||
         letters::is_digit(text.front());
}

// How a heading is marked: "##", "=" for an underlined one, "" for a line that stands by itself.
struct Heading {
  std::string mark, version;
  bool is_heading = false, begins = false;  // begins: with the version
};

// "2022.07.12"
bool is_date(std::string_view version) {
  return version.size() >= 8 && version[4] == '.' &&
         (version.compare(0, 2, "20") == 0 || version.compare(0, 2, "19") == 0);
}

// A line without a mark names a version if nothing but "Release", a date or the name of the program stands before it.
// "Changes from 1.1 to 1.2" are those of the latter.
std::string version_of_line(std::string_view line) {
  if (const std::size_t to = line.find(" to "); to != std::string_view::npos && line.find("from ") < to)
    line.remove_prefix(to + 4);
  const auto words = parts_of(line);
  bool by_words = true;
  for (std::size_t i = 0; i < std::min<std::size_t>(words.size(), 8); ++i) {
    const std::string version = version_at(words[i]);
    if (words[i] == "since") return {};  // "Changes since version 1.1" are those of a later one
    if (version.empty()) {
      by_words = by_words && has(lists::before_version, words[i]);
      continue;
    }
    const std::size_t end = line.find(words[i]) + words[i].size();
    const bool is_alone = i == 1 && begins_with_mark(letters::trim(line.substr(end)));
    const bool is_released =
        i > 1 && (words[i - 1] == "version" || words[i - 1] == "release" || words[i - 1] == "released" ||
                  words[i - 2] == "released" || (i + 1 < words.size() && words[i + 1] == "released"));
    if (i == 0 && is_date(version)) {
      by_words = true;
      continue;
    }
    return by_words || is_alone || is_released || (i == 1 && words[i].front() == '(') ? version : std::string();
  }
  return {};
}

Heading heading_of(const std::vector<std::string_view>& lines, std::size_t at) {
  const std::string_view line = lines[at], trimmed = letters::trim(line);
  Heading heading;
  if (trimmed.empty() || is_rule(trimmed)) return heading;
  const bool is_first = line.front() != ' ' && line.front() != '\t';
  const bool is_item = (trimmed.compare(0, 2, "* ") == 0 || trimmed.compare(0, 2, "- ") == 0) &&
                       letters::to_lower(trimmed.substr(2)).compare(0, 8, "version ") != 0;
  const std::size_t title = trimmed.find_first_not_of("#= *`_");
  if (trimmed.front() == '#')
    heading.mark = std::string(trimmed.substr(0, trimmed.find_first_not_of('#')));
  else if (is_first && at + 1 < lines.size() && is_rule(lines[at + 1]))
    heading.mark = lines[at + 1].substr(0, 1);
  else if (trimmed.compare(0, 2, "==") == 0)
    heading.mark = "==";
  heading.is_heading = !heading.mark.empty();
  if (title == std::string_view::npos || (!heading.is_heading && (!is_first || is_item))) return heading;
  const std::string_view text = trimmed.substr(title);
  const std::string lower = letters::to_lower(text);
  heading.version = version_at(text);
  if (is_date(heading.version))
    if (std::string other = version_of_line(lower); !other.empty()) heading.version = std::move(other);
  heading.begins = !heading.version.empty();
  const bool stands_alone = at == 0 || letters::trim(lines[at - 1]).empty() || is_rule(lines[at - 1]);
  if (!heading.begins && heading.is_heading) heading.version = version_in(text);
  if (!heading.begins && !heading.is_heading && stands_alone) heading.version = version_of_line(lower);
  return heading;
}

}  // namespace

std::string version_at(std::string_view text) {
  while (!text.empty() && std::string_view("[vV (").find(text.front()) != std::string_view::npos) text.remove_prefix(1);
  std::size_t end = 0, dots = 0;
  while (end < text.size() && (letters::is_digit(text[end]) || text[end] == '.')) dots += text[end++] == '.' ? 1 : 0;
  if (end == 0 || dots == 0 || !letters::is_digit(text.front())) return {};
  std::string version(text.substr(0, end));
  while (!version.empty() && version.back() == '.') version.pop_back();
  return version.find('.') == std::string::npos ? std::string() : version;
}

std::string version_in(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!letters::is_digit(text[at])) continue;
    const bool after_v = at > 0 && (text[at - 1] == 'v' || text[at - 1] == 'V') &&
                         (at == 1 || !letters::is_letter_or_digit(text[at - 2]));
    if (at == 0 || after_v || (!letters::is_letter_or_digit(text[at - 1]) && text[at - 1] != '.'))
      if (std::string version = version_at(text.substr(at)); !version.empty()) return version;
    while (at + 1 < text.size() && (letters::is_digit(text[at + 1]) || text[at + 1] == '.')) ++at;
  }
  return {};
}

std::vector<int> numbers_of(std::string_view version) {
  std::vector<int> numbers{0};
  for (const char c : version) {
    if (c == '.')
      numbers.push_back(0);
    else if (numbers.back() < 100'000)
      numbers.back() = numbers.back() * 10 + (c - '0');
  }
  return numbers;
}

std::optional<LoggedVersion> newest_logged(const Repository& repository, const std::string& path) {
  const auto lines = lines_of(repository.text(path));
  std::vector<LoggedVersion> found;
  std::string mark;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    Heading heading = heading_of(lines, at);
    // A heading below that of a version may name another one: "Upgrading from 1.2".
    if (!heading.version.empty() && (found.empty() || heading.begins || heading.mark == mark)) {
      mark = heading.mark;
      found.push_back({std::move(heading.version), {path, static_cast<std::uint32_t>(at) + 1}, 0});
    } else if (!found.empty() && !heading.is_heading && !is_rule(lines[at])) {
      found.back().words += count_own_words(lines[at]);
    }
  }
  std::erase_if(found, [](const LoggedVersion& one) { return one.words < least_words; });
  if (found.empty()) return std::nullopt;
  // Some logs begin with the oldest version.
  return numbers_of(found.front().version) < numbers_of(found.back().version) ? found.back() : found.front();
}

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
