// Labels: short texts that say what follows them, a wrong or a right way, or a warning.
#pragma once

#include <cstdint>
#include <string_view>

namespace cascade::manifest {

// Whether a label says that what follows is the wrong way, or the right one: "❌ Before", "GOOD:", "<Bad>".
enum class Contrast : std::uint8_t { none, wrong, right };
Contrast contrast_of(std::string_view label);

// "⚠️ Data loss", "Warning: ...", "[!CAUTION]".
bool is_warning_label(std::string_view label);

// The text without trailing marks of emphasis and closing tags.
std::string_view without_closing_marks(std::string_view text) noexcept;

}  // namespace cascade::manifest
