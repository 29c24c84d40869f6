// One layer of the cascade as text: what is packed, what is remembered of it.
#pragma once

#include <cascade/bundle.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hook/event.h"

namespace cascade::hook {

// The whole text is `head`, the packed sections and `tail`, and stays within `limit`. `held`: content hashes that the
// recipient has from elsewhere, beside those that the ledger knows.
struct LayerRequest {
  std::vector<Symbol> roots;
  std::string recipient;  // whose memory counts: "main" or a subagent
  std::string task;       // for the sections' relevance; empty: all equal
  Cost limit;
  std::string head, tail;
  std::string decision;  // for the ledger
  std::uint32_t score = 0;
  std::vector<std::uint64_t> held;
  std::vector<std::uint64_t> within;  // nothing else, where that costs little; empty: anything
  std::vector<Quote> quotes;          // that compete with the sections
  std::function<std::string(std::string_view)>
      rewrite;  // of the packed sections, before they are counted; may be empty
};

// The cleaned text and what the ledger shall say of it. The text is empty when there is nothing to send: `fits` is
// false when not even what must be in fits into the limit, true when the recipient holds all of it already.
struct Layer {
  std::string text;
  session::Entry entry;
  bool fits = true;
};
Result<Layer> make_layer(Conversation& conversation, const LayerRequest& request);

// What the ledger shall say of a bundle that was sent: its certificate and its pieces. Recipient, decision and the cost
// of the whole text are the caller's to add.
session::Entry injection_of(const Registry& registry, const std::vector<Symbol>& roots, const Bundle& bundle);

}  // namespace cascade::hook
