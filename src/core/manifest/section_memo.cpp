// A hash table by content hash. Equal hashes are no proof: texts that differ in white space share one, and a hostile
// author can make others. So texts are compared, and a search ends after a few slots: what finds no free one is not
// kept.
#include "manifest/section_memo.h"

#include <utility>

namespace cascade::manifest {
namespace {

constexpr std::size_t least_text = 32;  // bytes
constexpr std::size_t most_sections = std::size_t{1} << 16, most_references = most_sections,
                      least_slots = std::size_t{1} << 12, most_probed = 8;

}  // namespace

KnownSection* SectionMemo::find(std::uint64_t content_hash, std::string_view text, bool has_children) const noexcept {
  if (slots_.empty()) return nullptr;
  for (std::size_t i = 0; i < most_probed; ++i) {
    const Slot& slot = slots_[(content_hash + i) & (slots_.size() - 1)];
    if (slot.section == nullptr) return nullptr;
    KnownSection& known = *slot.section;
    if (slot.content_hash == content_hash && known.has_children == has_children && known.text == text) return &known;
  }
  return nullptr;
}

KnownSection* SectionMemo::add(std::uint64_t content_hash, KnownSection section) {
  if (section.text.size() < least_text || sections_.size() == most_sections) return nullptr;
  if (slots_.size() < 2 * (sections_.size() + 1)) grow();
  sections_.push_back(std::move(section));
  place({content_hash, &sections_.back()});
  return &sections_.back();
}

bool SectionMemo::reserve_references(std::size_t count) noexcept {
  if (count > most_references - references_) return false;
  references_ += count;
  return true;
}

void SectionMemo::grow() {
  std::vector<Slot> old(slots_.empty() ? least_slots : 2 * slots_.size());
  std::swap(old, slots_);
  for (const Slot& slot : old)
    if (slot.section != nullptr) place(slot);
}

void SectionMemo::place(const Slot& slot) noexcept {
  for (std::size_t i = 0; i < most_probed; ++i) {
    Slot& at = slots_[(slot.content_hash + i) & (slots_.size() - 1)];
    if (at.section != nullptr) continue;
    at = slot;
    return;
  }
}

}  // namespace cascade::manifest
