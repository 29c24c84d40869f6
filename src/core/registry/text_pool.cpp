// A hash table with open addressing whose slots refer into one string. Texts are only appended, so a reference stays
// valid while the table grows, and the bytes depend on nothing but the order of the calls.
#include "registry/text_pool.h"

#include <algorithm>

#include "registry/text_hash.h"

namespace cascade::registry {

TextRef TextPool::add(std::string_view text) {
  if (text.empty()) return {};
  if (2 * (taken_ + 1) > slots_.size()) grow();
  const std::uint32_t hash = hash_of(text);
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  for (; slots_[at].ref.length != 0; at = (at + 1) & mask)
    if (slots_[at].hash == hash && (*this)[slots_[at].ref] == text) return slots_[at].ref;
  const TextRef ref{static_cast<std::uint32_t>(bytes_.size()), static_cast<std::uint32_t>(text.size())};
  bytes_.append(text);
  slots_[at] = {hash, ref};
  ++taken_;
  return ref;
}

TextRef TextPool::add_end(std::string_view text, TextRef longer) {
  if (text.empty()) return {};
  const std::string_view whole = (*this)[longer];
  if (whole.size() < text.size() || whole.substr(whole.size() - text.size()) != text) return add(text);
  return {longer.offset + longer.length - static_cast<std::uint32_t>(text.size()),
          static_cast<std::uint32_t>(text.size())};
}

void TextPool::clear() {
  constexpr std::size_t most_kept = 512;  // clearing more slots would cost more than growing again
  bytes_.clear();
  slots_.assign(std::min(slots_.size(), most_kept), {});
  taken_ = 0;
}

void TextPool::grow() {
  std::vector<Slot> old(std::max<std::size_t>(64, slots_.size() * 2));
  old.swap(slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.ref.length == 0) continue;
    std::size_t at = slot.hash & mask;
    while (slots_[at].ref.length != 0) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

}  // namespace cascade::registry
