// One layer of the cascade as text: what is packed, what is remembered of it.
#pragma once

#include <cascade/bundle.h>

#include <optional>
#include <string>
#include <vector>

#include "hook/event.h"

namespace cascade::hook {

struct LayerRequest {
  std::vector<Symbol> roots;
  std::string recipient;  // whose memory counts: "main" or a subagent
  std::string task;       // for the sections' relevance; empty: all equal
  Budget budget;
  std::uint32_t overhead_chars = 0;  // of the lines around the bundle
  std::string decision;              // for the ledger
  std::uint32_t score = 0;
};

// The bundle's text and what the ledger shall say of it; nothing when the recipient holds all of it already or not even
// the roots' heads fit.
struct Layer {
  std::string text;
  session::Entry entry;
};
Result<std::optional<Layer>> make_layer(Conversation& conversation, const LayerRequest& request);

constexpr std::uint32_t max_context_chars = 9'500;  // of one additionalContext; the client cuts at 10,000 (2.1.328)
constexpr std::uint32_t max_agent_chars = 40'000;   // of updatedInput.prompt; 60,000 arrived whole (2.1.328)

}  // namespace cascade::hook
