// Remembered facts for a prompt, as a hook would give them in a new conversation.
#pragma once

#include <cascade/bundle.h>
#include <cascade/tokens.h>

#include <cstdint>
#include <string>
#include <vector>

#include "cli/environment.h"

namespace cascade::cli {

// At most 15 per cent of the budget, or any number if it has no limit; none among `held` (content hashes, sorted).
// Empty if memory is off in this folder.
std::vector<Quote> facts_for_prompt(const Environment& environment, const std::string& prompt, const Budget& budget,
                                    const TokenCounter& counter, std::vector<std::uint64_t> held = {});

// A bundle of facts alone, for a prompt that needs nothing else.
Bundle bundle_of_facts(const std::vector<Quote>& facts, const Budget& budget, const TokenCounter& counter);

}  // namespace cascade::cli
