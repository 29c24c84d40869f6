#include "git/facts.h"

#include <algorithm>

namespace cascade::repository {

std::string Facts::value(std::string_view key) const {
  for (auto entry = config.rbegin(); entry != config.rend(); ++entry)
    if (entry->first == key) return entry->second;
  return {};
}

std::vector<std::string> Facts::values(std::string_view key) const {
  std::vector<std::string> found;
  for (const auto& [name, value] : config)
    if (name == key) found.push_back(value);
  return found;
}

bool Facts::has_branch(std::string_view name) const {
  return std::find(branches.begin(), branches.end(), name) != branches.end();
}

}  // namespace cascade::repository
