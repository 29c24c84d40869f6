// Compares two texts by lines. Equal lines at both ends are set aside; the rest goes through the table of longest
// common subsequences. That takes quadratic time, but fixes touch few lines, so the table stays small.
#include "render/unified_diff.h"

#include <algorithm>
#include <vector>

namespace cascade::rendering {
namespace {

constexpr std::size_t context_lines = 3, largest_table = 4'000'000;

enum class Change : char { kept = ' ', removed = '-', added = '+' };
struct Step {
  Change change = Change::kept;
  std::string_view line;
};

// Splits into lines, each with its line end.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::size_t length = end == std::string_view::npos ? text.size() : end + 1;
    lines.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return lines;
}

class Script {
 public:
  Script(std::vector<std::string_view> before, std::vector<std::string_view> after)
      : before_(std::move(before)), after_(std::move(after)) {}

  std::vector<Step> steps() {
    std::size_t head = 0, tail = 0;
    const std::size_t least = std::min(before_.size(), after_.size());
    while (head < least && before_[head] == after_[head]) ++head;
    while (tail < least - head && before_[before_.size() - 1 - tail] == after_[after_.size() - 1 - tail]) ++tail;
    for (std::size_t i = 0; i < head; ++i) add(Change::kept, before_[i]);
    middle(head, before_.size() - tail, after_.size() - tail);
    for (std::size_t i = before_.size() - tail; i < before_.size(); ++i) add(Change::kept, before_[i]);
    return std::move(steps_);
  }

 private:
  void add(Change change, std::string_view line) { steps_.push_back({change, line}); }

  void middle(std::size_t head, std::size_t before_end, std::size_t after_end) {
    const std::size_t rows = before_end - head, columns = after_end - head;
    std::size_t i = 0, j = 0;
    if (rows * columns <= largest_table && rows != 0 && columns != 0) {
      std::vector<std::uint32_t> common((rows + 1) * (columns + 1), 0);
      const auto at = [&](std::size_t row, std::size_t column) -> std::uint32_t& {
        return common[row * (columns + 1) + column];
      };
      for (std::size_t row = rows; row-- > 0;)
        for (std::size_t column = columns; column-- > 0;)
          at(row, column) = before_[head + row] == after_[head + column]
                                ? at(row + 1, column + 1) + 1
                                : std::max(at(row + 1, column), at(row, column + 1));
      while (i < rows && j < columns) {
        if (before_[head + i] == after_[head + j]) {
          add(Change::kept, before_[head + i++]);
          ++j;
        } else if (at(i + 1, j) >= at(i, j + 1)) {
          add(Change::removed, before_[head + i++]);
        } else {
          add(Change::added, after_[head + j++]);
        }
      }
    }
    for (; i < rows; ++i) add(Change::removed, before_[head + i]);
    for (; j < columns; ++j) add(Change::added, after_[head + j]);
  }

  std::vector<std::string_view> before_, after_;
  std::vector<Step> steps_;
};

std::string range(std::size_t first, std::size_t count) {
  return std::to_string(count == 0 ? first : first + 1) + (count == 1 ? "" : "," + std::to_string(count));
}

// One hunk: steps [begin, end), preceded by `old_line` and `new_line` lines of the two sides.
std::string hunk(const std::vector<Step>& steps, std::size_t begin, std::size_t end, std::size_t old_line,
                 std::size_t new_line) {
  std::string body;
  std::size_t old_count = 0, new_count = 0;
  for (std::size_t i = begin; i < end; ++i) {
    old_count += steps[i].change != Change::added ? 1 : 0;
    new_count += steps[i].change != Change::removed ? 1 : 0;
    body += static_cast<char>(steps[i].change);
    body += steps[i].line;
    if (steps[i].line.empty() || steps[i].line.back() != '\n') body += "\n\\ No newline at end of file\n";
  }
  return "@@ -" + range(old_line, old_count) + " +" + range(new_line, new_count) + " @@\n" + body;
}

}  // namespace

std::string unified_diff(std::string_view path, std::string_view before, std::string_view after) {
  if (before == after) return {};
  const std::vector<Step> steps = Script(lines_of(before), lines_of(after)).steps();
  std::string out = "--- a/" + std::string(path) + "\n+++ b/" + std::string(path) + "\n";
  std::size_t old_line = 0, new_line = 0, shown = 0;
  for (std::size_t i = 0; i < steps.size();) {
    if (steps[i].change == Change::kept) {
      ++i;
      continue;
    }
    const std::size_t begin = std::max(shown, i - std::min(i, context_lines));
    std::size_t end = i, kept = 0;
    for (std::size_t j = i; j < steps.size() && kept <= 2 * context_lines; ++j) {
      kept = steps[j].change == Change::kept ? kept + 1 : 0;
      if (kept == 0) end = j + 1;
    }
    end = std::min(steps.size(), end + context_lines);
    for (; shown < begin; ++shown) {
      old_line += steps[shown].change != Change::added ? 1 : 0;
      new_line += steps[shown].change != Change::removed ? 1 : 0;
    }
    out += hunk(steps, begin, end, old_line, new_line);
    for (; shown < end; ++shown) {
      old_line += steps[shown].change != Change::added ? 1 : 0;
      new_line += steps[shown].change != Change::removed ? 1 : 0;
    }
    i = end;
  }
  return out;
}

}  // namespace cascade::rendering
