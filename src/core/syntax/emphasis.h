// Decides which '*' and '_' of a text are emphasis, by CommonMark's rules for delimiter runs.
#pragma once

#include <cstddef>
#include <vector>

namespace cascade::syntax {

struct MarkRange {
  std::size_t begin = 0, end = 0;
};

// Runs are added in the order of the text; `at` is a byte offset in the output being built.
class Emphasis {
 public:
  // `before`, `after`: the characters next to the run; a line end at either end of the text.
  void add_run(std::size_t at, std::size_t length, char mark, char32_t before, char32_t after);
  std::size_t size() const noexcept { return runs_.size(); }
  // Pairs the runs from `first` on and drops them: later runs can pair only with earlier ones.
  void pair_from(std::size_t first);
  // The paired marks, unsorted.
  std::vector<MarkRange> paired() const { return paired_; }

 private:
  struct Run {
    std::size_t at = 0, length = 0, left = 0;  // left: marks not yet paired
    char mark = '*';
    bool opens = false, closes = false;
  };
  static bool may_pair(const Run& opener, const Run& closer) noexcept;
  std::vector<Run> runs_;
  std::vector<MarkRange> paired_;
};

}  // namespace cascade::syntax
