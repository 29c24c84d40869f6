// The remembered facts that fit a prompt, as quotes for the model.
#pragma once

#include <cascade/bundle.h>

#include <string>
#include <vector>

#include "facts/recall.h"
#include "hook/event.h"

namespace cascade::hook {

// The best facts come first within each scope. None is among `held` (content hashes, sorted); together with their
// headings they take at most `most` tokens. Empty if the index in `state_directory` cannot be read.
std::vector<Quote> recalled_for(const recall::Query& query, const std::string& state_directory,
                                const TokenCounter& counter, TokenCount most, std::vector<std::uint64_t> held = {});

// recalled_for() a conversation's prompt, without the facts that the conversation holds. Empty if memory is off.
std::vector<Quote> recalled(Conversation& conversation, TokenCount most);

// The facts that the conversation held before it was compacted and that are still valid.
std::vector<Quote> recalled_before(Conversation& conversation, const std::vector<std::string>& names, TokenCount most);

// The part of an allowance that facts may take next to a skill.
constexpr TokenCount recall_share(TokenCount allowance) { return allowance * 15 / 100; }

// The text of facts that come without a skill, recorded in the ledger. Empty if there are none or another process has
// said them.
std::string tell_recalled(Conversation& conversation, const std::vector<Quote>& quotes, const std::string& decision);

}  // namespace cascade::hook
