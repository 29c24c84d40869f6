// Whether what happened after a section was sent shows that it was followed.
#pragma once

#include <cstddef>
#include <cstdint>

#include "usage/conversation.h"
#include "usage/signs.h"

namespace cascade::usage {

// A set of these; none: nothing shows it.
enum class Sign : std::uint8_t { called = 1, ran = 2, touched = 4, echoed = 8, wrote = 16 };
constexpr Sign all_signs[] = {Sign::called, Sign::ran, Sign::touched, Sign::echoed, Sign::wrote};
const char* to_string(Sign sign) noexcept;

struct Shown {
  std::uint8_t signs = 0;
  std::uint32_t answers = 0;  // of the model, while it had the section
  bool is(Sign sign) const noexcept { return (signs & static_cast<std::uint8_t>(sign)) != 0; }
  bool any() const noexcept { return signs != 0; }
};

// The events of `stream` from `begin` on, up to the next compaction. What had happened before `begin` already (the same
// command, path or wording) shows nothing.
Shown shown_in(const Signs& signs, const Stream& stream, std::size_t begin);

}  // namespace cascade::usage
