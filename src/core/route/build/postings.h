// The entries that have a term, and how much weight it has in each.
#pragma once

#include <cascade/registry.h>

#include "route/build/notes.h"
#include "route/learned.h"

namespace cascade::route {

std::string_view spelling_of(const Notes& notes, const LexiconTable& lexicon, std::uint32_t word);

struct TermSum {
  std::uint64_t mass = 0;  // its impacts; of a concept the strong ones
  Slice postings;
  std::uint32_t mask = 0, last = 0;  // the masks; `last` is for counting
};

// The place for the postings of each term; the end of the last is their number.
std::vector<TermSum> count_postings(const Notes& notes, const LexiconTable& lexicon);

// Fills in the postings, by term, then entry. Counts are discounted in long fields and saturate.
void weigh_postings(const Notes& notes, const LexiconTable& lexicon, const FieldWeights& fields,
                    std::vector<TermSum>& sums, Posting* postings);

struct Weighed {
  std::uint32_t term = 0;
  Posting posting;
  std::uint32_t mass = 0;
};

// The part of an earlier build that is still valid.
struct Remains {
  Span<NotedSource> sources;           // of the earlier notes
  std::vector<std::uint32_t> entries;  // by source: its earlier number; none: counted anew
  std::vector<std::uint32_t> terms;    // by earlier term: its number now; none: no source uses it
};

class KeptPostings {
 public:
  // Nullopt: the postings differ now, or `earlier`, untrusted and referred to, are not the tables of those notes.
  static std::optional<KeptPostings> find(const Tables& earlier, const Remains& remains, const Notes& notes,
                                          const LexiconTable& lexicon, const FieldWeights& fields);

  // These replace count_postings() and weigh_postings().
  std::vector<TermSum> take_counts() { return std::move(counted_); }  // once
  void copy(std::vector<TermSum>& sums, Posting* postings) const;

 private:
  KeptPostings(const Tables& earlier, const Remains& remains)
      : terms_(earlier.terms), postings_(earlier.postings), new_terms_(remains.terms) {}

  Span<Posting> of_term(std::size_t earlier) const {
    return {postings_.data + terms_[earlier].postings.begin, terms_[earlier].postings.count};
  }
  void copy_term(std::size_t earlier, bool is_concept, TermSum& sum, Posting* postings) const;
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

// The block that RouterTables::open() reads. `sources`: the sources of the notes. Deterministic; linear except for
// sorting names. `kept`: the postings, if they are already known.
std::string lay_out(const Registry& registry, const std::vector<ManifestId>& sources, const Notes& notes,
                    const LexiconTable& lexicon, const FieldWeights& fields, KeptPostings* kept = nullptr);

// "skill:name", "command:name": the name of a manifest in the shipped prompts, without plugin and folders.
std::string taught_name(const ManifestView& manifest);

// The class taught for a manifest of this kind and name, if the descriptions also agree: they share at least half of
// the words of the longer one. So a manifest of the same name about something else inherits nothing. 0 for none.
std::uint16_t learned_class(const Learned& learned, const ManifestView& manifest);

}  // namespace cascade::route
