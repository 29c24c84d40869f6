// A secret is recognised by its issuer's mark, by its place, or by looking random, in this order: the exact ways come
// first, so that the kind can be named; entropy finds unknown kinds.
#include "secrets/find.h"

#include <algorithm>
#include <array>

#include "secrets/lists.h"
#include "secrets/words.h"
#include "text/ascii.h"
#include "text/names.h"
#include "text/words.h"

namespace cascade::secrets {
namespace {

void sort_by_place(std::vector<Secret>& found) {
  std::stable_sort(found.begin(), found.end(), [](const Secret& a, const Secret& b) { return a.begin < b.begin; });
}

Redacted without(std::string_view text, const std::vector<Secret>& found) {
  Redacted result;
  std::size_t at = 0;
  for (std::size_t i = 0; i < found.size();) {
    // The first finding keeps its kind; overlapping ones extend it.
    std::size_t end = found[i].end, next = i + 1;
    while (next < found.size() && found[next].begin < end) end = std::max(end, found[next++].end);
    result.text.append(text.substr(at, found[i].begin - at));
    result.text.append("[secret removed: ").append(found[i].kind).append("]");
    result.kinds.emplace_back(found[i].kind);
    at = end;
    i = next;
  }
  result.text.append(text.substr(at));
  return result;
}

}  // namespace

std::vector<Secret> find_certain(std::string_view text) {
  std::vector<Secret> found;
  find_marked(text, found);
  find_in_addresses(text, found);
  std::erase_if(found, [](const Secret& secret) { return !secret.is_certain; });
  sort_by_place(found);
  // One within another is part of it: a token as the password of an address.
  std::size_t end = 0;
  std::erase_if(found, [&](const Secret& secret) {
    const bool inside = secret.begin < end;
    end = std::max(end, secret.end);
    return inside;
  });
  return found;
}

std::vector<Secret> find_all(std::string_view text) {
  std::vector<Secret> found;
  find_marked(text, found);
  find_in_addresses(text, found);
  find_placed(text, found);
  find_chance(text, found);
  sort_by_place(found);
  return found;
}

std::string masked(std::string_view text) {
  std::string out(text);
  for (const Secret& secret : find_certain(text))
    for (std::size_t i = secret.begin + secret.shown; i < secret.end; ++i)
      if (out[i] != '\n') out[i] = '*';
  return out;
}

Redacted redacted(std::string_view text) { return without(text, find_all(text)); }
Redacted redacted_certain(std::string_view text) { return without(text, find_certain(text)); }

bool is_called_fake(std::string_view text, const Secret& secret) noexcept {
  std::size_t line = secret.begin;
  while (line > 0 && text[line - 1] != '\n' && secret.begin - line < 200) --line;
  const std::size_t end = std::min({text.find('\n', secret.end), secret.end + 200, text.size()});
  return letters::has_phrase(text.substr(line, secret.begin - line), list::fake_before) ||
         letters::has_phrase(text.substr(secret.end, end - secret.end), list::fake_behind);
}

bool is_public(std::string_view text, const Secret& secret) noexcept {
  constexpr std::size_t near = 300;
  const std::size_t begin = secret.begin - std::min(secret.begin, near);
  return !secret.public_beside.empty() &&
         text.substr(begin, secret.end - begin + near).find(secret.public_beside) != std::string_view::npos;
}

// "Example API key:", then the key on a line of its own, or in a fence.
bool is_introduced_as_example(std::string_view text, const Secret& secret) noexcept {
  std::size_t end = text.substr(0, secret.begin).find_last_not_of(" \t");
  for (int skipped = 0; skipped < 4; ++skipped) {
    if (end == std::string_view::npos || text[end] != '\n' || end == 0) return false;
    const std::size_t before = text.find_last_of('\n', end - 1), begin = before + 1;  // npos + 1 is 0
    const std::string_view line = letters::trim(text.substr(begin, end - begin));
    if (!line.empty() && line.substr(0, 3) != "```")
      return line.size() < 200 && line.back() == ':' && letters::has_phrase(line, list::example) &&
             letters::has_phrase(line, list::secret_words);
    if (before == std::string_view::npos) return false;
    end = before;
  }
  return false;
}

// The words and forms by which a secret is told from other text.

bool is_word(std::string_view lower, Roles role) noexcept {
  const Word* found = letters::find_row(words(), &Word::text, lower);
  return found != nullptr && (found->roles & role) != 0;
}

std::size_t word_at(std::string_view lower, Roles role) noexcept {
  std::size_t longest = 0;
  each_word_of(role, [&](const Word& word) {
    if (word.text.size() > longest && lower.substr(0, word.text.size()) == word.text) longest = word.text.size();
  });
  return longest;
}

bool holds_word(std::string_view text, Roles role) noexcept {
  const auto same = [](char a, char b) { return letters::to_lower(a) == b; };
  bool held = false;
  each_word_of(role, [&](const Word& word) {
    held = held || std::search(text.begin(), text.end(), word.text.begin(), word.text.end(), same) != text.end();
  });
  return held;
}

bool belongs(char c, Letters letters) noexcept {
  switch (letters) {
    case Letters::alphanumeric: return letters::is_letter_or_digit(c);
    case Letters::upper: return letters::is_upper(c) || letters::is_digit(c);
    case Letters::hex: return letters::hex_value(c) >= 0;
    case Letters::digits: return letters::is_digit(c);
    case Letters::token: return letters::is_name(c);
    case Letters::tilde: return letters::is_name(c) || c == '.' || c == '~';
    case Letters::web: return letters::is_name(c) || c == '.' || c == '=';
    case Letters::dotted: return belongs(c, Letters::tilde) || c == '+' || c == '/' || c == '=';
    case Letters::address: return belongs(c, Letters::dotted) || c == ':' || c == '@';
    case Letters::printable: return c > ' ' && c < 0x7f && c != '"' && c != '\'' && c != '`';
    case Letters::block: return true;
  }
  return false;
}

std::size_t run_end(std::string_view text, std::size_t at, Letters letters) noexcept {
  const std::size_t begin = at;
  while (at < text.size() && belongs(text[at], letters)) ++at;
  while (at > begin && text[at - 1] == '.') --at;
  return at;
}

namespace {

// log2(n) in 1/256 bits: 2^(whole) <= n, then eight squarings for the fraction.
std::uint64_t log2_256(std::uint64_t n) noexcept {
  std::uint64_t whole = 0;
  while ((n >> whole) > 1) ++whole;
  std::uint64_t mantissa = (n << 16) >> whole, fraction = 0;  // 1.0 to 2.0 as 16.16
  for (int bit = 7; bit >= 0; --bit) {
    mantissa = mantissa * mantissa >> 16;
    if (mantissa < (2U << 16)) continue;
    mantissa >>= 1;
    fraction |= 1U << bit;
  }
  return whole * 256 + fraction;
}

// A number, or a word: all small, all large, or only the first large.
bool is_plain_part(std::string_view part) noexcept {
  constexpr std::size_t longest_word = 20;
  if (std::ranges::all_of(part, letters::is_digit)) return true;
  return part.size() <= longest_word && letters::is_letter(part.front()) &&
         (std::ranges::all_of(part.substr(1), letters::is_lower) || std::ranges::all_of(part, letters::is_upper));
}

template <typename See>
void each_part(std::string_view value, const See& see) {
  for (std::size_t begin = 0; begin <= value.size();) {
    const std::size_t end = std::min(value.find_first_of("-_./", begin), value.size());
    if (end > begin) see(value.substr(begin, end - begin));
    begin = end + 1;
  }
}

// The parts between "_", "-", "." and "/" are words or numbers, as in names: "config_registry_2".
bool reads_as_words(std::string_view value) noexcept {
  std::size_t parts = 0;
  bool plain = true;
  each_part(value, [&](std::string_view part) {
    ++parts;
    plain = plain && is_plain_part(part);
  });
  return plain && parts > 0 && std::any_of(value.begin(), value.end(), letters::is_letter);
}

// A reference is known by how it begins or by what it asks. A new store of secrets is one row of words.tsv.

// "$GITHUB_TOKEN", "$token_2": a name. "$ecret42": more likely a password.
bool is_variable(std::string_view name) noexcept {
  if (name.empty() || letters::is_digit(name.front()) || !std::ranges::all_of(name, letters::is_word)) return false;
  return std::none_of(name.begin(), name.end(), letters::is_lower) ||
         std::none_of(name.begin(), name.end(), letters::is_digit) || name.find('_') != std::string_view::npos;
}

}  // namespace

std::uint64_t entropy_256(std::string_view value) noexcept {
  if (value.empty()) return 0;
  std::array<std::uint64_t, 256> counts{};
  for (const char c : value) ++counts[static_cast<unsigned char>(c)];
  std::uint64_t sum = 0;
  for (const std::uint64_t count : counts)
    if (count > 1) sum += count * log2_256(count);
  const std::uint64_t n = value.size();
  return log2_256(n) - std::min(log2_256(n), sum / n);
}

bool looks_random(std::string_view value) noexcept {
  return !value.empty() && entropy_256(value) >= std::min<std::uint64_t>(3 * 256, log2_256(value.size()) * 3 / 4);
}

bool counts_up(std::string_view value) noexcept {
  std::size_t equal = 0, rising = 0, stepping = 0;
  for (std::size_t i = 1; i < value.size(); ++i) {
    equal = value[i] == value[i - 1] ? equal + 1 : 0;
    rising = value[i] == value[i - 1] + 1 ? rising + 1 : 0;
    stepping = i > 1 && value[i] == value[i - 2] + 1 ? stepping + 1 : 0;  // A1B2C3
    if (equal >= 4 || rising >= 5 || stepping >= 5) return true;
  }
  return false;
}

bool is_made_of_runs(std::string_view value) noexcept {
  constexpr std::size_t least = 3;
  std::size_t run = 1;
  for (std::size_t i = 1; i < value.size(); ++i) {
    if (value[i] == value[i - 1] + 1 || value[i] == value[i - 1]) {
      ++run;
    } else {
      if (run < least) return false;
      run = 1;
    }
  }
  return value.size() >= least && run >= least;
}

std::string_view longest_part(std::string_view value) noexcept {
  std::string_view longest;
  each_part(value, [&](std::string_view part) {
    if (part.size() > longest.size()) longest = part;
  });
  return longest;
}

bool is_stand_in(std::string_view value) noexcept {
  if (value.empty() || reads_as_words(value) || holds_word(value, roles::stand_in)) return true;
  const auto same = std::count(value.begin(), value.end(), value.back());
  return static_cast<std::size_t>(same) * 2 >= value.size();
}

bool is_secret_reference(std::string_view value) noexcept {
  if (value.size() > 1 && value.front() == '$' && is_variable(value.substr(1))) return true;
  if (value.size() > 2 && value.front() == '%' && value.back() == '%' && is_variable(value.substr(1, value.size() - 2)))
    return true;
  constexpr std::size_t longest = 16;  // of what references begin with
  return word_at(letters::to_lower(value.substr(0, longest)), roles::reference) > 0 || holds_word(value, roles::store);
}

}  // namespace cascade::secrets
