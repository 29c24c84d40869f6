// Renders the findings of `cascade doctor`.
#pragma once

#include <cascade/render.h>

#include <cstdint>
#include <string>
#include <vector>

#include "render/parts.h"

namespace cascade::rendering {

enum class CheckState : std::uint8_t { good, warning, bad };
std::string_view to_string(CheckState state) noexcept;

// `help` is the next step; empty if there is nothing to do.
struct Check {
  std::string name;
  CheckState state = CheckState::good;
  std::string detail, help;
};

Result<std::string> doctor(const std::vector<Check>& checks, Format format, Paint paint);  // text, json

}  // namespace cascade::rendering
