#include "budget/parts.h"

#include <algorithm>
#include <vector>

namespace cascade::budget {
namespace {

// Next fit: places one text after another.
class Cutter {
 public:
  explicit Cutter(const std::vector<std::uint64_t>& parts) : parts_(parts) {}
  bool add(std::uint64_t chars) {
    while (part_ < parts_.size() && used_ + chars > parts_[part_]) {
      ++part_;
      used_ = 0;
    }
    used_ += chars;
    return part_ < parts_.size();
  }

 private:
  const std::vector<std::uint64_t>& parts_;
  std::size_t part_ = 0;
  std::uint64_t used_ = 0;
};

}  // namespace

bool parts_hold(const Model& model, const Kernel& kernel, const State& state, Sequence sequence) {
  if (!model.ordered) return true;
  auto has = [&](std::uint32_t node, Status status) { return (node == none ? Status::out : state[node]) == status; };
  // A text is shown at the first open group whose head it is, else at its first open carrier, and is counted once
  // there.
  std::vector<std::uint8_t> counted(model.contents, 0), headed(model.contents, 0);
  for (std::uint32_t g = 0; g < model.groups; ++g) {
    if (has(kernel.node_of_group[g], Status::in)) headed[model.items[g][0]] = 1;
  }
  auto movable = [&](std::uint32_t content) {
    const Span<std::uint32_t> carriers = model.carriers[content];
    return std::any_of(carriers.begin(), carriers.end(),
                       [&](std::uint32_t g) { return has(kernel.node_of_group[g], Status::free); });
  };
  Cutter cutter(model.parts);
  for (std::uint32_t g = 0; g < model.groups; ++g) {
    if (!has(kernel.node_of_group[g], Status::in)) continue;
    bool head = true;
    for (std::uint32_t content : model.items[g]) {
      const bool shown = head || (headed[content] == 0 && has(kernel.node_of_content[content], Status::in));
      head = false;
      if (!shown || counted[content] != 0) continue;
      counted[content] = 1;
      if (sequence == Sequence::certain && movable(content)) continue;
      if (!cutter.add(model.cost_of(char_dim, content))) return false;
    }
  }
  return true;
}

}  // namespace cascade::budget
