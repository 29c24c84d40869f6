// A pair is stored with the rarer of its words and found by a directory and a short scan. Weights are divided by their
// Euclidean length, so that a long prompt weighs as much as a short one.
#include "route/learned.h"

#include "route/tables.h"
#include "tables/block.h"
#include "text/names.h"

namespace cascade::route {
namespace {

constexpr std::uint32_t unit = 1024;  // the Euclidean length to which a prompt's weights are scaled

// Quarters of the difference between its kind and the other that a manifest gets. Chosen by leaving out one writer.
constexpr std::int32_t kind_quarters = 3;
std::int32_t of_kind(std::int32_t for_kind) { return for_kind * kind_quarters / 4; }

std::uint32_t byte_at(const char* at) { return static_cast<unsigned char>(*at); }
std::uint32_t number_at(const char* at) { return byte_at(at) | byte_at(at + 1) << 8; }

// A row found for one feature of a prompt: its weight, and where its cells begin.
struct Found {
  std::uint32_t feature = 0, weight = 0, count = 0;
  const char* cells = nullptr;
};

// Calls f(class, gain) for each cell and returns the end of the cells.
template <typename F>
const char* each_cell(const char* cells, std::uint32_t count, F&& f) {
  std::uint32_t at = 0;
  for (std::uint32_t i = 0; i < count;) {
    const std::uint32_t gap = byte_at(cells++);
    at += gap;
    if (gap == 255) continue;
    f(at, byte_at(cells++));
    ++i;
  }
  return cells;
}

// The row of a pair among a word's pairs; nullptr: not learned.
const char* pair_row(const char* pairs, std::uint16_t check) {
  const std::uint32_t count = number_at(pairs), blocks = (count + pair_block - 1) / pair_block;
  const char* const directory = pairs + 2;
  std::uint32_t low = 0, high = blocks;  // the last block that begins at or before the check
  while (high - low > 1) {
    const std::uint32_t middle = (low + high) / 2;
    (number_at(directory + middle * 4) <= check ? low : high) = middle;
  }
  if (count == 0) return nullptr;
  const char* row = directory + blocks * 4 + number_at(directory + low * 4 + 2);
  for (std::uint32_t left = std::min(count - low * pair_block, pair_block); left != 0 && number_at(row) <= check;
       --left) {
    if (number_at(row) == check) return row + 2;
    row = each_cell(row + 4, byte_at(row + 3), [](std::uint32_t, std::uint32_t) {});
  }
  return nullptr;
}

// A word of the prompt that the table has; its pairs are found through it.
struct KnownWord {
  std::uint32_t hash = 0, weight = 0;
  const char* pairs = nullptr;
};

class Finder {
 public:
  explicit Finder(const Learned& learned) : learned_(learned) {}

  std::vector<Found> find(const Features& features) {
    std::uint32_t number = 0;
    for (const std::uint32_t hash : features.words) add_single(hash, number++, true);
    for (const WordPair& pair : features.pairs) add_pair(pair, number++);
    for (const std::uint32_t hash : features.grams) add_single(hash, number++, false);
    return std::move(found_);
  }

 private:
  void add_single(std::uint32_t hash, std::uint32_t number, bool word) {
    const char* const row = learned_.row(hash);
    if (row == nullptr) return;
    const Found found{number, number_at(row), number_at(row + 2), row + 6};
    found_.push_back(found);
    if (word) words_.push_back({hash, found.weight, found.cells + number_at(row + 4)});
  }

  const KnownWord* known(std::uint32_t stem) const {
    const std::uint32_t hash = feature_hash(FeatureKind::word, stem);
    const auto at = std::ranges::lower_bound(words_, hash, {}, &KnownWord::hash);
    return at != words_.end() && at->hash == hash ? &*at : nullptr;
  }

  // Looks a pair up in the row of the rarer of its words, which has the larger weight.
  void add_pair(const WordPair& pair, std::uint32_t number) {
    const KnownWord* const first = pair.first == 0 ? nullptr : known(pair.first);
    const KnownWord* const second = known(pair.second);
    if (second == nullptr || (first == nullptr && pair.first != 0)) return;
    const bool owner_first = first != nullptr && (first->weight != second->weight ? first->weight > second->weight
                                                                                  : pair.first > pair.second);
    const KnownWord& owner = owner_first ? *first : *second;
    const char* const row =
        pair_row(owner.pairs, pair_check(owner_first ? pair.second : pair.first, pair.in_order, owner_first));
    if (row != nullptr) found_.push_back({number, byte_at(row) * 4, byte_at(row + 1), row + 2});
  }

  const Learned& learned_;
  std::vector<Found> found_;
  std::vector<KnownWord> words_;  // by hash
};

std::uint32_t length_of(const std::vector<Found>& found) {
  std::uint64_t squares = 0;
  for (const Found& row : found) squares += std::uint64_t{row.weight} * row.weight;
  return std::max<std::uint32_t>(1, square_root(squares));
}

}  // namespace

std::uint32_t square_root(std::uint64_t value) noexcept {
  std::uint64_t root = 0;
  for (std::uint64_t bit = std::uint64_t{1} << 31; bit != 0; bit >>= 1)
    if ((root + bit) * (root + bit) <= value) root += bit;
  return static_cast<std::uint32_t>(root);
}

std::uint32_t feature_hash(FeatureKind kind, std::uint32_t text_hash) noexcept {
  return join_hash(0x51ed270bU * (static_cast<std::uint32_t>(kind) + 1), text_hash);
}

std::uint16_t pair_check(std::uint32_t other, bool in_order, bool owner_first) noexcept {
  const std::uint32_t mixed = join_hash(in_order ? (owner_first ? 2u : 3u) : 1u, other);
  return static_cast<std::uint16_t>(mixed ^ (mixed >> 16));
}

bool Learned::open(std::string_view bytes) {
  tables::BlockReader block;
  if (!block.open(bytes, 7) || !block.table(0, classes) || !block.table(1, slots) || !block.table(2, about) ||
      !block.table(3, prompt_ends) || !block.bytes(4, rows) || !block.bytes(5, text) || !block.bytes(6, prompts))
    return false;
  nones = 0;
  while (nones < classes.size && name(nones).starts_with("none")) ++nones;
  manifests = nones;
  while (manifests < classes.size && name(manifests).starts_with(kind_prefix)) ++manifests;
  return true;
}

std::string_view Learned::name(std::uint32_t learned_class) const {
  const LearnedClass& record = classes[learned_class];
  return text.substr(record.name, record.name_length);
}

std::string_view Learned::prompt(std::uint32_t number) const {
  const std::uint32_t begin = number == 0 ? 0 : prompt_ends[number - 1];
  return prompts.substr(begin, prompt_ends[number] - begin);
}

std::uint32_t Learned::find(std::string_view wanted) const {
  const auto* const found =
      std::partition_point(classes.begin() + manifests, classes.end(),
                           [&](const LearnedClass& one) { return text.substr(one.name, one.name_length) < wanted; });
  const auto number = static_cast<std::uint32_t>(found - classes.begin());
  return number < classes.size && name(number) == wanted ? number : none;
}

const char* Learned::row(std::uint32_t hash) const {
  if (slots.size == 0) return nullptr;
  for (std::size_t at = slot_of(hash, slots.size);; at = at + 1 == slots.size ? 0 : at + 1) {
    if (slots[at] == free_slot) return nullptr;
    const char* const row = rows.data() + slots[at];
    if (number_at(row) == (hash & 0xffff)) return row + 2;
  }
}

std::uint32_t Learned::rarity_of(std::uint32_t stem) const {
  constexpr std::uint32_t unknown = 0xffff;  // fewer than two lessons have it
  const char* const found = row(feature_hash(FeatureKind::word, stem));
  return found == nullptr ? unknown : number_at(found);
}

LearnedScores::LearnedScores(const Learned& learned, const Features& features) {
  const std::vector<Found> found = Finder(learned).find(features);
  known_ = static_cast<std::uint32_t>(found.size());
  const std::uint32_t length = length_of(found);
  scores_.assign(learned.classes.size, 0);
  std::int64_t weights = 0;
  for (const Found& row : found) {
    const auto weight = static_cast<std::int32_t>(std::uint64_t{row.weight} * unit / length);
    weights += weight;
    each_cell(row.cells, row.count,
              [&](std::uint32_t c, std::uint32_t gain) { scores_[c] += weight * static_cast<std::int32_t>(gain); });
  }
  constexpr std::int32_t to_64ths = 256;  // from 1/16 bit times `unit`
  for (std::size_t c = 0; c < scores_.size(); ++c)
    scores_[c] = static_cast<std::int32_t>((scores_[c] - weights * learned.classes[c].cost) / to_64ths);
  std::int32_t kinds = 0;
  for (std::uint32_t c = learned.nones; c < learned.manifests; ++c) kinds += scores_[c];
  for (std::uint32_t c = learned.manifests; c < scores_.size(); ++c)
    if (const std::uint32_t kind = learned.classes[c].kind; kind != 0) scores_[c] += of_kind(2 * scores_[kind] - kinds);
}

std::vector<LearnedGain> learned_gains(const Learned& learned, const Features& features, std::uint32_t learned_class) {
  const std::vector<Found> found = Finder(learned).find(features);
  const std::uint32_t length = length_of(found);
  const std::uint32_t kind = learned.classes[learned_class].kind;
  std::vector<LearnedGain> gains;
  for (const Found& row : found) {
    const auto weight = static_cast<std::int32_t>(std::uint64_t{row.weight} * unit / length);
    std::int32_t all = 0;
    each_cell(row.cells, row.count, [&](std::uint32_t c, std::uint32_t gained) {
      const std::int32_t gain = weight * static_cast<std::int32_t>(gained) / 256;
      if (c == learned_class) all += gain;
      if (kind != 0 && c >= learned.nones && c < learned.manifests) all += of_kind(c == kind ? gain : -gain);
    });
    if (all != 0) gains.push_back({row.feature, all});
  }
  std::ranges::stable_sort(gains, [](const LearnedGain& a, const LearnedGain& b) { return a.gain > b.gain; });
  return gains;
}

std::vector<std::uint32_t> about_words(std::string_view description) {
  constexpr std::size_t shortest = 4;
  std::vector<std::uint32_t> words;
  WordReader reader(description);
  for (Word word; reader.next(word);)
    if (!word.inside && !word.pair && word.text.size() >= shortest) words.push_back(hash_of(word.text));
  letters::sort_once(words);
  return words;
}

Learned shipped_learned() {
  Learned learned;
  return learned.open(learned_bytes()) ? learned : Learned();
}

}  // namespace cascade::route
