// What a person asks to have remembered, in a prompt of their own.
#pragma once

#include <optional>
#include <string_view>

#include "memory/memory.h"

namespace cascade::memory {

// The subject and the text of the first sentence that asks for it: "remember: X", "please remember that X", "don't
// forget that X", "remember SUBJECT: TEXT", and the like. Nothing for an order to do something ("remember to push"), a
// question, or a prompt that asks for the past. `said`: the prompt without what is quoted or pasted.
std::optional<Fact> typed_fact(std::string_view said);

}  // namespace cascade::memory
