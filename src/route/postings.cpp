#include "route/postings.h"

#include <algorithm>
#include <array>

namespace cascade::route {
namespace {

constexpr FieldCounts low_bits = 0x7f7f7f7f7f7f7f7fULL, high_bits = ~low_bits;

// Byte by byte, at most 255 each.
constexpr FieldCounts add_saturating(FieldCounts a, FieldCounts b) noexcept {
  const FieldCounts sum = ((a & low_bits) + (b & low_bits)) ^ ((a ^ b) & high_bits);
  const FieldCounts over = ((a & b) | ((a | b) & ~sum)) & high_bits;
  return sum | (over >> 7) * 0xff;
}

// A bit for each byte that is not 0.
constexpr std::uint32_t mask_of(FieldCounts counts) noexcept {
  const FieldCounts used = (((counts & low_bits) + low_bits) | counts) & high_bits;
  return static_cast<std::uint32_t>(((used >> 7) * 0x0102040810204080ULL) >> 56);
}

using Lengths = std::array<std::uint32_t, field_count>;

Lengths average(const Span<NotedSource>& sources) {
  std::array<std::uint64_t, field_count> sum{}, having{};
  for (const NotedSource& source : sources)
    for (std::size_t f = 0; f < field_count; ++f) {
      sum[f] += source.lengths[f];
      having[f] += source.lengths[f] > 0 ? 1 : 0;
    }
  Lengths average{};
  for (std::size_t f = 0; f < field_count; ++f)
    average[f] = static_cast<std::uint32_t>(having[f] == 0 ? 1 : std::max<std::uint64_t>(1, sum[f] / having[f]));
  return average;
}

struct Impact {
  std::uint16_t full = 0, strong = 0;
};

// What counts weigh in one source.
class Scale {
 public:
  Scale(const FieldWeights& fields, const Lengths& average) : fields_(fields), average_(average) {}

  void begin(const NotedSource& source) {
    for (std::size_t f = 0; f < field_count; ++f) {
      const std::uint64_t b = fields_.length[f];
      const std::uint64_t norm = (100 - b) * 10 + b * 10 * source.lengths[f] / average_[f];  // per mille
      norm_[f] = std::max<std::uint64_t>(norm, 100);
    }
    in_body_.fill({});
  }

  // `unit`: how many of a count make one.
  Impact of(FieldCounts counts, std::uint32_t unit) const {
    std::uint64_t full = 0, strong = 0;
    for (FieldCounts left = counts; left != 0;) {
      const auto f = static_cast<std::size_t>(__builtin_ctzll(left) / 8);
      const std::uint64_t count = count_in(counts, f);
      left &= ~(FieldCounts{0xff} << (8 * f));
      full += fields_.full[f] * count * 1000 * 16 / unit / norm_[f];
      if (fields_.strong[f] != 0) strong += fields_.strong[f] * count * 1000 * 16 / unit / norm_[f];
    }
    return {share(full, fields_.full_half), share(strong, fields_.strong_half)};
  }

  // Most words stand in the body alone, few times.
  Impact in_body(std::uint32_t count) {
    Known& known = in_body_[count % in_body_.size()];
    if (known.count != count) known = {count, of(one_in(Field::body) * count, 1)};
    return known.impact;
  }

 private:
  struct Known {
    std::uint32_t count = 0;
    Impact impact;
  };
  static std::uint16_t share(std::uint64_t sum, std::uint32_t half) {
    return static_cast<std::uint16_t>(1000 * sum / (sum + std::uint64_t{half} * 16));
  }

  const FieldWeights& fields_;
  const Lengths& average_;
  std::array<std::uint64_t, field_count> norm_{};
  std::array<Known, 32> in_body_{};
};

class Weigher {
 public:
  Weigher(const Notes& notes, const LexiconTable& lexicon, const FieldWeights& fields)
      : notes_(notes),
        lexicon_(lexicon),
        fields_(fields),
        terms_(lexicon.terms.size + notes.term_ends.size),
        counts_(terms_) {}

  TermPostings run() {
    count_entries();
    found_.mass.resize(terms_);
    found_.fields.resize(terms_);
    const Lengths lengths = average(notes_.sources);
    Scale scale(fields_, lengths);
    for (std::uint32_t e = 0; e < notes_.sources.size; ++e) {
      scale.begin(notes_.sources[e]);
      place(e, scale);
    }
    // Each term's place has moved to its end, which is where the next one began.
    std::rotate(found_.begin.begin(), found_.begin.end() - 1, found_.begin.end());
    found_.begin[0] = 0;
    return std::move(found_);
  }

 private:
  // Calls f(term, counts) for each word that is counted.
  template <typename F>
  void each_word(const NotedSource& source, F&& f) const {
    const FieldCounts* mixed = notes_.mixed.data + source.mixed.begin;
    const WordUse* const begin = notes_.uses.data + source.uses.begin;
    for (const WordUse* use = begin; use != begin + source.uses.count; ++use) {
      const std::uint32_t in_body = *use & 0xff;
      const FieldCounts counts = in_body != 0 ? one_in(Field::body) * in_body : *mixed++;
      if (counts != 0) f(notes_.terms_of_words[*use >> 8], counts);
    }
  }

  // How many entries have each term, then where the postings of each begin.
  void count_entries() {
    std::vector<std::uint32_t>& begin = found_.begin;
    begin.assign(terms_ + 1, 0);
    std::vector<std::uint32_t> last(terms_);
    std::uint32_t number = 0;
    for (const NotedSource& source : notes_.sources) {
      ++number;
      each_word(source, [&](std::uint32_t term, FieldCounts) {
        begin[term] += last[term] != number ? 1 : 0;
        last[term] = number;
      });
      for (std::uint32_t i = 0; i < source.concepts.count; ++i)
        ++begin[lexicon_.concepts[notes_.concepts[source.concepts.begin + i].concept_id].term];
    }
    std::uint32_t all = 0;
    for (std::uint32_t& at : begin) {
      const std::uint32_t count = at;
      at = all;
      all += count;
    }
    found_.postings.resize(all);
  }

  void place(std::uint32_t e, Scale& scale) {
    const NotedSource& source = notes_.sources[e];
    used_.clear();
    each_word(source, [&](std::uint32_t term, FieldCounts counts) {
      if (counts_[term] == 0) used_.push_back(term);
      counts_[term] = add_saturating(counts_[term], counts);
    });
    for (const std::uint32_t term : used_) {
      const FieldCounts counts = counts_[term];
      counts_[term] = 0;
      const std::uint32_t in_body = count_in(counts, static_cast<std::size_t>(Field::body));
      const bool nowhere_else = counts == one_in(Field::body) * in_body;
      const Impact impact = nowhere_else ? scale.in_body(in_body) : scale.of(counts, 1);
      add(term, e, counts, impact, impact.full);
    }
    for (std::uint32_t i = 0; i < source.concepts.count; ++i) {
      const ConceptUse& use = notes_.concepts[source.concepts.begin + i];
      FieldCounts counts = 0;
      for (std::size_t f = 0; f < field_count; ++f) counts |= FieldCounts{use.by_field[f]} << (8 * f);
      const Impact impact = scale.of(counts, 4);
      add(lexicon_.concepts[use.concept_id].term, e, counts, impact, impact.strong);
    }
  }

  void add(std::uint32_t term, std::uint32_t e, FieldCounts counts, Impact impact, std::uint32_t mass) {
    const std::uint32_t mask = mask_of(counts);
    found_.postings[found_.begin[term]++] = {e << 8 | mask, impact.full, impact.strong};
    found_.mass[term] += mass;
    found_.fields[term] = static_cast<std::uint8_t>(found_.fields[term] | mask);
  }

  const Notes& notes_;
  const LexiconTable& lexicon_;
  const FieldWeights& fields_;
  std::size_t terms_;
  std::vector<FieldCounts> counts_;  // of the source at hand, by term
  std::vector<std::uint32_t> used_;
  TermPostings found_;
};

}  // namespace

TermPostings weigh_terms(const Notes& notes, const LexiconTable& lexicon, const FieldWeights& fields) {
  return Weigher(notes, lexicon, fields).run();
}

}  // namespace cascade::route
