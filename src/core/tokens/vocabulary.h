// Reads a vocabulary table in place (docs/formats/vocabulary.md): which byte strings are tokens, and their ranks.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "tokens/little_endian.h"
#include "tokens/vocabulary_format.h"

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
  // The same for two bytes, in less time.
  Rank find_pair(unsigned char first, unsigned char second) const noexcept {
    const std::uint64_t pair = std::uint64_t{first} << 8 | second;
    return load<Rank>(table_, pairs_at_ + pair * sizeof(Rank));
  }
  // What to search for, and the line where the search begins.
  struct Asked {
    format::Key key;
    std::uint32_t line = 0;
  };
  // Asks memory for what find() will most likely read, without waiting: several searches then wait together.
  Asked ask(std::string_view bytes) const noexcept;
  // As find(bytes), with what ask() returned for the same bytes.
  Rank find(std::string_view bytes, const Asked& asked) const noexcept;
  // The bytes of a token; empty for an unused rank.
  std::string_view text(Rank rank) const noexcept;

  std::uint32_t size() const noexcept { return entries_; }
  std::uint32_t longest_token() const noexcept { return longest_token_; }
  // "o200k-1a2b3c4d": the name in the header and the lower half of the content's checksum.
  const std::string& id() const noexcept { return id_; }

  // Reads everything: malformed if the content is not what was written.
  Result<void> verify(const std::string& path) const;

 private:
  std::uint64_t line_at(std::uint32_t line) const noexcept {
    return lines_at_ + std::uint64_t{line} * format::line_size;
  }
  Asked place_of(std::string_view bytes) const noexcept;
  std::uint64_t search(const Asked& asked) const noexcept;
  std::string_view long_text(std::uint64_t second) const noexcept;

  std::string_view table_;
  std::uint64_t lines_at_ = 0, pairs_at_ = 0, places_at_ = 0, texts_at_ = 0;
  std::uint32_t entries_ = 0, lines_ = 0, longest_token_ = 0, longest_way_ = 0, text_size_ = 0;
  std::uint64_t content_sum_ = 0;
  std::string id_;
};

}  // namespace cascade::tokens
