// Tarjan's algorithm with an explicit stack: a depth-first visit gives each vertex the lowest number that it can reach
// within the visit; a vertex that reaches nothing lower closes a component. Recursion is avoided because a chain of
// 10^5 manifests would exhaust the call stack.
#include "budget/components.h"

#include <algorithm>
#include <utility>

namespace cascade::budget {
namespace {

class ComponentFinder {
 public:
  ComponentFinder(const Rows& successors, const std::vector<std::uint32_t>& starts) : successors_(successors) {
    number_.assign(successors.size(), none);
    low_.assign(successors.size(), 0);
    found_.of_vertex.assign(successors.size(), none);
    for (std::uint32_t vertex : starts) {
      if (number_[vertex] == none) visit(vertex);
    }
  }
  Components found() && { return std::move(found_); }

 private:
  struct Step {
    std::uint32_t vertex, next;
  };

  void enter(std::uint32_t vertex) {
    number_[vertex] = low_[vertex] = visited_++;
    open_.push_back(vertex);
    stack_.push_back({vertex, 0});
  }

  void visit(std::uint32_t start) {
    enter(start);
    while (!stack_.empty()) {
      Step& step = stack_.back();
      const std::uint32_t vertex = step.vertex;
      if (step.next == successors_[vertex].size) {
        stack_.pop_back();
        leave(vertex);
        continue;
      }
      const std::uint32_t next = successors_[vertex][step.next++];
      if (number_[next] == none) {
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

  const Rows& successors_;
  std::vector<std::uint32_t> number_, low_, open_;
  std::vector<Step> stack_;
  std::uint32_t visited_ = 0;
  Components found_;
};

}  // namespace

Components find_components(const Rows& successors, const std::vector<std::uint32_t>& starts) {
  return ComponentFinder(successors, starts).found();
}

}  // namespace cascade::budget
