// Recognises orders that replace, hide or forge instructions, by patterns of words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace cascade::validation {

struct InjectionMatch {
  std::size_t begin = 0, end = 0;  // bytes of the sentence
  std::string_view what;           // for the message
};

// "Disregard every earlier instruction": a verb in the imperative, and the instructions given to the model as its
// object.
std::optional<InjectionMatch> find_override(std::string_view sentence) noexcept;

// "do not tell the user", "without the user noticing", next to something being done (`around`: the sentence with its
// neighbours).
std::optional<InjectionMatch> find_secrecy(std::string_view sentence, std::string_view around) noexcept;

// "SYSTEM: you are ..." at the beginning of a line.
std::optional<InjectionMatch> find_role_switch(std::string_view line) noexcept;

// Code points that matter to reviewers.

// Returns the first byte at or after `from` that is not ASCII, or the size of the text. Eight bytes per step.
inline std::size_t skip_ascii(std::string_view text, std::size_t from) noexcept {
  constexpr std::uint64_t high_bits = 0x8080808080808080U;
  for (; from + 8 <= text.size(); from += 8) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data() + from, sizeof bytes);
    if ((bytes & high_bits) != 0) break;
  }
  while (from < text.size() && static_cast<unsigned char>(text[from]) < 0x80) ++from;
  return from;
}

bool is_direction_override(char32_t c) noexcept;  // U+202A-202E, U+2066-2069
bool is_direction_mark(char32_t c) noexcept;      // U+200E, U+200F
bool is_zero_width(char32_t c) noexcept;  // without any use in text; joiners are judged by the characters around them
bool is_tag(char32_t c) noexcept;         // U+E0000-E007F
bool is_variation_selector(char32_t c) noexcept;  // U+FE00-FE0F
bool is_plane_14_selector(char32_t c) noexcept;   // U+E0100-E01EF
bool is_pictographic(char32_t c) noexcept;        // may be next to a joiner in an emoji
bool uses_joiners(char32_t c) noexcept;           // letters of scripts that write U+200C and U+200D

bool is_right_to_left(char32_t c) noexcept;  // letters of Hebrew, Arabic, Syriac, Thaana, N'Ko and their like
bool is_cyrillic_or_greek(char32_t c) noexcept;

std::string code_point_name(char32_t c);  // "U+202E"

}  // namespace cascade::validation
