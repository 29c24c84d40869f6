// The other files and folders that the judgement of a file looked at: while they are unchanged, it stays valid.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cascade::validation {

// text: the content of another file. below: the names of all files below a folder.
enum class LookAt : std::uint8_t { file, folder, state, text, below };

struct Look {
  LookAt at = LookAt::file;
  std::string path;
  std::uint64_t answer = 0;  // different for different answers
};

using Looks = std::vector<Look>;

}  // namespace cascade::validation
