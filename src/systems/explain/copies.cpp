#include "explain/copies.h"

#include <algorithm>
#include <array>
#include <string>

#include "hash/content_hash.h"
#include "text/ascii.h"
#include "text/words.h"

namespace cascade::comprehension {
namespace {

constexpr std::size_t run_words = 3, short_runs = 6;
constexpr unsigned most_shared = 60;  // per cent

std::string without_code(std::string_view text) {
  std::string plain;
  bool in_code = false;
  for (const char c : text) {
    if (c == '`') in_code = !in_code;
    plain += in_code || c == '`' ? ' ' : c;
  }
  return plain;
}

}  // namespace

Runs runs_of(std::string_view text) {
  const std::string plain = without_code(text);
  Runs runs;
  std::array<std::uint64_t, run_words> last{};
  std::size_t words = 0;
  for (letters::WordCursor cursor(plain); cursor.next();) {
    std::rotate(last.begin(), last.begin() + 1, last.end());
    last.back() = hash::hash64(letters::to_lower(cursor.word()));
    if (++words >= run_words) runs.push_back(hash::hash64({reinterpret_cast<const char*>(last.data()), sizeof last}));
  }
  return runs;
}

void sort_runs(Runs& runs) {
  std::sort(runs.begin(), runs.end());
  runs.erase(std::unique(runs.begin(), runs.end()), runs.end());
}

unsigned share_in(const Runs& runs, const Runs& sorted) {
  if (runs.size() < 2 || sorted.empty()) return 0;
  const auto found = std::count_if(runs.begin(), runs.end(), [&](std::uint64_t run) {
    return std::binary_search(sorted.begin(), sorted.end(), run);
  });
  return static_cast<unsigned>(static_cast<std::size_t>(found) * 100 / runs.size());
}

bool is_copy(const Runs& runs, unsigned share) { return runs.size() < short_runs ? share == 100 : share > most_shared; }

}  // namespace cascade::comprehension
