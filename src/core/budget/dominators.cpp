// Lengauer and Tarjan: number the vertices depth first; going through them backwards, find each one's semidominator,
// the vertex of least number from which a path reaches it through greater numbers only; derive the immediate
// dominators from these, with path compression. Explicit stacks, because the graph may be a path of 10^5 vertices; the
// simple iterative method is quadratic on such graphs.
#include "budget/dominators.h"

#include "budget/model.h"

#include <algorithm>

namespace cascade::budget {
namespace {

// Renumbers the vertices by a depth-first visit; all code below uses these numbers.
class DominatorFinder {
 public:
  DominatorFinder(const Rows& successors, std::uint32_t start) : successors_(successors) {
    number_.assign(successors.size(), none);
    visit(start);
    const auto count = static_cast<std::uint32_t>(vertex_.size());
    semi_.resize(count);
    label_.resize(count);
    for (std::uint32_t i = 0; i < count; ++i) semi_[i] = label_[i] = i;
    ancestor_.assign(count, none);
    dominator_.assign(count, none);
  }

  // Each bucket holds the vertices whose semidominator is the parent at hand; its dominators can be told when the
  // parent's subtree is linked. One that differs from its semidominator gets its dominator's dominator in the second
  // pass.
  Dominators run() {
    const auto count = static_cast<std::uint32_t>(vertex_.size());
    collect_predecessors();
    std::vector<std::uint32_t> first_in_bucket(count, none), next_in_bucket(count, none);
    for (std::uint32_t w = count; w-- > 1;) {
      for (std::uint32_t v : predecessors_[w]) semi_[w] = std::min(semi_[w], semi_[evaluate(v)]);
      next_in_bucket[w] = first_in_bucket[semi_[w]];
      first_in_bucket[semi_[w]] = w;
      ancestor_[w] = parent_[w];
      std::uint32_t& bucket = first_in_bucket[parent_[w]];
      for (; bucket != none; bucket = next_in_bucket[bucket]) {
        const std::uint32_t u = evaluate(bucket);
        dominator_[bucket] = semi_[u] < semi_[bucket] ? u : parent_[w];
      }
    }
    for (std::uint32_t w = 1; w < count; ++w) {
      if (dominator_[w] != semi_[w]) dominator_[w] = dominator_[dominator_[w]];
    }
    return result();
  }

 private:
  void visit(std::uint32_t start) {
    struct Step {
      std::uint32_t vertex, next;
    };
    std::vector<Step> stack;
    auto enter = [&](std::uint32_t vertex, std::uint32_t parent) {
      number_[vertex] = static_cast<std::uint32_t>(vertex_.size());
      vertex_.push_back(vertex);
      parent_.push_back(parent);
      stack.push_back({vertex, 0});
    };
    enter(start, none);
    while (!stack.empty()) {
      Step& step = stack.back();
      const Span<std::uint32_t> row = successors_[step.vertex];
      if (step.next == row.size) {
        stack.pop_back();
        continue;
      }
      const std::uint32_t child = row[step.next++];
      if (number_[child] == none) enter(child, number_[step.vertex]);
    }
  }

  void collect_predecessors() {
    Rows by_number;
    for (std::uint32_t vertex : vertex_) {
      for (std::uint32_t child : successors_[vertex]) by_number.items.push_back(number_[child]);
      by_number.end_row();
    }
    predecessors_ = invert(by_number, static_cast<std::uint32_t>(vertex_.size()));
  }

  // Returns the vertex of least semidominator on the linked path above v, and shortens that path.
  std::uint32_t evaluate(std::uint32_t v) {
    if (ancestor_[v] == none) return v;
    path_.clear();
    for (std::uint32_t at = v; ancestor_[ancestor_[at]] != none; at = ancestor_[at]) path_.push_back(at);
    for (auto at = path_.rbegin(); at != path_.rend(); ++at) {
      const std::uint32_t above = ancestor_[*at];
      if (semi_[label_[above]] < semi_[label_[*at]]) label_[*at] = label_[above];
      ancestor_[*at] = ancestor_[above];
    }
    return label_[v];
  }

  Dominators result() const {
    Dominators out;
    out.idom.assign(successors_.size(), none);
    out.depth.assign(successors_.size(), 0);
    out.preorder = vertex_;
    for (std::uint32_t w = 1; w < vertex_.size(); ++w) {
      const std::uint32_t above = vertex_[dominator_[w]];
      out.idom[vertex_[w]] = above;
      out.depth[vertex_[w]] = out.depth[above] + 1;
    }
    return out;
  }

  const Rows& successors_;
  std::vector<std::uint32_t> number_, vertex_,
      parent_;  // number of a vertex; vertex and depth-first parent of a number
  Rows predecessors_;
  std::vector<std::uint32_t> semi_, label_, ancestor_, dominator_, path_;
};

}  // namespace

Dominators find_dominators(const Rows& successors, std::uint32_t start) {
  return DominatorFinder(successors, start).run();
}

}  // namespace cascade::budget
