// Sorts sections by content hash and cost, so equal ones are adjacent. A manifest's hash is that of its sections'
// hashes in order.
#include "similarity/alike.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <numeric>
#include <tuple>

#include "text/ascii.h"
#include "text/names.h"

namespace cascade::duplicates {

namespace {

struct Entry {
  std::uint64_t hash = 0;
  Cost cost;
  Place place;
};

// The cost is compared along with the hash, so that two texts that collide by chance are told apart unless they cost
// the same.
bool are_equal(const Entry& a, const Entry& b) { return a.hash == b.hash && a.cost == b.cost; }

void sort_by_text(std::vector<Entry>& entries) {
  std::ranges::sort(entries, [](const Entry& a, const Entry& b) {
    return std::make_tuple(a.hash, a.cost.tokens, a.cost.chars, index(a.place.id), a.place.section) <
           std::make_tuple(b.hash, b.cost.tokens, b.cost.chars, index(b.place.id), b.place.section);
  });
}

Cost times(const Cost& cost, std::size_t count) {
  return {static_cast<TokenCount>(cost.tokens * count), static_cast<std::uint32_t>(cost.chars * count)};
}

// Calls `f(begin, end)` for each run of at least two equal entries.
template <typename Found>
void each_run(const std::vector<Entry>& entries, const Found& f) {
  for (std::size_t begin = 0; begin < entries.size();) {
    std::size_t end = begin + 1;
    while (end < entries.size() && are_equal(entries[begin], entries[end])) ++end;
    if (end - begin > 1) f(begin, end);
    begin = end;
  }
}

template <typename Finding>
void sort_by_waste(std::vector<Finding>& findings) {
  std::ranges::stable_sort(findings, std::greater(), [](const Finding& one) { return one.wasted.tokens; });
}

// Returns the place that outranks the others: the winner of its name, then the higher layer and scope, then the first.
// The place in the registry is never equal, so one set always has the same winner.
std::size_t place_to_keep(const Registry& registry, const std::vector<ManifestId>& ids) {
  const auto key = [&](ManifestId id) {
    const ManifestView view = registry[id];
    return std::make_tuple(registry.shadowed_in_favour_of(id).has_value(), view.layer, -static_cast<int>(view.scope),
                           index(id));
  };
  std::size_t best = 0;
  for (std::size_t i = 1; i < ids.size(); ++i)
    if (key(ids[i]) < key(ids[best])) best = i;
  return best;
}

// Finds similar sets by MinHash: a set's sketch is the least value of each of 24 hash functions on it, and two sets
// share such a value with the probability of their similarity. Two values form a band; sets with an equal band are a
// candidate pair. With twelve bands, sets with similarity 0.5 share one with a probability of 0.968. Comparing all
// pairs of sets instead would be quadratic.
constexpr std::size_t bands = 12, rows = 2;
using Sketch = std::array<std::uint32_t, bands * rows>;

// A bijection of 64 bits that spreads each bit over all others.
std::uint64_t mixed(std::uint64_t x) noexcept {
  x ^= x >> 31U;
  x *= 0x7FB5D329728EA185ULL;
  x ^= x >> 27U;
  x *= 0x81DADEF4BC2DD44DULL;
  return x ^ (x >> 33U);
}

Sketch sketch_of(const Set& set, const std::array<std::uint64_t, bands * rows>& factors) {
  Sketch sketch;
  sketch.fill(0xffffffffU);
  for (const std::uint32_t element : set)
    for (std::size_t i = 0; i < sketch.size(); ++i)
      sketch[i] = std::min(sketch[i], static_cast<std::uint32_t>((element * factors[i] + factors[i]) >> 32U));
  return sketch;
}

std::size_t shared(const Set& a, const Set& b) {
  std::size_t both = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    both += a[i] == b[j] ? 1 : 0;
    const bool first = a[i] <= b[j], second = b[j] <= a[i];
    i += first ? 1 : 0;
    j += second ? 1 : 0;
  }
  return both;
}

// Compares sections first: similar ones form a group around the one to keep. A manifest then is the set of its
// sections' groups, weighted by tokens, so comparing manifests needs no second look at the texts.
// Joins pairs into groups; a group is represented by its least number.
class Groups {
 public:
  explicit Groups(std::size_t count) : up_(count) { std::iota(up_.begin(), up_.end(), std::size_t{0}); }

  std::size_t of(std::size_t member) {
    while (up_[member] != member) member = up_[member] = up_[up_[member]];
    return member;
  }

  void join(std::size_t a, std::size_t b) {
    a = of(a);
    b = of(b);
    up_[std::max(a, b)] = std::min(a, b);
  }

  // Returns the groups of at least two.
  std::map<std::size_t, std::vector<std::size_t>> large() {
    std::map<std::size_t, std::vector<std::size_t>> members;
    for (std::size_t i = 0; i < up_.size(); ++i) members[of(i)].push_back(i);
    for (auto at = members.begin(); at != members.end();)
      at = at->second.size() < 2 ? members.erase(at) : std::next(at);
    return members;
  }

 private:
  std::vector<std::size_t> up_;
};

// A text that some sections share.
struct Text {
  Place place;
  Cost cost;
  Set runs, words;
};

struct ManifestTexts {
  ManifestId id{};
  std::map<std::uint32_t, std::uint64_t> tokens;  // by text, later by group
  std::uint64_t all = 0;
};

class NearSearch {
 public:
  NearSearch(const Registry& registry, const ReadSection& read, Report& report)
      : registry_(registry), read_(read), report_(report) {}

  Result<void> run() {
    if (auto done = read_texts(); !done) return done;
    find_sections();
    find_manifests();
    return {};
  }

 private:
  using Content = std::tuple<std::uint64_t, TokenCount, std::uint32_t>;

  // Equal sections are one text and read once; those below the least size are never compared, so they are not read at
  // all.
  Result<void> read_texts() {
    std::map<Content, std::uint32_t> known;
    for (std::uint32_t i = 0; i < registry_.size(); ++i) {
      const ManifestView view = registry_[ManifestId{i}];
      if (view.document) continue;
      ManifestTexts manifest{view.id, {}, 0};
      for (std::uint32_t number = 0; number < registry_.whole_sections(view.id); ++number) {
        const SectionView section = registry_.section(view.id, number);
        if (section.cost == Cost{}) continue;
        const Content content{section.content_hash, section.cost.tokens, section.cost.chars};
        const auto [at, fresh] = known.try_emplace(content, static_cast<std::uint32_t>(texts_.size()));
        manifest.tokens[at->second] += section.cost.tokens;
        manifest.all += section.cost.tokens;
        if (!fresh) continue;
        Text text{{view.id, number}, section.cost, {}, {}};
        if (section.cost.tokens >= least_tokens) {
          auto bytes = read_(view, section);
          if (!bytes) return bytes.error();
          text.runs = runs_of_words(*bytes);
          text.words = runs_of_words(*bytes, 1);
        }
        texts_.push_back(std::move(text));
      }
      manifests_.push_back(std::move(manifest));
    }
    return {};
  }

  // Of an edited copy the words are compared as well: few runs of three are left whole.
  std::uint32_t alike(const std::vector<Set>& runs, std::size_t a, std::size_t b) const {
    const std::uint32_t by_runs = similarity(runs[a], runs[b]);
    const Set &words = texts_[a].words, &others = texts_[b].words;
    if (by_runs >= least_alike || by_runs < least_runs_of_edited || words.empty()) return by_runs;
    const std::size_t common = shared(words, others) * 1000 / std::max(words.size(), others.size());
    return common >= least_words_of_edited ? std::max(least_alike, static_cast<std::uint32_t>(common)) : by_runs;
  }

  // Groups are chains of similar texts, so their ends may differ: a member counts only if it is like the one that is
  // kept.
  void find_sections() {
    std::vector<Set> sets;
    for (Text& text : texts_) sets.push_back(std::move(text.runs));
    Groups groups(texts_.size());
    for (const auto& [a, b] : candidates(sets))
      if (alike(sets, a, b) >= least_alike) groups.join(a, b);
    for (const auto& [first, members] : groups.large()) {
      std::vector<ManifestId> ids;
      for (const std::size_t member : members) ids.push_back(texts_[member].place.id);
      const std::size_t keep = members[place_to_keep(registry_, ids)];
      AlikeSections found;
      for (const std::size_t member : members) {
        const std::uint32_t likeness = alike(sets, keep, member);
        if (likeness < least_alike) continue;
        if (member == keep) found.keep = found.places.size();
        if (member != keep) found.wasted += texts_[member].cost;
        if (member != keep) found.alike = std::min(found.alike, likeness);
        found.places.push_back(texts_[member].place);
        group_of_[static_cast<std::uint32_t>(member)] = static_cast<std::uint32_t>(keep);
      }
      if (found.places.size() > 1) report_.near_sections.push_back(std::move(found));
    }
    for (const auto& [part, whole] : parts(sets)) {
      if (group_of_.count(static_cast<std::uint32_t>(part)) > 0) continue;
      const auto much = static_cast<std::uint32_t>(shared(sets[part], sets[whole]) * 1000 / sets[part].size());
      report_.near_sections.push_back({{texts_[whole].place, texts_[part].place}, 0, {}, texts_[part].cost, much});
    }
    sort_by_waste(report_.near_sections);
  }

  // Returns the tokens that two manifests share over those that either has.
  static std::uint32_t likeness(const ManifestTexts& a, const ManifestTexts& b) {
    std::uint64_t both = 0;
    for (const auto& [text, tokens] : a.tokens)
      if (const auto other = b.tokens.find(text); other != b.tokens.end()) both += std::min(tokens, other->second);
    const std::uint64_t either = a.all + b.all - both;
    return either == 0 ? 0 : static_cast<std::uint32_t>(both * 1000 / either);
  }

  void find_manifests() {
    std::vector<Set> sets;
    for (ManifestTexts& manifest : manifests_) {
      std::map<std::uint32_t, std::uint64_t> grouped;
      for (const auto& [text, tokens] : manifest.tokens) {
        const auto group = group_of_.find(text);
        grouped[group == group_of_.end() ? text : group->second] += tokens;
      }
      manifest.tokens = std::move(grouped);
      Set set;
      for (const auto& [text, tokens] : manifest.tokens) set.push_back(text);
      sets.push_back(std::move(set));
    }
    Groups groups(manifests_.size());
    for (const auto& [a, b] : candidates(sets))
      if (likeness(manifests_[a], manifests_[b]) >= least_alike) groups.join(a, b);
    for (const auto& [first, members] : groups.large()) add_manifests(members);
    sort_by_waste(report_.near_manifests);
  }

  bool are_equal(const std::vector<ManifestId>& ids) const {
    return std::ranges::any_of(report_.equal_manifests, [&](const AlikeManifests& equal) {
      return std::ranges::all_of(ids,
                                 [&](ManifestId id) { return std::ranges::find(equal.ids, id) != equal.ids.end(); });
    });
  }

  void add_manifests(const std::vector<std::size_t>& members) {
    std::vector<ManifestId> ids;
    for (const std::size_t member : members) ids.push_back(manifests_[member].id);
    const std::size_t keep = members[place_to_keep(registry_, ids)];
    AlikeManifests found;
    for (const std::size_t member : members) {
      const std::uint32_t alike = member == keep ? 1000 : likeness(manifests_[keep], manifests_[member]);
      if (alike < least_alike) continue;
      if (member == keep) found.keep = found.ids.size();
      if (member != keep) found.wasted.tokens += static_cast<TokenCount>(manifests_[member].all);
      found.alike = std::min(found.alike, alike);
      found.ids.push_back(manifests_[member].id);
    }
    if (found.ids.size() > 1 && !are_equal(found.ids)) report_.near_manifests.push_back(std::move(found));
  }

  const Registry& registry_;
  const ReadSection& read_;
  Report& report_;
  std::vector<Text> texts_;
  std::vector<ManifestTexts> manifests_;
  std::map<std::uint32_t, std::uint32_t> group_of_;  // for each text, the one that its group keeps
};

}  // namespace

Report find_duplicates(const Registry& registry) {
  Report report;
  std::vector<Entry> sections, manifests;
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView view = registry[ManifestId{i}];
    if (view.document) continue;
    ++report.manifests;
    Entry whole{0, {}, {view.id, 0}};
    for (std::uint32_t number = 0; number < registry.whole_sections(view.id); ++number) {
      const SectionView section = registry.section(view.id, number);
      // An empty section wastes nothing, and each is equal to all the others.
      if (section.cost == Cost{}) continue;
      // Multiplying by an odd number (2^64 divided by the golden ratio) loses nothing and makes the order of sections
      // count.
      whole.hash = (whole.hash ^ section.content_hash) * 0x9E3779B97F4A7C15ULL;
      whole.cost += section.cost;
      sections.push_back({section.content_hash, section.cost, {view.id, number}});
    }
    report.all += whole.cost;
    if (whole.cost != Cost{}) manifests.push_back(whole);
  }
  report.sections = report.distinct = sections.size();
  sort_by_text(sections);
  sort_by_text(manifests);
  each_run(sections, [&](std::size_t begin, std::size_t end) {
    AlikeSections found;
    std::vector<ManifestId> ids;
    for (std::size_t i = begin; i < end; ++i) {
      found.places.push_back(sections[i].place);
      ids.push_back(sections[i].place.id);
    }
    found.keep = place_to_keep(registry, ids);
    found.each = sections[begin].cost;
    found.wasted = times(found.each, end - begin - 1);
    report.distinct -= end - begin - 1;
    report.wasted += found.wasted;
    report.equal_sections.push_back(std::move(found));
  });
  each_run(manifests, [&](std::size_t begin, std::size_t end) {
    // Not added to report.wasted, since their sections are counted there already.
    AlikeManifests found;
    for (std::size_t i = begin; i < end; ++i) found.ids.push_back(manifests[i].place.id);
    found.keep = place_to_keep(registry, found.ids);
    found.each = manifests[begin].cost;
    found.wasted = times(found.each, end - begin - 1);
    report.equal_manifests.push_back(std::move(found));
  });
  sort_by_waste(report.equal_sections);
  sort_by_waste(report.equal_manifests);
  return report;
}

// A text is the set of its runs of three words, regardless of case and punctuation: the same words in another order are
// another text. A text of one or two words is one run.
Set runs_of_words(std::string_view text, std::size_t length) {
  Set runs;
  std::array<std::uint64_t, 3> last{};
  std::size_t words = 0;
  const auto run = [&] { return static_cast<std::uint32_t>(mixed(last[0] * 31 + last[1] * 17 + last[2]) >> 32U); };
  for (std::size_t at = 0; at < text.size();) {
    if (!letters::is_letter_or_digit(text[at])) {
      ++at;
      continue;
    }
    std::uint64_t word = 0xCBF29CE484222325ULL;
    for (; at < text.size() && letters::is_letter_or_digit(text[at]); ++at)
      word = (word ^ static_cast<unsigned char>(letters::to_lower(text[at]))) * 0x100000001B3ULL;
    last = {length > 2 ? last[1] : 0, length > 1 ? last[2] : 0, word};
    if (++words >= length) runs.push_back(run());
  }
  if (words > 0 && words < length) runs.push_back(run());
  letters::sort_once(runs);
  return runs;
}

std::uint32_t similarity(const Set& a, const Set& b) {
  const std::size_t both = shared(a, b);
  const std::size_t either = a.size() + b.size() - both;
  return either == 0 ? 1000 : static_cast<std::uint32_t>(both * 1000 / either);
}

std::vector<std::pair<std::size_t, std::size_t>> candidates(const std::vector<Set>& sets) {
  std::array<std::uint64_t, bands * rows> factors{};
  for (std::size_t i = 0; i < factors.size(); ++i) factors[i] = mixed(i + 1) | 1U;
  std::vector<std::vector<std::pair<std::uint64_t, std::size_t>>> keys(bands);
  for (std::size_t set = 0; set < sets.size(); ++set) {
    if (sets[set].empty()) continue;
    const Sketch sketch = sketch_of(sets[set], factors);
    for (std::size_t band = 0; band < bands; ++band) {
      std::uint64_t key = band;
      for (std::size_t row = 0; row < rows; ++row)
        key = mixed(key ^ (sketch[band * rows + row] + 0x9E3779B97F4A7C15ULL));
      keys[band].emplace_back(key, set);
    }
  }
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (auto& band : keys) {
    std::ranges::sort(band);
    for (std::size_t i = 1, first = 0; i < band.size(); ++i) {
      if (band[i].first != band[first].first) {
        first = i;
        continue;
      }
      // Each is paired with the first and the last before it and not with all, or a band of n equal sets would give n²
      // pairs.
      pairs.emplace_back(band[first].second, band[i].second);
      if (i - 1 != first) pairs.emplace_back(band[i - 1].second, band[i].second);
    }
  }
  letters::sort_once(pairs);
  return pairs;
}

std::vector<std::pair<std::size_t, std::size_t>> parts(const std::vector<Set>& sets) {
  constexpr std::size_t most_holders = 16, least_seen = 4;
  constexpr std::uint32_t one_in = 4;  // elements that are looked at
  std::vector<std::pair<std::uint32_t, std::size_t>> holders;
  for (std::size_t set = 0; set < sets.size(); ++set)
    for (const std::uint32_t element : sets[set])
      if (element % one_in == 0) holders.emplace_back(element, set);
  std::ranges::sort(holders);
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (std::size_t part = 0; part < sets.size(); ++part) {
    std::size_t seen = 0;
    std::map<std::size_t, std::size_t> in;
    for (const std::uint32_t element : sets[part]) {
      if (element % one_in != 0) continue;
      const auto first = std::lower_bound(holders.begin(), holders.end(), std::make_pair(element, std::size_t{0}));
      auto last = first;
      while (last != holders.end() && last->first == element && last - first <= std::ptrdiff_t{most_holders}) ++last;
      if (last - first > std::ptrdiff_t{most_holders}) continue;
      ++seen;
      for (auto at = first; at != last; ++at)
        if (sets[at->second].size() > sets[part].size()) ++in[at->second];
    }
    for (const auto& [whole, count] : in)
      if (seen >= least_seen && count * 10 >= seen * 8 &&
          shared(sets[part], sets[whole]) * 10 >= sets[part].size() * 9) {
        pairs.emplace_back(part, whole);
        break;
      }
  }
  return pairs;
}

Result<Report> find_alike(const Registry& registry, const ReadSection& read) {
  Report report = find_duplicates(registry);
  if (auto done = NearSearch(registry, read, report).run(); !done) return done.error();
  return report;
}

}  // namespace cascade::duplicates
