// A lesson's features that another lesson also has share its weight, each 1 / sqrt(n) of it. A gain is the logarithm of
// a class's share of a feature, smoothed towards prompts in general; small ones are left out: they are mostly chance.

#include <cstdlib>
#include <map>
#include <unordered_map>

#include "route/build/postings.h"

namespace cascade::route {
namespace {

// How much of prompts in general each class is mixed with, in prompts of one feature; and how much a class pays for
// having many, per cent. Chosen by leaving out one writer.
constexpr std::uint64_t mixed = 30 * 65536;
constexpr std::int32_t cost_percent = 85;
// Of a feature's rarity, per cent.
constexpr std::uint32_t word_weight = 100, pair_weight = 70, gram_weight = 35;
constexpr std::size_t prompts_kept = 2, longest_kept = 140;
// A pair in at most this many lessons, each of another class, is chance.
constexpr std::uint32_t chance_lessons = 4;
// Four letters in a row of fewer lessons say too little for their bytes.
constexpr std::uint32_t least_gram_lessons = 3;
// Gains below these say too little to be kept; 1/16 bit.
constexpr std::uint32_t least_word_gain = 16, least_pair_gain = 88, least_gram_gain = 112, least_kind_gain = 8;
// The amount mixed into the shares of kinds: about as much as a few lessons have of a feature.
constexpr std::uint64_t mixed_kinds = 6 * 65536;

struct Count {
  std::uint32_t learned_class = 0;
  std::uint64_t amount = 0;  // 1/65536
};

struct Cell {
  std::uint32_t learned_class = 0, gain = 0;
};

struct Counts {
  std::uint32_t lessons = 0;
  std::uint64_t amount = 0;
  std::vector<Count> by_class;

  void add(std::uint32_t learned_class, std::uint64_t more) {
    ++lessons;
    amount += more;
    for (Count& count : by_class)
      if (count.learned_class == learned_class) {
        count.amount += more;
        return;
      }
    by_class.push_back({learned_class, more});
  }
};

std::uint64_t key_of(const WordPair& pair) {
  return (std::uint64_t{pair.first} << 32 | pair.second) * 0x9e3779b97f4a7c15ULL + (pair.in_order ? 1 : 0);
}

// The features of lessons counted, and what each class and kind of class has of them. Amounts are in 1/65536.
struct Counted {
  std::uint64_t lessons = 0;  // all of them
  std::map<std::uint32_t, Counts> words, grams;
  std::map<WordPair, Counts> pairs;
  std::vector<std::uint64_t> totals;  // by class
  std::uint64_t all = 0;
  std::vector<std::uint32_t> kinds;  // by class: the class of its kind, or 0
  std::map<std::uint32_t, std::uint64_t> kind_totals;
};

void find_kinds(const std::vector<TaughtClass>& classes, Counted& counted) {
  counted.kinds.resize(classes.size(), 0);
  for (std::uint32_t k = 0; k < classes.size(); ++k) {
    const std::string& name = classes[k].name;
    if (name.substr(0, kind_prefix.size()) != kind_prefix) continue;
    const std::string begins = name.substr(kind_prefix.size()) + ":";
    for (std::size_t c = 0; c < classes.size(); ++c)
      if (classes[c].name.substr(0, begins.size()) == begins) counted.kinds[c] = k;
    counted.kind_totals[k] = 0;
  }
}

struct Seen {
  std::unordered_map<std::uint32_t, std::uint32_t> features;
  std::unordered_map<std::uint64_t, std::uint32_t> pairs;  // by key_of()

  bool again(std::uint32_t hash) const { return features.at(hash) >= 2; }
  bool again(const WordPair& pair) const { return pairs.at(key_of(pair)) >= 2; }
};

Seen see(const std::vector<Lesson>& lessons) {
  Seen seen;
  for (const Lesson& lesson : lessons) {
    for (const std::uint32_t hash : lesson.features.words) ++seen.features[hash];
    for (const std::uint32_t hash : lesson.features.grams) ++seen.features[hash];
    for (const WordPair& pair : lesson.features.pairs) ++seen.pairs[key_of(pair)];
  }
  return seen;
}

void count(const Lesson& lesson, const Seen& seen, Counted& counted) {
  const auto again = [&](const auto& feature) { return seen.again(feature); };
  const Features& f = lesson.features;
  const auto known =
      static_cast<std::size_t>(std::ranges::count_if(f.words, again) + std::ranges::count_if(f.grams, again) +
                               std::ranges::count_if(f.pairs, again));
  if (known == 0) return;
  const std::uint64_t amount = 65536ULL * 256 * lesson.percent / 100 / square_root(known * 65536);
  const auto add = [&](Counts& counts) {
    counts.add(lesson.learned_class, amount);
    counted.totals[lesson.learned_class] += amount;
    counted.all += amount;
  };
  for (const std::uint32_t hash : f.words)
    if (again(hash)) add(counted.words[hash]);
  for (const std::uint32_t hash : f.grams)
    if (again(hash)) add(counted.grams[hash]);
  for (const WordPair& pair : f.pairs)
    if (again(pair)) add(counted.pairs[pair]);
}

Counted count(const Lessons& lessons) {
  Counted counted;
  counted.lessons = lessons.lessons.size();
  counted.totals.resize(lessons.classes.size(), 0);
  find_kinds(lessons.classes, counted);
  const Seen seen = see(lessons.lessons);
  for (const Lesson& lesson : lessons.lessons) count(lesson, seen, counted);
  for (std::size_t c = 0; c < counted.totals.size(); ++c)
    if (counted.kinds[c] != 0) counted.kind_totals[counted.kinds[c]] += counted.totals[c];
  return counted;
}

// The rarity of a feature, 1/256 bit, of which words, pairs and runs of letters count `percent`.
std::uint32_t weight(const Counted& counted, const Counts& counts, std::uint32_t percent) {
  return log2_of(counted.lessons * 256 / counts.lessons) * percent / 100;
}

// log2(1 + share / mixed) in 1/16 bit: grows slowly at first, so that a few lessons claim little.
std::uint32_t gain(const Counted& counted, const Counts& counts, const Count& count) {
  const std::uint64_t share = count.amount * (counted.all * 256 / mixed) / counts.amount;
  return std::min<std::uint32_t>(255, (log2_of(256 + share) + 2) / 4);
}

// Two bytes, the lower one first, on every machine.
void put(std::string& out, std::uint32_t number) {
  out += static_cast<char>(number & 0xff);
  out += static_cast<char>(number >> 8);
}

// The kind whose prompts have the feature more often than the other's; in equal numbers of prompts.
void add_kind(const Counted& counted, const Counts& counts, std::vector<Cell>& cells) {
  if (counted.kind_totals.size() != 2) return;
  const auto of_class = [&](std::uint32_t kind) {
    std::uint64_t amount = 0;
    for (const Count& count : counts.by_class)
      if (counted.kinds[count.learned_class] == kind) amount += count.amount;
    return amount;
  };
  const auto& [one, one_total] = *counted.kind_totals.begin();
  const auto& [other, other_total] = *counted.kind_totals.rbegin();
  const auto part = [](std::uint64_t amount, std::uint64_t total) { return (amount << 16) / ((total >> 16) + 1); };
  const std::uint64_t in_all = part(mixed_kinds, one_total + other_total);
  const auto for_one = static_cast<std::int32_t>(log2_of(part(of_class(one), one_total) + in_all));
  const auto for_other = static_cast<std::int32_t>(log2_of(part(of_class(other), other_total) + in_all));
  const auto gained = static_cast<std::uint32_t>(std::abs(for_one - for_other) + 2) / 4;
  if (gained >= least_kind_gain) cells.push_back({for_one > for_other ? one : other, std::min(gained, 255u)});
}

std::pair<std::string, std::uint32_t> cells(const Counted& counted, const Counts& counts, std::uint32_t least) {
  std::vector<Cell> sorted;
  for (const Count& count : counts.by_class)
    if (const std::uint32_t gained = gain(counted, counts, count); gained >= least)
      sorted.push_back({count.learned_class, gained});
  add_kind(counted, counts, sorted);
  std::ranges::sort(sorted, [](const Cell& a, const Cell& b) { return a.learned_class < b.learned_class; });
  std::string out;
  // Classes ascend, so the gap to the one before fits a byte, and a byte of 255 adds to the next.
  std::uint32_t last = 0;
  for (const Cell& cell : sorted) {
    std::uint32_t gap = cell.learned_class - last;
    for (; gap >= 255; gap -= 255) out += static_cast<char>(255);
    out += static_cast<char>(gap);
    out += static_cast<char>(cell.gain);
    last = cell.learned_class;
  }
  return {out, static_cast<std::uint32_t>(sorted.size())};
}

std::string row(const Counted& counted, const Counts& counts, std::uint32_t percent, std::uint32_t least) {
  const auto [cells_of, number] = cells(counted, counts, least);
  std::string out;
  put(out, weight(counted, counts, percent));
  put(out, number);
  put(out, static_cast<std::uint32_t>(cells_of.size()));
  return out + cells_of;
}

// The rows of one word's pairs, behind a directory with an entry for every pair_block of them.
std::string write_rows(const std::map<std::uint16_t, std::string>& rows) {
  std::string directory, all;
  std::uint32_t written = 0;
  for (const auto& [check, row] : rows) {
    if (written % pair_block == 0) {
      if (all.size() > 0xffff) break;  // no word is near it
      put(directory, check);
      put(directory, static_cast<std::uint32_t>(all.size()));
    }
    put(all, check);
    all += row;
    ++written;
  }
  std::string out;
  put(out, written);
  return out + directory + all;
}

// For each word that owns pairs, the bytes after its cells.
std::map<std::uint32_t, std::string> write_pairs(const Counted& counted) {
  std::map<std::uint32_t, std::map<std::uint16_t, std::string>> by_owner;
  for (const auto& [pair, counts] : counted.pairs) {
    // A pair shared only by lessons that ask for different things is chance.
    if (counts.lessons == counts.by_class.size() && counts.lessons <= chance_lessons) continue;
    const auto [cells_of, number] = cells(counted, counts, least_pair_gain);
    if (number == 0 || number > 255) continue;
    const std::uint32_t second = feature_hash(FeatureKind::word, pair.second);
    const std::uint32_t first = feature_hash(FeatureKind::word, pair.first);
    std::uint32_t first_weight = 0;
    if (pair.first != 0) first_weight = weight(counted, counted.words.at(first), word_weight);
    const std::uint32_t second_weight = weight(counted, counted.words.at(second), word_weight);
    const bool owner_first =
        pair.first != 0 && (first_weight != second_weight ? first_weight > second_weight : pair.first > pair.second);
    std::string row(1, static_cast<char>(weight(counted, counts, pair_weight) / 4));
    row += static_cast<char>(number);
    by_owner[owner_first ? first : second].emplace(
        pair_check(owner_first ? pair.second : pair.first, pair.in_order, owner_first), row + cells_of);
  }
  std::map<std::uint32_t, std::string> written;
  for (const auto& [owner, rows] : by_owner) written[owner] = write_rows(rows);
  return written;
}

// Prompts of a class for explanations, evenly over the alphabet if there are more than are kept.
std::vector<std::string> prompts_of(const std::vector<Lesson>& lessons, std::uint32_t learned_class) {
  std::vector<std::string> found;
  for (const Lesson& lesson : lessons)
    if (lesson.learned_class == learned_class && !lesson.text.empty() && lesson.text.size() <= longest_kept)
      found.push_back(lesson.text);
  std::ranges::sort(found);
  if (found.size() <= prompts_kept) return found;
  std::vector<std::string> some;
  for (std::size_t i = 0; i < prompts_kept; ++i) some.push_back(found[i * found.size() / prompts_kept]);
  return some;
}

using HashedRow = std::pair<std::uint32_t, std::string>;

// The rows of words, each with its pairs, then those of runs of letters; both ascend by hash.
std::vector<HashedRow> write_features(const Counted& counted) {
  std::vector<HashedRow> rows;
  const std::map<std::uint32_t, std::string> pairs = write_pairs(counted);
  for (const auto& [hash, counts] : counted.words) {
    if (counts.lessons < 2) continue;
    const auto pair = pairs.find(hash);
    rows.emplace_back(hash, row(counted, counts, word_weight, least_word_gain) +
                                (pair == pairs.end() ? std::string(2, '\0') : pair->second));
  }
  for (const auto& [hash, counts] : counted.grams)
    if (counts.lessons >= least_gram_lessons && counted.words.count(hash) == 0)
      rows.emplace_back(hash, row(counted, counts, gram_weight, least_gram_gain));
  return rows;
}

// Open addressing, two thirds full: the table is part of the program, so room costs more than a second look.
std::vector<std::uint32_t> lay_out(const std::vector<HashedRow>& rows, std::string& all) {
  const std::size_t size = rows.size() * 3 / 2 + 1;
  std::vector<std::uint32_t> slots(size, free_slot);
  for (const auto& [hash, row] : rows) {
    std::size_t at = slot_of(hash, size);
    while (slots[at] != free_slot) at = at + 1 == size ? 0 : at + 1;
    slots[at] = static_cast<std::uint32_t>(all.size());
    put(all, hash & 0xffff);
    all += row;
  }
  return slots;
}

std::string write(const Lessons& lessons, const Counted& counted) {
  std::string all;
  const std::vector<std::uint32_t> slots = lay_out(write_features(counted), all);
  std::vector<LearnedClass> classes;
  std::vector<std::uint32_t> about, prompt_ends;
  std::string text, prompts;
  for (std::uint32_t c = 0; c < lessons.classes.size(); ++c) {
    const TaughtClass& taught = lessons.classes[c];
    LearnedClass record;
    record.name = static_cast<std::uint32_t>(text.size());
    record.name_length = static_cast<std::uint32_t>(taught.name.size());
    text += taught.name;
    record.about = static_cast<std::uint32_t>(about.size());
    record.about_count = static_cast<std::uint32_t>(taught.about.size());
    about.insert(about.end(), taught.about.begin(), taught.about.end());
    record.prompts = static_cast<std::uint32_t>(prompt_ends.size());
    for (const std::string& prompt : prompts_of(lessons.lessons, c)) {
      prompts += prompt;
      prompt_ends.push_back(static_cast<std::uint32_t>(prompts.size()));
      ++record.prompt_count;
    }
    record.cost = static_cast<std::int32_t>(log2_of(256 + counted.totals[c] * 256 / mixed)) * cost_percent / 400;
    record.kind = counted.kinds[c];
    classes.push_back(record);
  }
  tables::BlockWriter block(7);
  block.add(classes);
  block.add(slots);
  block.add(about);
  block.add(prompt_ends);
  block.add_bytes(all);
  block.add_bytes(text);
  block.add_bytes(prompts);
  return block.take();
}

// For each caution the threshold is lowered load by load; the lowest one above which enough answers were right is kept.
// Loads of equal points are judged together, because a threshold cannot divide them.
constexpr std::size_t least_loads = 30;     // fewer show nothing
constexpr std::int32_t least_points = 120;  // a file that somebody wrote to that end cannot make everything load

struct Load {
  std::int32_t points = 0;
  std::uint32_t lead = 0;
  bool right = false;
};

std::vector<Load> loads_of(const Registry& registry, const Router& router, const std::vector<KnownPrompt>& prompts) {
  std::vector<Load> loads;
  for (const KnownPrompt& prompt : prompts) {
    Query query;
    query.text = prompt.text;
    query.limit = 1;
    const RoutingReport whole = router.explain(query);
    // Of several needs the one that speaks loudest: it would be loaded first.
    const auto loudest = std::ranges::max_element(
        whole.needs, [](const RoutingReport& a, const RoutingReport& b) { return a.points < b.points; });
    const RoutingReport& report = loudest == whole.needs.end() ? whole : *loudest;
    if (report.routing.ranked.empty() || !report.called.empty()) continue;
    const std::string first = taught_name(registry[report.routing.ranked[0].id]);
    loads.push_back({report.points, report.lead, first == prompt.answer});
  }
  std::ranges::sort(loads, [](const Load& a, const Load& b) { return a.points > b.points; });
  return loads;
}

}  // namespace

std::string learn(const Lessons& lessons) { return write(lessons, count(lessons)); }

std::array<std::int32_t, 3> precise_from(const Registry& registry, const Router& router,
                                         const std::vector<KnownPrompt>& prompts) {
  const std::vector<Load> loads = loads_of(registry, router, prompts);
  std::array<std::int32_t, 3> from{not_shown, not_shown, not_shown};
  for (std::size_t caution = 0; caution < from.size(); ++caution) {
    std::size_t count = 0, wrong = 0;
    const auto leads = [&](const Load& load) { return load.lead >= untaught_lead[caution]; };
    if (static_cast<std::size_t>(std::ranges::count_if(loads, leads)) < least_loads) continue;
    from[caution] = never_loaded;
    for (std::size_t i = 0; i < loads.size(); ++i) {
      if (leads(loads[i])) {
        ++count;
        wrong += loads[i].right ? 0 : 1;
      }
      const bool last_of_its_points = i + 1 == loads.size() || loads[i + 1].points != loads[i].points;
      if (last_of_its_points && count >= least_loads && wrong * 100 <= count * (100 - wanted_precision[caution]))
        from[caution] = std::max(loads[i].points, least_points);
    }
  }
  return from;
}

void put_load_from(std::string& block, const std::array<std::int32_t, 3>& points) {
  Tables tables;
  if (!tables.open(block) || tables.counts.size == 0) return;
  const char* const at = reinterpret_cast<const char*>(&tables.counts[0].load_from);
  std::memcpy(block.data() + (at - block.data()), points.data(), sizeof(points));
}

}  // namespace cascade::route
