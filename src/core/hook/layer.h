// Packs one layer into text, with the ledger entry that describes it.
#pragma once

#include <cascade/bundle.h>

#include <functional>
#include <string>
#include <vector>

#include "hook/event.h"

namespace cascade::hook {

// The whole text is `head`, the packed sections and `tail`, and stays within `limit`. `held`: content hashes that the
// recipient has from elsewhere, besides those in the ledger.
struct LayerRequest {
  std::vector<Symbol> roots;
  std::string recipient;  // whose memory counts: "main" or a subagent
  std::string task;       // for the sections' relevance; empty: all are equally relevant
  Cost limit;
  std::string head, tail;
  std::string decision;  // recorded in the ledger
  std::uint32_t score = 0;
  std::vector<std::uint64_t> held;
  std::vector<std::uint64_t> within;  // only these hashes, if that costs little; empty: any
  std::vector<Quote> quotes;          // compete with the sections
  bool explores = false;              // chance may keep sections out (docs/usage.md, `explore`)
  std::function<std::string(std::string_view)>
      rewrite;  // applied to the first root's packed text before it is counted; may be empty
};

// The cleaned text and its ledger entry. If there is nothing to send, the text is empty: `fits` is false if even the
// mandatory part exceeds the limit, and true if the recipient already holds everything.
struct Layer {
  std::string text;
  session::Entry entry;
  bool fits = true;
};
Result<Layer> make_layer(Conversation& conversation, const LayerRequest& request);

// The ledger entry for a bundle: its certificate and its pieces. The caller adds the recipient, the decision and the
// cost of the whole text.
session::Entry injection_of(const Registry& registry, const std::vector<Symbol>& roots, const Bundle& bundle);

}  // namespace cascade::hook
