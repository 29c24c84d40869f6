// The names in a folder, if they are few.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cascade::files {

// In no order, without "." and "..". Empty when the folder cannot be read or holds more than `most`: no more than that
// many are looked at.
std::optional<std::vector<std::string>> folder_names(const std::string& folder, std::size_t most);

}  // namespace cascade::files
