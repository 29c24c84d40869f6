#include "registry/precedence.h"

#include <algorithm>

namespace cascade::registry {

int rank(Kind kind, Scope scope) noexcept {
  switch (scope) {
    case Scope::managed: return 4;
    case Scope::user: return kind == Kind::agent ? 2 : 3;
    case Scope::project: return kind == Kind::agent ? 3 : 2;
    case Scope::plugin: return 1;
    case Scope::builtin: return 0;
  }
  return 0;
}

bool wins(const Part& a, const Part& b) {
  const int left = rank(a.kind, a.scope), right = rank(b.kind, b.scope);
  if (left != right) return left > right;
  if (a.root != b.root) return a.root < b.root;
  const auto depth_a = std::count(a.path.begin(), a.path.end(), '/');
  const auto depth_b = std::count(b.path.begin(), b.path.end(), '/');
  return depth_a != depth_b ? depth_a < depth_b : a.path < b.path;
}

}  // namespace cascade::registry
