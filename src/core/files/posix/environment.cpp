#include "files/environment.h"

#include <cstdlib>

namespace cascade::files {

std::optional<std::string> variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

std::string user_folder() { return variable("HOME").value_or(std::string()); }

std::vector<std::string> program_arguments(int count, const char* const* words) { return {words, words + count}; }

}  // namespace cascade::files
