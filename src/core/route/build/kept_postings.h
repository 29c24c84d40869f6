// Reuses the postings of earlier tables for unchanged sources: while the average lengths of the fields are the same,
// the postings are the same, too, only under other numbers.
#pragma once

#include <optional>
#include <vector>

#include "route/build/postings.h"

namespace cascade::route {

// The part of an earlier build that is still valid.
struct Remains {
  Span<NotedSource> sources;           // of the earlier notes
  std::vector<std::uint32_t> entries;  // by source: its earlier number; none: counted anew
  std::vector<std::uint32_t> terms;    // by earlier term: its number now; none: no source uses it
};

class KeptPostings {
 public:
  // Nullopt when the postings differ now, or when `earlier`, which is untrusted, are not the tables of those notes. The
  // result refers to `earlier`.
  static std::optional<KeptPostings> find(const Tables& earlier, const Remains& remains, const Notes& notes,
                                          const LexiconTable& lexicon, const FieldWeights& fields);

  // These replace count_postings() and weigh_postings().
  std::vector<TermSum> take_counts() { return std::move(counted_); }  // once
  void copy(std::vector<TermSum>& sums, Posting* postings, const std::function<void()>& between) const;

 private:
  KeptPostings(const Tables& earlier, const Remains& remains)
      : terms_(earlier.terms), postings_(earlier.postings), new_terms_(remains.terms) {}

  Span<Posting> of_term(std::size_t earlier) const {
    return {postings_.data + terms_[earlier].postings.begin, terms_[earlier].postings.count};
  }
  template <typename Impact>
  void copy_term(std::size_t earlier, TermSum& sum, Posting* postings, Impact&& impact) const;
  bool map_entries(const Remains& remains);
  bool count_kept(std::size_t terms);

  Span<TermRecord> terms_;  // of the earlier tables
  Span<Posting> postings_;
  std::vector<std::uint32_t> new_terms_;  // by earlier term
  std::vector<std::uint32_t> moved_;      // by earlier entry: its number now * 256; none: not kept
  std::vector<std::uint8_t> dropped_;     // the same: 1, it is not kept
  std::vector<std::uint8_t> of_concept_;  // by term
  std::vector<Weighed> fresh_;            // of entries that were counted anew, by entry
  std::vector<TermSum> counted_;
};

}  // namespace cascade::route
