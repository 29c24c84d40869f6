#include <fcntl.h>
#include <unistd.h>
#include <cstdlib>

#include "files/descriptor.h"
#include "files/environment.h"
#include "files/paths.h"

namespace cascade::files {

std::optional<std::string> variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

std::string user_folder() { return variable("HOME").value_or(std::string()); }

std::vector<std::string> program_arguments(int count, const char* const* words) { return {words, words + count}; }

bool fill_randomly(unsigned char* bytes, std::size_t size) noexcept {
  const Descriptor source(::open("/dev/urandom", O_RDONLY | O_CLOEXEC));
  return source.get() >= 0 && ::read(source.get(), bytes, size) == static_cast<ssize_t>(size);
}

std::string from_native(std::string path) { return path; }

}  // namespace cascade::files
