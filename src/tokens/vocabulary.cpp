// Looks a byte string up in an open-addressed hash table in the mapped file. A slot holds 14 bits of the hash and the
// rank, so almost all wrong slots are skipped without touching the token's text; the text is compared only if these
// agree. Several searches are run side by side (prepare), because each alone would mostly wait for memory.
#include "tokens/vocabulary.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>

#include "hash/content_hash.h"
#include "text/ascii.h"
#include "tokens/little_endian.h"
#include "tokens/vocabulary_format.h"

namespace cascade::tokens {
namespace {

constexpr const char* rebuild =
    "make the table again: build Cascade where npm can be had, or run scripts/vocabulary of its sources";

Error broken(const std::string& path, const std::string& what) {
  return Error{ErrorCode::malformed, "not a usable vocabulary table: " + what, path, rebuild};
}

// The name in the header without padding. Empty: not a plain word.
std::string_view name_in(std::string_view table) {
  std::string_view name = table.substr(format::name_at, format::name_size);
  name = name.substr(0, name.find('\0'));
  for (const char c : name)
    if (!letters::is_lower(c) && !letters::is_digit(c) && c != '_') return {};
  return name;
}

// Whether the first and the last Word of both are equal. REQUIRES: size is at least that of a Word.
template <typename Word>
bool same_ends(const char* a, const char* b, std::size_t size) noexcept {
  const auto word = [](const char* at) {
    Word loaded;
    std::memcpy(&loaded, at, sizeof loaded);
    return loaded;
  };
  const std::size_t last = size - sizeof(Word);
  return ((word(a) ^ word(b)) | (word(a + last) ^ word(b + last))) == 0;
}

// a == b. memcmp reads 32 bytes at a time, which for a token's text often touches a second cache line.
bool same_text(std::string_view a, std::string_view b) noexcept {
  const std::size_t size = a.size();
  if (size != b.size()) return false;
  if (size > 16) return a == b;
  if (size >= 8) return same_ends<std::uint64_t>(a.data(), b.data(), size);
  if (size >= 4) return same_ends<std::uint32_t>(a.data(), b.data(), size);
  return std::equal(a.begin(), a.end(), b.begin());
}

}  // namespace

Result<Vocabulary> Vocabulary::read(std::string_view table, const std::string& path) {
  if (table.size() < format::header_size || table.substr(0, format::magic.size()) != format::magic)
    return broken(path, "it does not begin like one");
  if (const auto version = load<std::uint32_t>(table, format::version_at); version != format::version) {
    return Error{ErrorCode::unsupported,
                 "vocabulary table of version " + std::to_string(version) + ", this program reads " +
                     std::to_string(format::version),
                 path, rebuild};
  }
  if (load<std::uint64_t>(table, format::header_sum_at) != hash::hash64(table.substr(0, format::header_sum_at)))
    return broken(path, "the header is damaged");
  Vocabulary made;
  made.table_ = table;
  made.entries_ = load<std::uint32_t>(table, format::entries_at);
  made.longest_token_ = load<std::uint32_t>(table, format::longest_token_at);
  made.longest_probe_ = load<std::uint32_t>(table, format::longest_probe_at);
  made.text_size_ = load<std::uint32_t>(table, format::text_size_at);
  made.content_sum_ = load<std::uint64_t>(table, format::content_sum_at);
  const auto slot_bits = load<std::uint32_t>(table, format::slot_bits_at);
  if (slot_bits < format::least_slot_bits || slot_bits > format::most_slot_bits ||
      made.entries_ > format::most_entries || made.longest_token_ > format::most_token_bytes)
    return broken(path, "a number in the header is out of range");
  const format::Layout layout = format::layout_of(made.entries_, slot_bits, made.text_size_);
  if (layout.file_size != table.size() || load<std::uint64_t>(table, format::file_size_at) != table.size())
    return broken(path, "its length is not what the header says");
  const std::string_view name = name_in(table);
  if (name.empty()) return broken(path, "it has no name");
  made.offsets_at_ = layout.offsets_at;
  made.slots_at_ = layout.slots_at;
  made.texts_at_ = layout.texts_at;
  made.slot_mask_ = (std::uint32_t{1} << slot_bits) - 1;
  made.id_ = std::string(name) + "-" + hash::to_hex(made.content_sum_).substr(8);
  return made;
}

void Vocabulary::prepare(Span<const std::string_view> searches) const noexcept {
  assert(searches.size <= most_prepared);
  const auto ask_for = [this](std::uint64_t at) {
    if (at < table_.size()) __builtin_prefetch(table_.data() + at);
  };
  std::array<std::uint64_t, most_prepared> hashes;
  std::array<Rank, most_prepared> ranks;  // of the first token with the hash's fingerprint
  for (std::size_t i = 0; i < searches.size; ++i) ask_for(slot_at(hashes[i] = hash::hash64(searches[i]), 0));
  for (std::size_t i = 0; i < searches.size; ++i) {
    ranks[i] = no_rank;
    for (std::uint32_t probe = 0; ranks[i] == no_rank && probe <= longest_probe_ && probe <= slot_mask_; ++probe) {
      const auto slot = load<std::uint32_t>(table_, slot_at(hashes[i], probe));
      if (slot == format::empty_slot) break;
      if (slot >> format::rank_bits == format::fingerprint_of(hashes[i])) ranks[i] = slot & format::rank_mask;
    }
    if (ranks[i] != no_rank) ask_for(offset_at(ranks[i]));
  }
  for (std::size_t i = 0; i < searches.size; ++i)
    if (ranks[i] < entries_) ask_for(texts_at_ + load<std::uint32_t>(table_, offset_at(ranks[i])));
}

Rank Vocabulary::find(std::string_view bytes) const noexcept {
  if (bytes.empty() || bytes.size() > longest_token_) return no_rank;
  const std::uint64_t hash = hash::hash64(bytes);
  const std::uint32_t fingerprint = format::fingerprint_of(hash);
  for (std::uint32_t probe = 0; probe <= longest_probe_ && probe <= slot_mask_; ++probe) {
    const auto slot = load<std::uint32_t>(table_, slot_at(hash, probe));
    if (slot == format::empty_slot) return no_rank;
    if (slot >> format::rank_bits != fingerprint) continue;
    const Rank rank = slot & format::rank_mask;
    if (same_text(text(rank), bytes)) return rank;
  }
  return no_rank;
}

std::string_view Vocabulary::text(Rank rank) const noexcept {
  if (rank >= entries_) return {};
  const std::uint64_t at = offset_at(rank);
  const auto begin = load<std::uint32_t>(table_, at), end = load<std::uint32_t>(table_, at + sizeof(std::uint32_t));
  if (begin > end || end > text_size_) return {};
  return table_.substr(texts_at_ + begin, end - begin);
}

Result<void> Vocabulary::verify(const std::string& path) const {
  if (hash::hash64(table_.substr(format::header_size)) != content_sum_) return broken(path, "its contents are damaged");
  return {};
}

}  // namespace cascade::tokens
