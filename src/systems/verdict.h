// What the systems say to one tool call, made into one answer.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/policy.h"
#include "repository/judge.h"

namespace cascade::systems {

struct Verdict {
  std::string system;  // "repository", "protection", "tools"
  policy::Mode mode = policy::Mode::block;
  repository::Decision decision = repository::Decision::silent;
  std::string reason;
  std::string printed{};  // by a check, in lines of its own
};

// One JSON object as the client expects it of PreToolUse (2.1.328); empty: nothing to say. The strictest verdict wins
// and every reason is kept, each once, the strictest first; what is more than the client takes is cut. A verdict in
// mode warn is told to the user, one in mode shadow to nobody.
std::string compose(const std::vector<Verdict>& verdicts);

constexpr std::size_t most_units = 9'500;  // of UTF-16, of one text; the client cuts at 10,000 (2.1.328)

}  // namespace cascade::systems
