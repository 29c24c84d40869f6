// Words that people use for one another.
#pragma once

#include <span>
#include <string_view>

namespace cascade::recall {

// Rows as in topics.cpp, without a name.
std::span<const std::string_view> synonym_rows() noexcept;

}  // namespace cascade::recall
