// Facts that a model wrote into a summary at our request.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "memory/memory.h"

namespace cascade::memory {

// The request to a model whose conversation is about to be compacted.
std::string_view instructions_for_summary() noexcept;

// Reads "remember: SUBJECT: TEXT", one per line, with or without a list marker; at most ten. `told`: the facts given
// to the conversation. Facts that say the same are left out: otherwise memory would learn from itself.
std::vector<Fact> captured_facts(std::string_view summary, const std::vector<Fact>& told);

// Whether a text says the same as a fact, in nearly the same words.
bool says_the_same(const std::string& text, const std::string& of_fact);

}  // namespace cascade::memory
