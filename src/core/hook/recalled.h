// The remembered facts that fit a prompt, as quotes for the model.
#pragma once

#include <cascade/bundle.h>

#include <string>
#include <string_view>
#include <vector>

#include "hook/event.h"

namespace cascade::hook {

// Remembered facts are quotes to the core. lib/facts has their index and defines facts_for() and facts_named().
struct WantedFacts {
  const HookOptions& options;    // where the index is, and whose facts may be told
  const std::string& directory;  // where the session works
  const TokenCounter& counter;
  TokenCount most = 0;                // with their headings they take at most so many tokens
  std::vector<std::uint64_t> held{};  // content hashes, sorted: none of these
};
// The best facts come first within each scope. Empty if the index cannot be read.
std::vector<Quote> facts_for(std::string_view prompt, const WantedFacts& wanted);
// The facts of these names ("memory:ID") that are still valid.
std::vector<Quote> facts_named(const std::vector<std::string>& names, const WantedFacts& wanted);

// facts_for() a conversation's prompt, without the facts that the conversation holds. Empty if memory is off.
std::vector<Quote> recalled(Conversation& conversation, TokenCount most);

// The facts that the conversation held before it was compacted and that are still valid.
std::vector<Quote> recalled_before(Conversation& conversation, const std::vector<std::string>& names, TokenCount most);

// The part of an allowance that facts may take next to a skill.
constexpr TokenCount recall_share(TokenCount allowance) { return allowance * 15 / 100; }

// The text of facts that come without a skill, recorded in the ledger. Empty if there are none or another process has
// said them.
std::string tell_recalled(Conversation& conversation, const std::vector<Quote>& quotes, const std::string& decision);

}  // namespace cascade::hook
