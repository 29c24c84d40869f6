// The layout of a vocabulary table (docs/formats/vocabulary.md), shared by its reader and its writer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cascade::tokens::format {

constexpr std::string_view magic = "CASCVOC\n";
constexpr std::uint32_t version = 1;

// Offsets in the header; all numbers are little-endian.
constexpr std::size_t version_at = 8, entries_at = 12, slot_bits_at = 16, longest_token_at = 20, longest_probe_at = 24,
                      text_size_at = 28, file_size_at = 32, content_sum_at = 40, name_at = 48, header_sum_at = 56,
                      header_size = 64, name_size = 8;
constexpr std::size_t alignment = 64;  // of each region

// A slot holds the upper bits of a token's hash and its rank; a search begins at slot (hash mod slots).
constexpr unsigned rank_bits = 18, fingerprint_bits = 14;
constexpr std::uint32_t rank_mask = (1U << rank_bits) - 1;
constexpr std::uint32_t empty_slot = 0xFFFFFFFFU;
constexpr std::uint32_t most_entries = rank_mask;  // the last rank would look like an empty slot
constexpr std::uint32_t least_slot_bits = 1, most_slot_bits = 24, most_token_bytes = 255;

constexpr std::uint32_t fingerprint_of(std::uint64_t hash) noexcept {
  return static_cast<std::uint32_t>(hash >> (64 - fingerprint_bits));
}

// The offsets of the regions: offsets of the tokens' texts, slots, texts.
struct Layout {
  std::uint64_t offsets_at = 0, slots_at = 0, texts_at = 0, file_size = 0;
};

constexpr std::uint64_t aligned(std::uint64_t offset) noexcept {
  return (offset + alignment - 1) / alignment * alignment;
}

constexpr Layout layout_of(std::uint32_t entries, std::uint32_t slot_bits, std::uint32_t text_size) noexcept {
  Layout layout;
  layout.offsets_at = header_size;
  layout.slots_at = aligned(layout.offsets_at + (std::uint64_t{entries} + 1) * sizeof(std::uint32_t));
  layout.texts_at = aligned(layout.slots_at + (std::uint64_t{1} << slot_bits) * sizeof(std::uint32_t));
  layout.file_size = layout.texts_at + text_size;
  return layout;
}

}  // namespace cascade::tokens::format
