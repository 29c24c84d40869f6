// Commands of programs that hand a line to a shell, such as `!` of an editor: the rows of escapes.tsv.
#pragma once

#include <span>
#include <string_view>

namespace cascade::repository {

struct Escape {
  std::string_view programs, mark;
};
std::span<const Escape> escapes() noexcept;

}  // namespace cascade::repository
