// The files of src/systems/page/web, compiled in by cmake/web_sources.cmake.
#pragma once

#include <string_view>

namespace cascade::page {

std::string_view web_source(std::string_view name) noexcept;  // "map.js"; empty: there is none

}  // namespace cascade::page
