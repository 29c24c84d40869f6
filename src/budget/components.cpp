#include "budget/components.h"

#include <algorithm>
#include <utility>

namespace cascade::budget {
namespace {

class Finder {
 public:
  Finder(const Model& model, const Dominators& dominators) : model_(model), dominators_(dominators) {
    number_.assign(dominators.idom.size(), none);
    low_.assign(number_.size(), 0);
    found_.of_vertex.assign(number_.size(), none);
    for (std::uint32_t vertex : dominators.preorder) {
      if (number_[vertex] == none) visit(vertex);
    }
  }
  Components found() && { return std::move(found_); }

 private:
  struct Step {
    std::uint32_t vertex, next;
  };

  // What `vertex` implies: its dominator, and then what it requires; the start requires the roots.
  std::uint32_t implied(std::uint32_t vertex, std::uint32_t index) const {
    if (vertex == model_.groups) return index < model_.roots.size() ? model_.roots[index] : none;
    if (index == 0) return dominators_.idom[vertex];
    const Span<std::uint32_t> all = model_.all[vertex];
    return index <= all.size ? all[index - 1] : none;
  }

  void enter(std::uint32_t vertex) {
    number_[vertex] = low_[vertex] = visited_++;
    open_.push_back(vertex);
    stack_.push_back({vertex, 0});
  }

  void visit(std::uint32_t start) {
    enter(start);
    while (!stack_.empty()) {
      Step& step = stack_.back();
      const std::uint32_t vertex = step.vertex, next = implied(vertex, step.next++);
      if (next == none) {
        stack_.pop_back();
        leave(vertex);
      } else if (number_[next] == none) {
        enter(next);
      } else if (found_.of_vertex[next] == none) {
        low_[vertex] = std::min(low_[vertex], number_[next]);
      }
    }
  }

  void leave(std::uint32_t vertex) {
    if (!stack_.empty()) low_[stack_.back().vertex] = std::min(low_[stack_.back().vertex], low_[vertex]);
    if (low_[vertex] != number_[vertex]) return;
    for (std::uint32_t member = none; member != vertex;) {
      member = open_.back();
      open_.pop_back();
      found_.of_vertex[member] = found_.count;
    }
    ++found_.count;
  }

  const Model& model_;
  const Dominators& dominators_;
  std::vector<std::uint32_t> number_, low_, open_;
  std::vector<Step> stack_;
  std::uint32_t visited_ = 0;
  Components found_;
};

}  // namespace

Components find_components(const Model& model, const Dominators& dominators) {
  return Finder(model, dominators).found();
}

}  // namespace cascade::budget
