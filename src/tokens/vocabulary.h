// Reads a vocabulary table in place (docs/formats/vocabulary.md): which byte strings are tokens, and their ranks.
#pragma once

#include <cascade/result.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cascade::tokens {

using Rank = std::uint32_t;
constexpr Rank no_rank = 0xFFFFFFFFU;

// Views the bytes it was given; they must outlive it. Safe for any bytes: read() checks what can be checked in
// constant time, and every number found later is checked against its region before it is used. A damaged table with a
// valid header gives wrong ranks, never a crash; verify() detects the damage.
class Vocabulary {
 public:
  // unsupported for a table of another version; malformed for anything else that is not a table. `path` is for the
  // error.
  static Result<Vocabulary> read(std::string_view table, const std::string& path);

  // The rank of a token with exactly these bytes, or no_rank.
  Rank find(std::string_view bytes) const noexcept;
  // Prefetches what find() reads for each of these. A single search waits for memory three times, each read depending
  // on the one before; these wait together. REQUIRES: at most most_prepared.
  static constexpr std::size_t most_prepared = 16;
  void prepare(Span<const std::string_view> searches) const noexcept;
  // The bytes of a token; empty for an unused rank.
  std::string_view text(Rank rank) const noexcept;

  std::uint32_t size() const noexcept { return entries_; }
  std::uint32_t longest_token() const noexcept { return longest_token_; }
  // "o200k-1a2b3c4d": the name in the header and the lower half of the content's checksum.
  const std::string& id() const noexcept { return id_; }

  // Reads everything: malformed if the content is not what was written.
  Result<void> verify(const std::string& path) const;

 private:
  // Offset in the table.
  std::uint64_t slot_at(std::uint64_t hash, std::uint32_t probe) const noexcept {
    return slots_at_ + std::uint64_t{(static_cast<std::uint32_t>(hash) + probe) & slot_mask_} * sizeof(std::uint32_t);
  }
  std::uint64_t offset_at(Rank rank) const noexcept {
    return offsets_at_ + std::uint64_t{rank} * sizeof(std::uint32_t);
  }

  std::string_view table_;
  std::uint64_t offsets_at_ = 0, slots_at_ = 0, texts_at_ = 0;
  std::uint32_t entries_ = 0, slot_mask_ = 0, longest_token_ = 0, longest_probe_ = 0, text_size_ = 0;
  std::uint64_t content_sum_ = 0;
  std::string id_;
};

}  // namespace cascade::tokens
