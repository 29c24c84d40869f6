// What is remembered and fits a prompt, as quotes for the model.
#pragma once

#include <cascade/bundle.h>

#include <string>
#include <vector>

#include "hook/event.h"
#include "recall/recall.h"

namespace cascade::hook {

// The best facts first within each scope, none of `held` (content hashes, sorted), together at most `most` tokens with
// their headings. Empty where the index of `state_directory` cannot be read.
std::vector<Quote> recalled_for(const recall::Query& query, const std::string& state_directory,
                                const TokenCounter& counter, TokenCount most, std::vector<std::uint64_t> held = {});

// The same for a conversation's prompt: none that it holds. Empty where memory is off.
std::vector<Quote> recalled(Conversation& conversation, TokenCount most);

// Facts that the conversation held before it was compacted, as far as they are still live.
std::vector<Quote> recalled_before(Conversation& conversation, const std::vector<std::string>& names, TokenCount most);

// The part of an allowance that facts may take beside a skill.
constexpr TokenCount recall_share(TokenCount allowance) { return allowance * 15 / 100; }

// Facts without a skill: their text, noted in the ledger; empty where there is none, or another process said them.
std::string tell_recalled(Conversation& conversation, const std::vector<Quote>& quotes, const std::string& decision);

}  // namespace cascade::hook
