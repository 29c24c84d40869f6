// A bare fence line closes the innermost open fence, one with an info string opens another.
#include "manifest/nested_fences.h"

#include "text/ascii.h"

#include <algorithm>

namespace cascade::manifest {
namespace {

constexpr std::string_view fence = "```";

struct FenceLine {
  std::size_t ticks = 0;  // 0: no fence
  std::string_view info;
};

FenceLine fence_line(std::string_view line) {
  std::size_t begin = 0;
  while (begin < line.size() && letters::is_blank(line[begin])) ++begin;
  line.remove_prefix(begin);
  if (!line.starts_with(fence)) return {};
  const std::size_t end = std::min(line.find_first_not_of('`'), line.size());
  const std::string_view info = letters::trim(line.substr(end));
  return info.find('`') == std::string_view::npos ? FenceLine{end, info} : FenceLine{};
}

// The fences that are open at a line.
class Nest {
 public:
  // Whether the line is part of a fence.
  bool take(std::string_view line) {
    const FenceLine here = fence_line(line);
    const bool was_open = !open_.empty();
    if (here.ticks == 0) return was_open;
    if (!was_open) {
      markdown_ = is_markdown_fence(here.info);
      plain_ = is_plain_fence(here.info);
      open_.push_back(here.ticks);
    } else if (!here.info.empty()) {
      if (letters::is_letter(here.info.front())) open_.push_back(here.ticks);
    } else if (here.ticks >= open_.back()) {
      open_.pop_back();
    }
    return true;
  }
  bool is_open() const noexcept { return !open_.empty(); }
  bool markdown() const noexcept { return markdown_; }
  bool plain() const noexcept { return plain_; }

 private:
  std::vector<std::size_t> open_;          // by their number of ticks
  bool markdown_ = false, plain_ = false;  // of the outermost
};

}  // namespace

bool is_markdown_fence(std::string_view info) {
  info = info.substr(0, info.find_first_of(" \t{,"));
  return letters::equals_lower(info, "markdown") || letters::equals_lower(info, "md");
}

bool is_plain_fence(std::string_view info) {
  info = letters::trim(info);
  return info.empty() || letters::equals_lower(info, "text") || letters::equals_lower(info, "txt") ||
         letters::equals_lower(info, "plaintext") || letters::equals_lower(info, "mermaid");
}

// Of each line only the first fence is looked at, so that a long line of them costs no more than any other.
bool holds_fence(std::string_view text, std::size_t begin, std::size_t end) {
  text = text.substr(0, end);
  for (std::size_t at = text.find(fence, begin); at != std::string_view::npos;) {
    const std::size_t line_end = std::min(text.find('\n', at), text.size());
    while (at > begin && letters::is_blank(text[at - 1])) --at;
    if (at > begin && text[at - 1] == '\n') {
      const std::string_view info = fence_line(text.substr(at, line_end - at)).info;
      if (!info.empty() && letters::is_letter(info.front())) return true;
    }
    at = text.find(fence, line_end);
  }
  return false;
}

std::vector<FencedLine> nest_fences(const std::vector<std::string_view>& lines) {
  std::vector<FencedLine> out(lines.size());
  Nest nest;
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (nest.take(lines[i])) out[i] = {true, nest.markdown(), nest.plain()};
  if (nest.is_open()) out.clear();
  return out;
}

}  // namespace cascade::manifest
