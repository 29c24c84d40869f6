#include "client/dialect.h"

#include <algorithm>
#include <set>

#include "text/ascii.h"
#include "unicode/utf8.h"

namespace cascade::client {

std::string skill_element(const ListedSkill& skill) {
  return "  <skill>\n    <name>" + skill.name + "</name>\n    <description>" + skill.description +
         "</description>\n    <location>" + skill.path + "</location>\n  </skill>\n";
}

bool is_direct(const ListedSkill& skill) noexcept { return std::ranges::count(skill.inner, '/') <= 1; }

void keep_first_of_a_name(std::vector<ListedSkill>& skills) {
  std::set<std::string> names;
  std::erase_if(skills, [&](const ListedSkill& skill) { return !names.insert(skill.name).second; });
}

// Compares two names up to three times, as collation does: by letters, then by marks, then by case. Each pass decides
// only if the passes before found no difference, so "a" < "ä" < "b". Tables here replace a collation library: clients
// sort by the root collation, and only names of manifests are compared.
namespace {

// By ascending weight (the root collation of Unicode; checked against 2.1.328 with 23 names).
constexpr std::string_view signs = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";

// The plain letters for U+00C0 to U+017F; a blank: none.
constexpr std::string_view plain =
    "AAAAAA CEEEEIIII NOOOOO  UUUUY  aaaaaa ceeeeiiii nooooo  uuuuy yAaAaAaCcCcCcCcDd  EeEeEeEeEeGgGgGgGg"
    "Hh  IiIiIiIiI   JjKk LlLlLl    NnNnNn   OoOoOo  RrRrRrSsSsSsSsTtTt  UuUuUuUuUuUuWwYyYZzZzZz ";
static_assert(plain.size() == 0x180 - 0xC0);

struct Weight {
  std::uint32_t letter = 0, mark = 0;
  bool capital = false;
};

Weight weight(char32_t c) {
  const char32_t marked = c;
  if (c >= 0xC0 && c < 0x180 && plain[c - 0xC0] != ' ') c = static_cast<unsigned char>(plain[c - 0xC0]);
  constexpr std::uint32_t digits = 64, rest = 128;
  if (c >= 0x80) return {rest + static_cast<std::uint32_t>(c), 0, false};
  const char plain_letter = static_cast<char>(c);
  if (const std::size_t sign = signs.find(plain_letter); sign != std::string_view::npos)
    return {static_cast<std::uint32_t>(sign) + 1, 0, false};
  if (letters::is_digit(plain_letter)) return {digits + static_cast<std::uint32_t>(plain_letter - '0'), 0, false};
  return {rest + static_cast<unsigned char>(letters::to_lower(plain_letter)),
          marked == c ? 0 : static_cast<std::uint32_t>(marked), letters::is_upper(plain_letter)};
}

template <typename Part>
int compare_by(std::string_view a, std::string_view b, const Part& part) noexcept {
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    const unicode::Decoded left = unicode::decode(a, i), right = unicode::decode(b, j);
    const std::uint32_t x = part(weight(left.code_point)), y = part(weight(right.code_point));
    if (x != y) return x < y ? -1 : 1;
    i += left.length;
    j += right.length;
  }
  return i < a.size() ? 1 : j < b.size() ? -1 : 0;
}

}  // namespace

int compare_names(std::string_view a, std::string_view b) noexcept {
  if (const int letters = compare_by(a, b, [](const Weight& w) { return w.letter; }); letters != 0) return letters;
  if (const int marks = compare_by(a, b, [](const Weight& w) { return w.mark; }); marks != 0) return marks;
  return compare_by(a, b, [](const Weight& w) { return std::uint32_t{w.capital}; });
}

}  // namespace cascade::client
