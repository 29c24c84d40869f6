#include "route/repair.h"

#include "text/ascii.h"

#include <algorithm>
#include <array>

namespace cascade::route {

std::uint32_t edits_between(std::string_view a, std::string_view b, std::uint32_t limit) {
  constexpr std::size_t longest = repair_lengths;
  if (a.size() > longest || b.size() > longest) return limit + 1;
  std::array<std::array<std::uint8_t, longest + 1>, 3> rows{};
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = static_cast<std::uint8_t>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i - 1) % 3];
    row[0] = static_cast<std::uint8_t>(i);
    std::uint8_t least = row[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int change = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      int best = std::min({change, above[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        best = std::min(best, rows[(i - 2) % 3][j - 2] + 1);
      row[j] = static_cast<std::uint8_t>(best);
      least = std::min(least, row[j]);
    }
    if (least > limit) return limit + 1;
  }
  return std::min<std::uint32_t>(rows[a.size() % 3][b.size()], limit + 1);
}

namespace {

constexpr std::array<std::uint64_t, 256> letter_bits = [] {
  std::array<std::uint64_t, 256> bits{};
  for (std::size_t i = 0; i < 26; ++i) bits['a' + i] = std::uint64_t{1} << i;
  for (std::size_t i = 0; i < 10; ++i) bits['0' + i] = std::uint64_t{1} << (26 + i);
  return bits;
}();

}  // namespace

std::uint64_t letters_of(std::string_view text) noexcept {
  std::uint64_t letters = 0;
  for (const char c : text) letters |= letter_bits[static_cast<unsigned char>(c)];
  return letters;
}

std::uint32_t repair_bucket(std::string_view text) noexcept {
  if (text.size() < 3 || text.size() >= repair_lengths || !letters::is_lower(text[0])) return none;
  return static_cast<std::uint32_t>(text[0] - 'a') * repair_lengths + static_cast<std::uint32_t>(text.size());
}

std::uint32_t repair(const Tables& tables, std::string_view word) {
  const std::uint32_t bucket = repair_bucket(word);
  if (bucket == none || word.size() < 3) return none;
  const std::uint32_t limit = word.size() >= 7 ? 2 : 1;
  const std::uint64_t letters = letters_of(word);
  std::uint32_t best = none, best_edits = limit + 1, best_known = 0, best_count = 0;
  const auto shortest = static_cast<std::uint32_t>(word.size()) - limit;
  for (std::uint32_t length = shortest; length <= word.size() + limit && length < repair_lengths; ++length) {
    const std::uint32_t at = bucket - static_cast<std::uint32_t>(word.size()) + length;
    if (at >= tables.repair_buckets.size) continue;
    for (const RepairRecord& record : tables.read(tables.repairs, tables.repair_buckets[at])) {
      const std::uint64_t differing = letters ^ record.letters;
      if (__builtin_popcountll(differing) > static_cast<int>(2 * limit) || record.term >= tables.terms.size) continue;
      const TermRecord& term = tables.terms[record.term];
      if (word.size() == 3 && record.text.length != 4) continue;  // only a letter left out
      const std::uint32_t edits = edits_between(word, tables.read(record.text), limit);
      if (edits > limit) continue;
      const std::uint32_t known = term.known & 1;
      const auto better = [&] {
        if (best == none || edits != best_edits) return best == none || edits < best_edits;
        if (known != best_known) return known > best_known;
        return term.postings.count > best_count;  // equal ones: the first by text
      };
      if (!better()) continue;
      best = record.term;
      best_edits = edits;
      best_known = known;
      best_count = term.postings.count;
    }
  }
  return best;
}

}  // namespace cascade::route
