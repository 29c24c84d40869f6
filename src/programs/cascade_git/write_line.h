// Where an answer of several lines goes.
#pragma once

#include <functional>
#include <string_view>

namespace cascade::git {

using WriteLine = std::function<void(std::string_view line)>;  // without a line end

}  // namespace cascade::git
