// A secret is recognised by its issuer's mark, by its place, or by looking random, in this order: the exact ways come
// first, so that the kind can be named; entropy finds unknown kinds.
#include "secrets/find.h"

#include "secrets/lists.h"
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

}  // namespace cascade::secrets
