// The words that make a rule look at a place at all, found in one pass over a file.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace cascade::validation {

// download: curl, wget ... drop: ignore, disregard ... secrecy: tell, mention ... system: a speaker's name. decode:
// base64 ... destroy: rm, mkfs, reset ... credential: ssh, netrc ... settings: hooks, permissions ... home: a folder of
// homes. encoded: a word of 20 letters or more.
enum class Trigger : std::uint8_t {
  download,
  drop,
  secrecy,
  system,
  decode,
  destroy,
  credential,
  settings,
  home,
  encoded
};
constexpr std::size_t trigger_count = 10;

// Byte offsets of each trigger's words, ascending.
struct Triggers {
  std::array<std::vector<std::size_t>, trigger_count> at;

  const std::vector<std::size_t>& operator[](Trigger trigger) const { return at[static_cast<std::size_t>(trigger)]; }
};

// Linear: a few nanoseconds a word.
Triggers find_triggers(std::string_view text);

}  // namespace cascade::validation
