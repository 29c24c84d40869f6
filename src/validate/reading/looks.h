// What the judgement of a file looked at beside that file: where all of it is as it was, the judgement is, too.
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
  std::uint64_t answer = 0;  // a number that another answer does not have
};

using Looks = std::vector<Look>;

}  // namespace cascade::validation
