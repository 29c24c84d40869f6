// Fences that hold fences of their own length, as their authors mean them.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace cascade::manifest {

// Whether a fence's lines [begin, end) of the text hold a line that opens another one ("```bash"). CommonMark takes it
// for code, and the line that is meant to close it for the end of the outer fence.
bool holds_fence(std::string_view text, std::size_t begin, std::size_t end);

// What a line is part of when such fences are nested: of a fence, and of what sort the outermost is.
struct FencedLine {
  bool fenced = false, markdown = false, plain = false;  // plain: of no language
};

// The same for each line; empty where that reading leaves a fence open.
std::vector<FencedLine> nest_fences(const std::vector<std::string_view>& lines);

// Whether the info string of a fence names Markdown; no language, or one that is not code.
bool is_markdown_fence(std::string_view info);
bool is_plain_fence(std::string_view info);

}  // namespace cascade::manifest
