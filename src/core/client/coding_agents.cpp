#include "client/coding_agents.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "client/agent_names.h"
#include "text/ascii.h"

namespace cascade::client {

bool is_coding_agent(std::string_view name) {
  std::string folded = letters::to_lower(name);
  std::replace_if(
      folded.begin(), folded.end(), [](char c) { return c == ' ' || c == '_'; }, '-');
  return std::binary_search(std::begin(agent_names::all), std::end(agent_names::all), std::string_view(folded));
}

}  // namespace cascade::client
