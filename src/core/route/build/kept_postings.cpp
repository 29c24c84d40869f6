// Copies the postings of unchanged sources out of the earlier tables and weighs only those of new ones. A posting's
// weight depends on its source and on the fields' average lengths, so when these averages are the same, only the
// numbers of entries and terms change. Every number of the earlier tables is checked first, since they come from a
// file.
#include "route/build/kept_postings.h"

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

// Postings are sorted by entry, so the kept entries must be in the same order as before.
bool KeptPostings::map_entries(const Remains& remains) {
  moved_.assign(remains.sources.size, none);
  dropped_.assign(remains.sources.size, 1);
  std::uint32_t next = 0;
  for (std::uint32_t e = 0; e < remains.entries.size(); ++e) {
    const std::uint32_t was = remains.entries[e];
    if (was == none) continue;
    if (was < next || was >= moved_.size()) return false;
    moved_[was] = e << 8;
    dropped_[was] = 0;
    next = was + 1;
  }
  return true;
}

// One pass that checks and counts: the slices must follow each other without a gap and use up all postings, so a
// damaged file cannot make copy() write elsewhere.
bool KeptPostings::count_kept(std::size_t terms) {
  std::uint32_t last = 0;
  for (const Posting& posting : postings_) last = std::max(last, posting.entry_and_mask);
  if (last >> 8 >= moved_.size()) return false;
  counted_.resize(terms);
  std::uint32_t begin = 0;
  for (std::size_t t = 0; t < terms_.size; ++t) {
    const Slice slice = terms_[t].postings;
    if (slice.begin != begin || slice.count > postings_.size - begin) return false;
    begin += slice.count;
    std::uint32_t kept = slice.count;
    for (const Posting& posting : of_term(t)) kept -= dropped_[posting.entry()];
    if (kept == 0) continue;
    if (new_terms_[t] >= terms) return false;
    counted_[new_terms_[t]].postings.begin = kept;
  }
  for (const Weighed& weighed : fresh_) ++counted_[weighed.term].postings.begin;
  place_postings(counted_);
  return begin == postings_.size;
}

template <typename Impact>
void KeptPostings::copy_term(std::size_t earlier, TermSum& sum, Posting* postings, Impact&& impact) const {
  Posting* to = postings + sum.postings.begin;
  std::uint64_t mass = 0;
  std::uint32_t mask = 0;
  for (Posting posting : of_term(earlier)) {
    const std::uint32_t moved = moved_[posting.entry()];
    if (moved == none) continue;
    mass += impact(posting);
    mask |= posting.entry_and_mask;
    posting.entry_and_mask = moved | posting.mask();
    *to++ = posting;
  }
  sum.postings.count = static_cast<std::uint32_t>(to - (postings + sum.postings.begin));
  sum.mass = mass;
  sum.mask = mask & 0xff;
}

void KeptPostings::copy(std::vector<TermSum>& sums, Posting* postings, const std::function<void()>& between) const {
  for (std::size_t t = 0; t < terms_.size; ++t) {
    const std::uint32_t term = new_terms_[t];
    if ((t + 1) % terms_between == 0 && between) between();
    if (term >= of_concept_.size()) continue;
    if (of_concept_[term] != 0)
      copy_term(t, sums[term], postings, [](const Posting& posting) { return posting.strong; });
    else
      copy_term(t, sums[term], postings, [](const Posting& posting) { return posting.full; });
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
