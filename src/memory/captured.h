// Lines that a model wrote into a summary because it was asked to.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "memory/memory.h"

namespace cascade::memory {

// What a model is asked when a conversation is about to be compacted.
std::string_view instructions_for_summary() noexcept;

// "remember: SUBJECT: TEXT", one a line, with or without a list's mark; at most ten. `told`: the facts that the
// conversation was given. What says the same is left out: else memory would learn from itself.
std::vector<Fact> captured_facts(std::string_view summary, const std::vector<Fact>& told);

// Whether a text says what a fact does, in nearly the same words.
bool says_the_same(const std::string& text, const std::string& of_fact);

}  // namespace cascade::memory
