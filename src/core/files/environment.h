// What this process was started with, in UTF-8.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cascade::files {

// The value of an environment variable; none: it is not set.
std::optional<std::string> variable(const char* name);

// The user's own folder: HOME, on Windows USERPROFILE; empty if the environment does not say.
std::string user_folder();

// The words that main() was given. On Windows they are read anew, because main()'s are in an older code page.
std::vector<std::string> program_arguments(int count, const char* const* words);

// Bytes from the system's generator.
bool fill_randomly(unsigned char* bytes, std::size_t size) noexcept;  // false: it cannot be read

}  // namespace cascade::files
