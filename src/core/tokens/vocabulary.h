// Reads a vocabulary table in place (docs/formats/vocabulary.md): which byte strings are tokens, and their ranks.
#pragma once

#include <cascade/result.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "hash/content_hash.h"

namespace cascade::tokens {

template <typename Number>
Number load(std::string_view bytes, std::uint64_t at) noexcept {
  Number number = 0;
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(&number, bytes.data() + at, sizeof number);
  } else {
    for (std::size_t i = sizeof number; i-- > 0;)
      number = static_cast<Number>(number << 8 | static_cast<unsigned char>(bytes[at + i]));
  }
  return number;
}

template <typename Number>
void store(std::string& bytes, std::uint64_t at, Number number) noexcept {
  for (std::size_t i = 0; i < sizeof number; ++i) bytes[at + i] = static_cast<char>(number >> (8 * i) & 0xFF);
}

// The layout of a vocabulary table (docs/formats/vocabulary.md), shared by its reader and its writer.
namespace format {

constexpr std::string_view magic = "CASCVOC\n";
constexpr std::uint32_t version = 2;

// Offsets in the header; all numbers are little-endian.
constexpr std::size_t version_at = 8, entries_at = 12, lines_at = 16, longest_token_at = 20, longest_way_at = 24,
                      text_size_at = 28, file_size_at = 32, content_sum_at = 40, name_at = 48, header_sum_at = 56,
                      header_size = 64, name_size = 8;
constexpr std::size_t alignment = 64;  // of each region

// A line is what a processor fetches from memory at once. A slot is two numbers of 64 bits. The first is the token's
// first 8 bytes, or the hash of a token of more than 12 bytes; the lower half of the second is the token's further
// bytes, or the place of its text. The upper half is the same for all: rank, onward, length (0: an empty slot).
constexpr std::size_t slot_size = 16, slots_in_line = 4, line_size = slot_size * slots_in_line, longest_inside = 12;
constexpr unsigned rank_shift = 32, length_shift = 56;
constexpr std::uint32_t most_entries = 1U << 18, rank_mask = most_entries - 1;
// In the first slot of a line: tokens that belong into this line lie in a later one.
constexpr std::uint64_t onward = std::uint64_t{1} << 50;
constexpr std::uint32_t pairs = 1U << 16;  // of bytes
constexpr std::uint32_t most_lines = 1U << 22, most_token_bytes = 255;

// What a slot is compared with: first, and the bits of second that `compared` has.
struct Key {
  std::uint64_t first = 0, second = 0, compared = 0;

  bool is_of(std::uint64_t slot_first, std::uint64_t slot_second) const noexcept {
    return ((slot_first ^ first) | ((slot_second ^ second) & compared)) == 0;
  }
};

// 1 to 8 bytes as a number. Reads some twice, which is faster than a loop.
inline std::uint64_t word_of(std::string_view bytes) noexcept {
  const std::size_t size = bytes.size();
  if (size >= 4)
    return load<std::uint32_t>(bytes, 0) | std::uint64_t{load<std::uint32_t>(bytes, size - 4)} << (8 * (size - 4));
  const auto byte = [bytes](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i); };
  return byte(0) | byte(size / 2) | byte(size - 1);
}

// REQUIRES: 1 to 255 bytes.
inline Key key_of(std::string_view bytes) noexcept {
  constexpr std::uint64_t length_bits = std::uint64_t{0xFF} << length_shift, lower_half = 0xFFFFFFFF;
  const std::uint64_t length = std::uint64_t{bytes.size()} << length_shift;
  if (bytes.size() > longest_inside) return {hash::hash64(bytes), length, length_bits};
  if (bytes.size() <= 8) return {word_of(bytes), length, length_bits | lower_half};
  const std::uint64_t last_four = load<std::uint32_t>(bytes, bytes.size() - 4);
  return {load<std::uint64_t>(bytes, 0), last_four >> (8 * (longest_inside - bytes.size())) | length,
          length_bits | lower_half};
}

// The line where the search for a key begins. REQUIRES: lines > 0.
inline std::uint32_t home_of(const Key& key, std::uint32_t lines) noexcept {
  const std::uint64_t mixed = key.first * 0x9E3779B97F4A7C15U ^ key.second * 0xC2B2AE3D27D4EB4FU;
  return static_cast<std::uint32_t>((mixed >> 32) * lines >> 32);
}

struct Layout {
  std::uint64_t lines_at = 0, pairs_at = 0, places_at = 0, texts_at = 0, file_size = 0;
};

constexpr std::uint64_t aligned(std::uint64_t offset) noexcept {
  return (offset + alignment - 1) / alignment * alignment;
}

constexpr Layout layout_of(std::uint32_t entries, std::uint32_t lines, std::uint32_t text_size) noexcept {
  Layout layout;
  layout.lines_at = header_size;
  layout.pairs_at = layout.lines_at + std::uint64_t{lines} * line_size;
  layout.places_at = layout.pairs_at + pairs * sizeof(std::uint32_t);
  layout.texts_at = aligned(layout.places_at + std::uint64_t{entries} * sizeof(std::uint32_t));
  layout.file_size = layout.texts_at + text_size;
  return layout;
}

}  // namespace format

using Rank = std::uint32_t;
constexpr Rank no_rank = 0xFFFFFFFFU;

// Views the bytes it was given. Safe for any bytes: every number is checked against its region before it is used. A
// damaged table with a valid header gives wrong ranks, never a crash; verify() detects it.
class Vocabulary {
 public:
  // unsupported for a table of another version; malformed for anything else. `path` is for the error.
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

// Byte-pair encoding of one piece: starting from single bytes, the adjacent pair whose joined bytes have the lowest
// rank is merged repeatedly, the leftmost of equal ranks first, until no joined pair is a token.

// Returns the number of tokens of a piece; 1 if it is a token itself. O(n log n) for n bytes, O(n²) below 128 bytes,
// where that is faster; allocates only above. REQUIRES: piece.size() < 2^32.
std::uint32_t count_piece(const Vocabulary& vocabulary, std::string_view piece);

// The same for at most most_together pieces of 1 to 128 bytes, which wait for memory together; writes their numbers.
constexpr std::size_t most_together = 16;
void count_pieces(const Vocabulary& vocabulary, Span<const std::string_view> pieces, std::uint32_t* counts);

// As count_piece(), and appends the ranks of the tokens.
void encode_piece(const Vocabulary& vocabulary, std::string_view piece, std::vector<Rank>& out);

// Makes a vocabulary table (docs/formats/vocabulary.md). Used for the shipped table and by tests.

// The table of these tokens by rank; the same ones always give the same bytes. malformed: a token is empty, longer than
// 255 bytes or a duplicate, a single byte is missing, there are too many, or the name is no word of 8.
Result<std::string> write_vocabulary(const std::vector<std::string>& tokens, std::string_view name);

// Lines of "<base64 of the bytes> <rank>", each rank from 0 on once, as tiktoken has them. malformed, with the line.
Result<std::vector<std::string>> parse_rank_file(std::string_view text);

}  // namespace cascade::tokens
