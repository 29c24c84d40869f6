// What a person asks to have forgotten, in a prompt of their own, and which facts that means.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "memory/memory.h"

namespace cascade::memory {

struct Unwanted {
  std::string_view what;  // of the prompt
  bool claims = false;    // a whole statement: "forget that WHAT"
  // It can only mean the memory: "forget that …", "forget what you know about …", "… from your memory". Otherwise it
  // may as well end a matter of this conversation: "forget the lint thing".
  bool is_plain = false;
  bool is_named = false;  // nothing but a name: "forget the deploy window"
};

// The first sentence that orders it. Nothing for what is set aside only now ("for this task", "forget about the tests,
// just ship"), a question, or a story. `said`: the prompt without what is quoted or pasted.
std::optional<Unwanted> asked_to_forget(std::string_view said);
// Whether the sentence is such an order and nothing else: it says nothing to be remembered.
bool orders_to_forget(std::string_view sentence);

struct Meant {
  std::vector<Fact> facts;  // the likeliest first
  bool is_sure = false;     // one, or the same sentence under several names, and nothing else can be meant
};

// Those of the facts that have its words. A team's is never sure: it is not the person's alone.
Meant meant_by(const Unwanted& unwanted, const std::vector<Fact>& facts);

}  // namespace cascade::memory
