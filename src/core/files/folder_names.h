// The names in a folder, if there are few.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cascade::files {

// Unsorted, without "." and "..". Empty if the folder cannot be read or holds more than `most`; it stops reading
// there.
std::optional<std::vector<std::string>> folder_names(const std::string& folder, std::size_t most);

}  // namespace cascade::files
