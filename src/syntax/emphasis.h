// Which '*' and '_' of a text are marks of emphasis, by CommonMark's rules for delimiter runs.
#pragma once

#include <cstddef>
#include <vector>

namespace cascade::syntax {

struct MarkRange {
  std::size_t begin = 0, end = 0;
};

// Runs are added in the order of the text, `at` in bytes of the output under construction.
class Emphasis {
 public:
  // `before`, `after`: the characters beside the run; line ends at the text's ends.
  void add_run(std::size_t at, std::size_t length, char mark, char32_t before, char32_t after);
  std::size_t size() const noexcept { return runs_.size(); }
  // Pairs the runs from `first` on and forgets them: later runs pair with earlier ones only.
  void pair_from(std::size_t first);
  // The marks that were paired, in no order.
  std::vector<MarkRange> paired() const { return paired_; }

 private:
  struct Run {
    std::size_t at = 0, length = 0, left = 0;  // left: marks not paired yet
    char mark = '*';
    bool opens = false, closes = false;
  };
  static bool may_pair(const Run& opener, const Run& closer) noexcept;
  std::vector<Run> runs_;
  std::vector<MarkRange> paired_;
};

}  // namespace cascade::syntax
