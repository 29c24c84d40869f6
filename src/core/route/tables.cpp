// From a file that anybody may have changed: a search stops after as many steps as there are slots, whatever they hold.
#include "route/tables.h"

#include <tuple>

#include "tables/block.h"
#include "text/suggestion.h"

namespace cascade::route {
namespace {

constexpr std::array<std::uint64_t, 256> letter_bits = [] {
  std::array<std::uint64_t, 256> bits{};
  for (std::size_t i = 0; i < 26; ++i) bits['a' + i] = std::uint64_t{1} << i;
  for (std::size_t i = 0; i < 10; ++i) bits['0' + i] = std::uint64_t{1} << (26 + i);
  return bits;
}();

}  // namespace

std::uint32_t Tables::find(std::string_view stem) const noexcept {
  if (slots.size == 0 || (slots.size & (slots.size - 1)) != 0) return none;
  const std::uint32_t hash = hash_of(stem);
  const std::size_t mask = slots.size - 1;
  std::size_t at = hash & mask;
  for (std::size_t tried = 0; tried < slots.size; ++tried, at = (at + 1) & mask) {
    const std::uint32_t id = slots[at];
    if (id >= terms.size) return none;
    if (terms[id].hash == hash && read(terms[id].text) == stem) return id;
  }
  return none;
}

bool Tables::open(std::string_view bytes) {
  tables::BlockReader block;
  if (!block.open(bytes, route_regions)) return false;
  std::size_t next = 0;
  const auto take = [&](auto& table) { return block.table(next++, table); };
  const bool taken = take(counts) && take(slots) && take(terms) && take(postings) && take(entries) && take(phrases) &&
                     take(phrase_words) && take(word_concepts) && take(names) && take(needs) && take(repair_buckets) &&
                     take(repairs) && block.bytes(next, text);
  SharedTables::operator=(lexicon_table());
  return taken && counts.size == 1 && counts[0].version == tables_version;
}

std::uint64_t letters_of(std::string_view text) noexcept {
  std::uint64_t letters = 0;
  for (const char c : text) letters |= letter_bits[static_cast<unsigned char>(c)];
  return letters;
}

std::uint32_t repair_bucket(std::string_view text) noexcept {
  if (text.size() < 3 || text.size() >= repair_lengths || !letters::is_lower(text[0])) return none;
  return static_cast<std::uint32_t>(text[0] - 'a') * repair_lengths + static_cast<std::uint32_t>(text.size());
}

// The sets of letters reject most candidates with one exclusive or: an edit changes at most two members of the set. The
// first letter must agree because people rarely mistype it, and it divides the work by the number of letters.
std::uint32_t repair(const Tables& tables, std::string_view word) {
  const std::uint32_t bucket = repair_bucket(word);
  if (bucket == none || word.size() < 3) return none;
  const std::uint32_t limit = word.size() >= 7 ? 2 : 1;
  constexpr std::size_t long_word = 10;
  const std::uint64_t own_letters = letters_of(word);
  std::uint32_t best = none;
  std::tuple best_rank{limit + 1, 0U, 0U};  // edits, then what is known, then what is frequent; the first of equals
  const auto shortest = static_cast<std::uint32_t>(word.size()) - limit;
  if (word.size() <= 4 && word.find_first_of("aeiouy") == std::string_view::npos) return none;  // "sftp" is a name
  for (std::uint32_t length = shortest; length <= word.size() + limit && length < repair_lengths; ++length) {
    const std::uint32_t at = bucket - static_cast<std::uint32_t>(word.size()) + length;
    if (at >= tables.repair_buckets.size) continue;
    for (const RepairRecord& record : tables.read(tables.repairs, tables.repair_buckets[at])) {
      const std::uint64_t differing = own_letters ^ record.letters;
      if (__builtin_popcountll(differing) > static_cast<int>(2 * limit) || record.term >= tables.terms.size) continue;
      const TermRecord& term = tables.terms[record.term];
      if (word.size() == 3 && length != 4) continue;  // three letters: only repair one that was left out
      if (word.size() == 4 && length < 4) continue;   // nor is one of four too long
      if (word.size() < long_word && length + 2 <= word.size()) continue;  // two too many: "postfix" is not "posix"
      const auto edits =
          static_cast<std::uint32_t>(letters::edit_distance(word, tables.read(TextSpan{record.text, length}), limit));
      if (edits > limit) continue;
      const std::tuple rank{edits, 1U - (term.known & 1U), ~term.postings.count};
      if (rank >= best_rank) continue;
      best = record.term;
      best_rank = rank;
    }
  }
  return best;
}

// Halves the value for the whole part of its logarithm and squares the rest repeatedly for the fraction: each square
// yields one more binary digit. The standard library's logarithm may differ in the last bit between machines.
std::uint32_t log2_of(std::uint64_t value) noexcept {
  if (value <= 256) return 0;
  std::uint32_t whole = 0;
  while (value >= 512) {
    value = (value + 1) / 2;
    ++whole;
  }
  std::uint32_t fraction = 0;
  for (int digit = 0; digit < 6; ++digit) {
    value = value * value / 256;
    fraction *= 2;
    if (value >= 512) {
      value /= 2;
      ++fraction;
    }
  }
  return whole * 64 + fraction;
}

std::uint16_t rarity(std::size_t all, std::uint64_t sixteenths) noexcept {
  const std::uint64_t n = static_cast<std::uint64_t>(all) + 8;
  const std::uint64_t share = n * 256 * 16 / (sixteenths + 8);
  return static_cast<std::uint16_t>(log2_of(share + 64));
}

}  // namespace cascade::route

namespace cascade {

Result<Router> RouterTables::open(std::shared_ptr<const void> owner, std::string_view bytes, Registry registry) {
  auto state = std::make_shared<Router::State>(std::move(registry));
  if (!state->tables.open(bytes) || state->tables.counts[0].manifests != state->registry.size())
    return Error{ErrorCode::malformed, "the router's tables do not fit", "", ""};
  state->owner = std::move(owner);
  state->bytes = bytes;
  return Router(std::move(state));
}

}  // namespace cascade
