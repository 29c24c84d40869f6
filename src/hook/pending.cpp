#include "hook/pending.h"

#include <algorithm>
#include <vector>

namespace cascade::hook {
namespace {

std::string prefix_of(std::string_view type) { return "pending:" + std::string(type) + "#"; }

bool has_prefix(const std::string& text, const std::string& prefix) {
  return text.compare(0, prefix.size(), prefix) == 0;
}

}  // namespace

std::string pending_recipient(std::string_view type, const session::Ledger& ledger) {
  const std::uint64_t last = ledger.entries().empty() ? 0 : ledger.entries().back().sequence;
  return prefix_of(type) + std::to_string(last + 1);
}

std::optional<std::string> take_pending(std::string_view type, const session::Ledger& ledger) {
  std::vector<std::string> waiting;
  for (const session::Entry& entry : ledger.entries()) {
    if (has_prefix(entry.recipient, prefix_of(type))) waiting.push_back(entry.recipient);
    if (entry.decision == "taken")
      waiting.erase(std::remove(waiting.begin(), waiting.end(), entry.root), waiting.end());
  }
  if (waiting.empty()) return std::nullopt;
  return waiting.front();
}

}  // namespace cascade::hook
