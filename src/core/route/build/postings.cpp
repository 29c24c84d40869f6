// A count is divided by its field's relative length, multiplied by the field's weight, summed and saturated as
// sum / (sum + half): a word repeated in a long body must not outweigh a name. Integers: each machine gets the same.
#include "route/build/postings.h"

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

struct Impact {
  std::uint32_t full = 0, strong = 0, plain = 0;
};

Posting posting_of(std::uint32_t entry, std::uint32_t mask, const Impact& impact, Form form = Form::any) {
  Posting posting;
  posting.entry_and_mask = entry << 8 | mask;
  posting.full = impact.full & 0x3ff;
  posting.strong = impact.strong & 0x3ff;
  posting.plain = impact.plain & 0x3ff;
  posting.form = static_cast<std::uint8_t>(form) & 3;
  return posting;
}

// The fields that together are the file; the others repeat parts of it or lie elsewhere.
constexpr bool is_of_file(std::size_t f) {
  const auto field = static_cast<Field>(f);
  return field == Field::name || field == Field::description || field == Field::headings || field == Field::body ||
         field == Field::examples;
}

// The average length of each field in words, among the sources that have it.
using Lengths = std::array<std::uint32_t, field_count>;
Lengths average_lengths(const Span<NotedSource>& sources) {
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

class Scale {
 public:
  Scale(const FieldWeights& fields, const Lengths& average) : fields_(fields), average_(average) {}

  void begin(const NotedSource& source) {
    ++source_;
    for (std::size_t f = 0; f < field_count; ++f) {
      const std::uint64_t b = fields_.length[f];
      const std::uint64_t norm = (100 - b) * 10 + b * 10 * source.lengths[f] / average_[f];  // per mille
      norm_[f] = std::max<std::uint64_t>(norm, 100);
    }
    std::uint64_t length = 0, usual = 1;
    for (std::size_t f = 0; f < field_count; ++f)
      if (is_of_file(f)) {
        length += source.lengths[f];
        usual += average_[f];
      }
    half_ = (300 + 900 * length / usual);  // k1 = 1.2, b = 0.75
    in_body_.fill({});
  }

  // `unit`: how many of a count make one; 1, or 4 for concepts.
  Impact of(FieldCounts counts, std::uint32_t unit) {
    std::uint64_t full = 0, strong = 0, times = 0;
    for (FieldCounts left = counts; left != 0;) {
      const auto f = static_cast<std::size_t>(__builtin_ctzll(left) / 8);
      const std::uint32_t count = count_in(counts, f);
      left &= ~(FieldCounts{0xff} << (8 * f));
      Part& known = parts_[unit / 4][f][count % few];
      if (known.source != source_ || count >= few) known = part(f, count, unit);
      full += known.full;
      strong += known.strong;
      times += is_of_file(f) ? count : 0;
    }
    const auto plain = static_cast<std::uint32_t>(1'000'000 * times / (times * 1000 + half_));
    return {share(full, fields_.full_half), share(strong, fields_.strong_half), unit == 1 ? plain : 0};
  }

  // Most words are only in the body, and a few times.
  Impact in_body(std::uint32_t count) {
    if (count >= in_body_.size()) return of(one_in(Field::body) * count, 1);
    Impact& known = in_body_[count];
    if (known.full == 0) known = of(one_in(Field::body) * count, 1);
    return known;
  }

 private:
  // The part of one field, kept for small counts because they repeat.
  struct Part {
    std::uint32_t source = 0, full = 0, strong = 0;
  };
  static constexpr std::uint32_t few = 16;
  Part part(std::size_t f, std::uint64_t count, std::uint32_t unit) const {
    const std::uint64_t full = fields_.full[f] * count * 1000 * 16 / unit / norm_[f];
    const std::uint64_t strong = fields_.strong[f] * count * 1000 * 16 / unit / norm_[f];
    return {count < few ? source_ : 0, static_cast<std::uint32_t>(full), static_cast<std::uint32_t>(strong)};
  }
  static std::uint32_t share(std::uint64_t sum, std::uint32_t half) {
    return static_cast<std::uint32_t>(1000 * sum / (sum + std::uint64_t{half} * 16));
  }

  const FieldWeights& fields_;
  const Lengths& average_;
  std::array<std::uint64_t, field_count> norm_{};
  std::uint64_t half_ = 1200;  // the occurrences in the file that make half of the greatest impact, per mille
  std::array<Impact, 64> in_body_{};
  std::uint32_t source_ = 0;  // counted from 1
  std::array<std::array<std::array<Part, few>, field_count>, 2> parts_{};
};

// Calls f(word, counts) for each word of a source that is counted.
template <typename F>
void each_word(const Notes& notes, const NotedSource& source, F&& f) {
  const std::uint8_t* mixed = notes.mixed.data + source.mixed.begin;
  const WordUse* const end = notes.uses.data + source.uses.begin + source.uses.count;
  for (const WordUse* use = end - source.uses.count; use != end; ++use) {
    const std::uint32_t in_body = *use & 0xff;
    const FieldCounts counts = in_body != 0 ? one_in(Field::body) * in_body : take_counts(mixed);
    if (counts != 0) f(*use >> 8, counts);
  }
}

constexpr FieldCounts body_bits = one_in(Field::body) * 0xff;

class Weigher {
 public:
  Weigher(const Notes& notes, const LexiconTable& lexicon, Scale scale)
      : notes_(notes), lexicon_(lexicon), scale_(scale), counts_(lexicon.terms.size + notes.term_ends.size) {
    forms_.resize(counts_.size());
  }

  // Calls add(term, posting, mass) for all that the entry has.
  template <typename F>
  void weigh(std::uint32_t e, F&& add) {
    const NotedSource& source = notes_.sources[e];
    scale_.begin(source);
    if (used_.size() < source.uses.count) used_.resize(source.uses.count);
    std::uint32_t* used = used_.data();
    each_word(notes_, source, [&](std::uint32_t word, FieldCounts counts) {
      const std::uint32_t term = notes_.terms_of_words.data[word];
      const Form form = form_of_word(word, term);
      FieldCounts& sum = counts_[term];
      if (sum == 0) {
        *used++ = term;
        forms_[term] = form;
      } else {
        counts = add_saturating(sum, counts);
        if (forms_[term] != form) forms_[term] = Form::any;
      }
      sum = counts;
    });
    constexpr std::uint32_t body_mask = 1U << static_cast<unsigned>(Field::body);
    for (const std::uint32_t* at = used_.data(); at != used; ++at) {
      const FieldCounts counts = counts_[*at];
      counts_[*at] = 0;
      const bool nowhere_else = (counts & ~body_bits) == 0;
      const std::uint32_t mask = nowhere_else ? body_mask : mask_of(counts);
      const Impact impact =
          nowhere_else ? scale_.in_body(count_in(counts, static_cast<std::size_t>(Field::body))) : scale_.of(counts, 1);
      add(*at, posting_of(e, mask, impact, forms_[*at]), impact.full);
    }
    for (std::uint32_t i = 0; i < source.concepts.count; ++i) {
      const ConceptUse& use = notes_.concepts[source.concepts.begin + i];
      FieldCounts counts = 0;
      for (std::size_t f = 0; f < field_count; ++f) counts |= FieldCounts{use.by_field[f]} << (8 * f);
      const std::uint32_t mask = mask_of(counts);
      const Impact impact = scale_.of(counts, 4);
      add(lexicon_.concepts[use.concept_id].term, posting_of(e, mask, impact), impact.strong);
    }
  }

 private:
  // Read on a word's first use: a build that weighs one source uses few of all words.
  Form form_of_word(std::uint32_t word, std::uint32_t term) {
    constexpr auto unread = static_cast<Form>(0xff);
    if (known_forms_.empty()) known_forms_.assign(notes_.terms_of_words.size, unread);
    Form& form = known_forms_[word];
    if (form == unread) form = form_of(spelling_of(notes_, lexicon_, word), term_text(term));
    return form;
  }

  std::string_view term_text(std::uint32_t term) const {
    const auto own = static_cast<std::uint32_t>(lexicon_.terms.size);
    if (term < own) return lexicon_.text.substr(lexicon_.terms[term].text.offset, lexicon_.terms[term].text.length);
    const std::uint32_t begin = term == own ? 0 : notes_.term_ends[term - own - 1];
    return notes_.terms.substr(begin, notes_.term_ends[term - own] - begin);
  }

  const Notes& notes_;
  const LexiconTable& lexicon_;
  Scale scale_;
  std::vector<FieldCounts> counts_;  // of the source at hand, by term
  std::vector<Form> forms_;          // the same
  std::vector<Form> known_forms_;    // by word
  std::vector<std::uint32_t> used_;
};

// Turns the counts in `begin` into places. The last, empty record ends the postings of the one before it.
void place_postings(std::vector<TermSum>& sums) {
  std::uint32_t all = 0;
  for (TermSum& sum : sums) {
    const std::uint32_t count = sum.postings.begin;
    sum.postings.begin = all;
    all += count;
  }
  sums.push_back({0, {all, 0}, 0, 0});
}

}  // namespace

std::string_view spelling_of(const Notes& notes, const LexiconTable& lexicon, std::uint32_t word) {
  if (word < lexicon.word_ends.size) return lexicon.spelling(word);
  const std::size_t i = word - lexicon.word_ends.size;
  const std::uint32_t begin = i == 0 ? 0 : notes.word_ends[i - 1];
  return notes.words.substr(begin, notes.word_ends[i] - begin);
}

// `last` is the source that was counted last, so two words of one source with the same term count once without a set.
std::vector<TermSum> count_postings(const Notes& notes, const LexiconTable& lexicon,
                                    const std::function<void()>& between) {
  std::vector<TermSum> sums(lexicon.terms.size + notes.term_ends.size);
  std::uint32_t number = 0;
  for (const NotedSource& source : notes.sources) {
    if (++number % sources_between == 0 && between) between();
    each_word(notes, source, [&](std::uint32_t word, FieldCounts) {
      TermSum& sum = sums[notes.terms_of_words.data[word]];
      sum.postings.begin += sum.last != number ? 1 : 0;
      sum.last = number;
    });
    for (std::uint32_t i = 0; i < source.concepts.count; ++i)
      ++sums[lexicon.concepts[notes.concepts[source.concepts.begin + i].concept_id].term].postings.begin;
  }
  place_postings(sums);
  return sums;
}

void weigh_postings(const Notes& notes, const LexiconTable& lexicon, const FieldWeights& fields,
                    std::vector<TermSum>& sums, Posting* postings, const std::function<void()>& between) {
  const Lengths lengths = average_lengths(notes.sources);
  Weigher weigher(notes, lexicon, Scale(fields, lengths));
  for (std::uint32_t e = 0; e < notes.sources.size; ++e) {
    if ((e + 1) % sources_between == 0 && between) between();
    weigher.weigh(e, [&](std::uint32_t term, Posting posting, std::uint32_t mass) {
      TermSum& sum = sums[term];
      postings[sum.postings.begin + sum.postings.count++] = posting;
      sum.mass += mass;
      sum.mask |= posting.mask();
    });
  }
}

// A posting's weight depends on its source and on the fields' average lengths: when these are the same, only the
// numbers of entries and terms change. Every number of the earlier tables is checked first: they come from a file.
std::optional<KeptPostings> KeptPostings::find(const Tables& earlier, const Remains& remains, const Notes& notes,
                                               const LexiconTable& lexicon, const FieldWeights& fields) {
  const Lengths average = average_lengths(notes.sources);
  if (remains.entries.size() != notes.sources.size || earlier.entries.size != remains.sources.size ||
      earlier.terms.size != remains.terms.size() || average != average_lengths(remains.sources))
    return std::nullopt;
  KeptPostings kept(earlier, remains);
  if (!kept.map_entries(remains)) return std::nullopt;
  Weigher weigher(notes, lexicon, Scale(fields, average));
  for (std::uint32_t e = 0; e < remains.entries.size(); ++e)
    if (remains.entries[e] == none)
      weigher.weigh(e, [&](std::uint32_t term, Posting posting, std::uint32_t mass) {
        kept.fresh_.push_back({term, posting, mass});
      });
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

void KeptPostings::copy_term(std::size_t earlier, bool is_concept, TermSum& sum, Posting* postings) const {
  Posting* to = postings + sum.postings.begin;
  std::uint64_t mass = 0;
  std::uint32_t mask = 0;
  for (Posting posting : of_term(earlier)) {
    const std::uint32_t moved = moved_[posting.entry()];
    if (moved == none) continue;
    mass += is_concept ? posting.strong : posting.full;
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
    if (term < of_concept_.size()) copy_term(t, of_concept_[term] != 0, sums[term], postings);
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
