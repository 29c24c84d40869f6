// Merges the systems' verdicts on one tool call into one answer.
#pragma once

#include <string>
#include <vector>

#include "client/event_input.h"
#include "git/words.h"
#include "policy/policy.h"
#include "session/ledger.h"

namespace cascade::systems {

struct Verdict {
  std::string system;  // "repository", "protection", "tools"
  policy::Mode mode = policy::Mode::block;
  repository::Decision decision = repository::Decision::silent;
  std::string reason;
  std::string printed{};  // a check's output, on lines of its own
};

// Whether a system that may block refuses the call.
bool is_refused(const std::vector<Verdict>& verdicts);

// The answer to the call. The strictest verdict wins. Every reason is listed once, the strictest first, and cut at the
// client's limit. The user sees a verdict in mode warn; no one sees one in mode shadow.
client::Answer answer_of(const std::vector<Verdict>& verdicts);

// Takes the verdicts in mode warn out of those to be told if the session's ledger has one that says the same: a notice
// at every tool call is read at none. What the model is told, and what is recorded, stays.
std::vector<Verdict> not_yet_told(std::vector<Verdict> verdicts, const session::Ledger& ledger);

// What makes two notices one kind: the system, and the words without their numbers.
std::string kind_of(const Verdict& verdict);

constexpr std::size_t most_units = 9'500;  // UTF-16 units of one text; the client cuts at 10,000 (2.1.328)

}  // namespace cascade::systems
