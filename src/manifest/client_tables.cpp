#include "manifest/client_tables.h"

#include <algorithm>
#include <iterator>

namespace cascade {
namespace {

// Seen in the agent listing of 2.1.328; sorted.
constexpr std::string_view builtin_agents[] = {"Explore", "Plan", "claude", "general-purpose", "statusline-setup"};

}  // namespace

bool is_builtin_agent(std::string_view name) noexcept {
  return std::binary_search(std::begin(builtin_agents), std::end(builtin_agents), name);
}

}  // namespace cascade
