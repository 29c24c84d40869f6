#include "route/kept_postings.h"

#include <algorithm>

namespace cascade::route {

std::optional<KeptPostings> KeptPostings::find(const Tables& earlier, const Remains& remains, const Notes& notes,
                                               const LexiconTable& lexicon, const FieldWeights& fields) {
  const Lengths average = average_lengths(notes.sources);
  if (remains.entries.size() != notes.sources.size || earlier.entries.size != remains.sources.size ||
      earlier.terms.size != remains.terms.size() || average != average_lengths(remains.sources))
    return std::nullopt;
  KeptPostings kept(earlier, remains);
  if (!kept.map_entries(remains)) return std::nullopt;
  std::vector<std::uint32_t> anew;
  for (std::uint32_t e = 0; e < remains.entries.size(); ++e)
    if (remains.entries[e] == none) anew.push_back(e);
  kept.fresh_ = weigh_entries(notes, lexicon, fields, average, anew);
  kept.of_concept_.resize(lexicon.terms.size + notes.term_ends.size);
  for (const ConceptRecord& record : lexicon.concepts)
    if (record.term != none) kept.of_concept_[record.term] = 1;
  if (!kept.count_kept(kept.of_concept_.size())) return std::nullopt;
  return kept;
}

// Postings are by entry, so those that are kept must stand in the same order.
bool KeptPostings::map_entries(const Remains& remains) {
  new_entries_.assign(remains.sources.size, none);
  std::uint32_t next = 0;
  for (std::uint32_t e = 0; e < remains.entries.size(); ++e) {
    const std::uint32_t was = remains.entries[e];
    if (was == none) continue;
    if (was < next || was >= new_entries_.size()) return false;
    new_entries_[was] = e;
    next = was + 1;
  }
  return true;
}

bool KeptPostings::count_kept(std::size_t terms) {
  counted_.resize(terms);
  std::uint32_t begin = 0;
  for (std::size_t t = 0; t < terms_.size; ++t) {
    const Slice slice = terms_[t].postings;
    if (slice.begin != begin || slice.count > postings_.size - begin) return false;
    begin += slice.count;
    std::uint32_t kept = 0;
    for (const Posting& posting : Span<Posting>{postings_.data + slice.begin, slice.count}) {
      if (posting.entry() >= new_entries_.size()) return false;
      kept += new_entries_[posting.entry()] != none ? 1 : 0;
    }
    if (kept == 0) continue;
    if (new_terms_[t] >= terms) return false;
    counted_[new_terms_[t]].postings.begin = kept;
  }
  for (const Weighed& weighed : fresh_) ++counted_[weighed.term].postings.begin;
  place_postings(counted_);
  return begin == postings_.size;
}

void KeptPostings::copy(std::vector<TermSum>& sums, Posting* postings) const {
  for (std::size_t t = 0; t < terms_.size; ++t) {
    if (new_terms_[t] >= of_concept_.size()) continue;
    TermSum& sum = sums[new_terms_[t]];
    const bool of_concept = of_concept_[new_terms_[t]] != 0;
    Posting* to = postings + sum.postings.begin;
    std::uint64_t mass = 0;
    std::uint32_t mask = 0;
    for (const Posting& posting : Span<Posting>{postings_.data + terms_[t].postings.begin, terms_[t].postings.count}) {
      const std::uint32_t e = new_entries_[posting.entry()];
      if (e == none) continue;
      *to++ = {e << 8 | posting.mask(), posting.full, posting.strong};
      mass += of_concept ? posting.strong : posting.full;
      mask |= posting.mask();
    }
    sum.postings.count = static_cast<std::uint32_t>(to - (postings + sum.postings.begin));
    sum.mass = mass;
    sum.mask = mask;
  }
  for (const Weighed& weighed : fresh_) {
    TermSum& sum = sums[weighed.term];
    Posting* const begin = postings + sum.postings.begin;
    Posting* const end = begin + sum.postings.count++;
    Posting* const at = std::upper_bound(begin, end, weighed.posting,
                                         [](const Posting& a, const Posting& b) { return a.entry() < b.entry(); });
    std::copy_backward(at, end, end + 1);
    *at = weighed.posting;
    sum.mass += weighed.mass;
    sum.mask |= weighed.posting.mask();
  }
}

}  // namespace cascade::route
