#include "files/become.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "files/system_error.h"

namespace cascade::files {

Error become(const std::vector<std::string>& words, bool has_input, std::string_view input) {
  if (has_input) {  // an unnamed file, since a pipe holds only so much
    std::FILE* file = std::tmpfile();
    const bool written = file != nullptr && std::fwrite(input.data(), 1, input.size(), file) == input.size() &&
                         std::fflush(file) == 0 && ::lseek(::fileno(file), 0, SEEK_SET) == 0;
    if (!written || ::dup2(::fileno(file), STDIN_FILENO) < 0)
      return system_error("cannot pass on the input of", words.front(), errno);
  }
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  ::execv(words.front().c_str(), arguments.data());
  return system_error("cannot start", words.front(), errno);
}

}  // namespace cascade::files
