#include "audit/checks.h"

#include <algorithm>

namespace cascade::audit {

std::string id_of(const Check& check) { return std::string(check.family) + "/" + std::string(check.name); }

const Check* find_check(std::string_view id) {
  const auto all = checks();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Check& check) { return id_of(check) == id; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace cascade::audit
