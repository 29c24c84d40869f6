// Room for the large tables is reserved first, so that terms and postings are filled in place and not copied. Names are
// sorted by hash, entry and words, so that the same notes always give the same bytes.
#include "route/build/postings.h"

#include <limits>
#include <map>
#include <numeric>

#include "hash/content_hash.h"
#include "prompt/parts.h"
#include "resolve/resolve.h"
#include "text/names.h"

namespace cascade::route {
namespace {

// Families found by name and by description grow together, whatever the order of the joins.
class Sets {
 public:
  explicit Sets(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), 0); }
  std::uint32_t find(std::uint32_t a) {
    while (parent_[a] != a) a = parent_[a] = parent_[parent_[a]];
    return a;
  }
  void join(std::uint32_t a, std::uint32_t b) {
    a = find(a);
    b = find(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::uint32_t> parent_;
};

// The subject of a name: in a name that begins with "when-", the part after the last "-use-" and such marks.
std::string_view core_of(std::string_view name) {
  if (name.substr(0, 5) != "when-") return name;
  for (const std::string_view mark : {"-use-", "-orchestrate-", "-activate-"}) {
    const std::size_t at = name.rfind(mark);
    if (at != std::string_view::npos) return name.substr(at + mark.size());
  }
  return name;
}

// "AgentDB Vector Search" and "agentdb-vector-search" are one name.
std::string plain_name(std::string_view name) {
  std::string text(name);
  for (char& c : text) c = c == ' ' || c == '_' ? '-' : letters::to_lower(c);
  return text;
}

// The first source of each one's family: equal title, the name of another's subject, or the same description.
std::vector<std::uint32_t> find_families(const Registry& registry, const std::vector<ManifestId>& sources,
                                         const Notes& notes) {
  using Key = std::pair<std::uint64_t, std::uint32_t>;  // the hash that a family shares, and a source
  std::vector<Key> names, descriptions;
  for (std::uint32_t i = 0; i < sources.size(); ++i) {
    const ManifestView view = registry[sources[i]];
    names.emplace_back(hash::hash64(core_of(plain_name(view.title.empty() ? view.name : view.title))), i);
    if (const std::uint64_t description = notes.sources[i].family; description != 0)
      descriptions.emplace_back(description, i);
  }
  Sets sets(sources.size());
  for (std::vector<Key>* const keys : {&names, &descriptions}) {
    std::ranges::sort(*keys);
    for (std::size_t i = 1; i < keys->size(); ++i)
      if ((*keys)[i].first == (*keys)[i - 1].first) sets.join((*keys)[i - 1].second, (*keys)[i].second);
  }
  std::vector<std::uint32_t> families(sources.size());
  for (std::uint32_t i = 0; i < sources.size(); ++i) families[i] = sets.find(i);
  return families;
}

struct Sources {
  const Registry& registry;
  const std::vector<ManifestId>& ids;
  const Notes& notes;
  const LexiconTable& lexicon;
  const FieldWeights& fields;
};

std::size_t most_text(const Sources& from) {
  return from.lexicon.text.size() + from.notes.terms.size() + from.notes.words.size() + from.lexicon.spellings.size();
}

// At most half full, and a power of two, so that a look-up masks and does not divide.
std::size_t slots_for(std::size_t terms) {
  std::size_t size = 64;
  while (size < terms * 2) size *= 2;
  return size;
}

std::size_t most_bytes(const Sources& from, std::size_t terms, std::size_t postings) {
  const std::size_t phrases = from.notes.phrases.size * sizeof(PhraseRecord) +
                              from.notes.phrase_words.size * (sizeof(PhraseWord) + 2 * sizeof(std::uint32_t));
  constexpr std::size_t directory = 1024, buckets = repair_firsts * repair_lengths * sizeof(Slice);
  return directory + buckets + slots_for(terms) * sizeof(std::uint32_t) + terms * sizeof(TermRecord) +
         postings * sizeof(Posting) + from.notes.by_text.size * sizeof(RepairRecord) + most_text(from) + phrases +
         from.ids.size() * (sizeof(EntryRecord) + 64);
}

// How rare terms are. Keeps the results, since many terms are equally rare.
struct Rarities {
  std::size_t sources = 0;
  std::array<std::uint16_t, 512> known{};  // by sixteenths; 0: not taken yet

  std::uint16_t of(std::uint64_t sixteenths) {
    if (sixteenths >= known.size()) return rarity(sources, sixteenths);
    std::uint16_t& value = known[sixteenths];
    if (value == 0) value = rarity(sources, sixteenths);
    return value;
  }
};

struct LaneSum {
  std::uint64_t mass = 0, count = 0;
};

std::array<LaneSum, 2> by_lane(const std::vector<EntryRecord>& entries, const Posting* postings, const Slice& slice,
                               bool is_concept) {
  std::array<LaneSum, 2> sums;
  for (std::uint32_t i = slice.begin; i < slice.begin + slice.count; ++i) {
    LaneSum& sum = sums[lane_of(entries[postings[i].entry()])];
    sum.mass += is_concept ? postings[i].strong : postings[i].full;
    ++sum.count;
  }
  return sums;
}

// The users' own manifests and the shipped library's are counted apart: neither makes the other's words look common.
void weigh_terms(const Sources& from, const std::vector<TermSum>& sums, const std::vector<EntryRecord>& entries,
                 const Posting* postings, TermRecord* terms) {
  const std::size_t count = sums.size() - 1;
  const auto shipped = static_cast<std::size_t>(std::ranges::count_if(entries, of_shipped));
  const bool mixed = shipped != 0 && shipped != entries.size();
  std::vector<std::uint8_t> is_concept(count);
  for (const ConceptRecord& record : from.lexicon.concepts)
    if (record.term != none) is_concept[record.term] = 1;
  std::array<Rarities, 2> rarities{Rarities{mixed ? entries.size() - shipped : entries.size()},
                                   Rarities{mixed ? shipped : entries.size()}};
  for (std::size_t t = 0; t < count; ++t) {
    TermRecord& term = terms[t];
    term.postings = sums[t].postings;
    const std::uint64_t one = is_concept[t] != 0 ? from.fields.concept_mass : from.fields.word_mass;
    const auto rarity_in = [&](std::size_t lane, const LaneSum& sum) {
      const std::uint64_t soft = sum.mass * 1000 / std::max<std::uint64_t>(1, one);
      const std::uint64_t df16 =
          from.fields.soft ? std::min<std::uint64_t>(soft * 16 / 1000, sum.count * 16) : sum.count * 16;
      return rarities[lane].of(std::max<std::uint64_t>(df16, 16));
    };
    if (mixed) {
      const std::array<LaneSum, 2> lanes = by_lane(entries, postings, term.postings, is_concept[t] != 0);
      for (std::size_t lane = 0; lane < 2; ++lane)
        term.rarity[lane] = lanes[lane].count != 0 ? rarity_in(lane, lanes[lane]) : std::uint16_t{0};
    } else {
      term.rarity[0] = term.rarity[1] = rarity_in(0, {sums[t].mass, term.postings.count});
    }
    constexpr std::uint32_t telling = 0x1f;  // the fields that say what an entry is for
    if ((sums[t].mask & telling) != 0) term.known |= 1;
  }
}

void fill_terms(const Sources& from, std::string& text, TermRecord* terms) {
  std::copy(from.lexicon.terms.begin(), from.lexicon.terms.end(), terms);
  const Notes& notes = from.notes;
  const TextSpan all = append_text(text, notes.terms);
  std::uint32_t begin = 0;
  for (std::size_t i = 0; i < notes.term_ends.size; ++i) {
    TermRecord& term = terms[from.lexicon.terms.size + i];
    term = TermRecord();
    term.text = {all.offset + begin, notes.term_ends[i] - begin};
    term.hash = hash_of(notes.terms.substr(begin, term.text.length));
    begin = notes.term_ends[i];
  }
}

void fill_slots(const TermRecord* terms, std::size_t count, std::uint32_t* slots) {
  const std::size_t size = slots_for(count);
  std::fill_n(slots, size, none);
  for (std::uint32_t t = 0; t < count; ++t) {
    std::size_t at = terms[t].hash & (size - 1);
    while (slots[at] != none) at = (at + 1) & (size - 1);
    slots[at] = t;
  }
}

struct Entries {
  std::vector<EntryRecord> entries;
  std::vector<PhraseRecord> phrases;
  std::vector<PhraseWord> phrase_words;
  std::vector<std::uint32_t> word_concepts;
  std::vector<NameRecord> names;
  std::vector<TextSpan> needs;
};

void add_phrase(const Sources& from, const TermRecord* terms, std::size_t lane, Slice words, std::uint32_t of_name,
                Entries& to) {
  PhraseRecord phrase;
  phrase.of_name = of_name;
  phrase.words = {count_of(to.phrase_words), words.count};
  for (std::uint32_t i = 0; i < words.count; ++i) {
    PhraseWord word;
    word.term = from.notes.terms_of_words[from.notes.phrase_words[words.begin + i]];
    const TermRecord& term = terms[word.term];
    const auto word_class = static_cast<WordClass>(term.word_class);
    word.weight = word_class == WordClass::function ? 32
                  : word_class == WordClass::plain  ? term.rarity[lane] / 2u
                                                    : term.rarity[lane];
    const Slice alone =
        word.term < from.lexicon.concepts_by_term.size ? from.lexicon.concepts_by_term[word.term] : Slice{0, 0};
    word.concepts = {count_of(to.word_concepts), alone.count};
    const auto* const concepts = from.lexicon.word_concepts.begin() + alone.begin;
    to.word_concepts.insert(to.word_concepts.end(), concepts, concepts + alone.count);
    phrase.weight += word.weight;
    to.phrase_words.push_back(word);
  }
  to.phrases.push_back(phrase);
}

// The names by which a prompt may call the manifest: its own, with its plugin or its folders and without, and others.
void add_names(const Registry& registry, const ManifestView& view, std::uint32_t entry, Entries& to) {
  const auto add = [&](std::string_view name) {
    if (!name.empty()) to.names.push_back({prompt::name_hash(name), entry});
  };
  const std::string_view own = letters::last_part(view.name);
  add(view.name);
  add(own);
  add(view.title);
  if (!view.plugin.empty()) add(std::string(view.plugin) + ":" + std::string(own));
  for (const std::string_view alias : registry.aliases(view.id)) add(alias);
}

void add_phrases(const Sources& from, const TermRecord* terms, std::uint32_t e, Entries& to) {
  const NotedSource& noted = from.notes.sources[e];
  std::uint32_t word = noted.phrase_words.begin;
  for (std::uint32_t i = 0; i < noted.phrases.count; ++i) {
    const std::uint32_t words = from.notes.phrases[noted.phrases.begin + i];
    const std::uint32_t of_name = i == 0                                    ? 1
                                  : i < noted.name_phrases                  ? 2
                                  : i + noted.lessons < noted.phrases.count ? 0
                                                                            : 3;
    add_phrase(from, terms, lane_of(to.entries[e]), {word, words}, of_name, to);
    word += words;
  }
}

std::uint16_t at_most_16_bits(std::uint32_t count) {
  return static_cast<std::uint16_t>(std::min<std::uint32_t>(count, std::numeric_limits<std::uint16_t>::max()));
}

using OwnerKey = std::pair<std::uint32_t, std::string_view>;  // the root and the plugin
OwnerKey owner_key(const Registry& registry, const EntryRecord& entry) {
  const ManifestView view = registry[ManifestId{entry.manifest}];
  return {view.root, view.plugin};
}

std::uint32_t share(std::uint32_t budget, std::uint32_t declared) {
  return declared <= budget ? 1000 : static_cast<std::uint32_t>(std::uint64_t{budget} * 1000 / declared);
}

// REQUIRES: `learned` is set. Shipped agents, which no prompt asks for, are known by their owner's other manifests.
void set_origins(const Registry& registry, std::vector<EntryRecord>& entries) {
  struct Owner {
    std::uint32_t taught = 0, others = 0;  // skills and commands with lessons, and without
  };
  std::map<OwnerKey, Owner> owners;
  const auto is_agent = [](const EntryRecord& entry) { return static_cast<Kind>(entry.kind) == Kind::agent; };
  const auto owner_of = [&](const EntryRecord& entry) -> Owner& { return owners[owner_key(registry, entry)]; };
  for (const EntryRecord& entry : entries)
    if (!is_agent(entry)) ++(entry.learned != 0 ? owner_of(entry).taught : owner_of(entry).others);
  for (EntryRecord& entry : entries) {
    entry.origin = static_cast<std::uint16_t>(registry[ManifestId{entry.manifest}].scope);
    const Owner& owner = owner_of(entry);
    if (entry.learned != 0 || (is_agent(entry) && owner.taught > owner.others)) entry.origin |= is_shipped;
  }
}

// An owner is a plugin of a root, or the rest of a root. Its triggers share a budget where manifests of several owners
// compete: they cost their author nothing, and a plugin that declares the names of others would win their prompts.
void set_owners(const Registry& registry, std::vector<EntryRecord>& entries, const std::vector<PhraseRecord>& phrases) {
  struct Owner {
    std::uint16_t number = 0;
    std::uint32_t declared = 0;
  };
  std::map<OwnerKey, Owner> owners;
  std::map<std::uint32_t, std::uint32_t> declared_by_root;
  const auto owner_of = [&](const EntryRecord& entry) -> Owner& { return owners[owner_key(registry, entry)]; };
  for (const EntryRecord& entry : entries) {
    const auto begin = phrases.begin() + entry.phrases.begin;
    const auto declared =
        static_cast<std::uint32_t>(std::count_if(begin, begin + entry.phrases.count, is_trigger_phrase));
    owner_of(entry).declared += declared;
    declared_by_root[registry[ManifestId{entry.manifest}].root] += declared;
  }
  std::uint16_t number = 0;  // the last is shared by all beyond it
  for (auto& [key, owner] : owners) {
    owner.number = number;
    if (number < std::numeric_limits<std::uint16_t>::max()) ++number;
  }
  constexpr std::uint32_t owner_budget = 128, root_budget = 512;  // trigger phrases; of more, each counts less
  for (EntryRecord& entry : entries) {
    const Owner& owner = owner_of(entry);
    const std::uint32_t of_root = declared_by_root[registry[ManifestId{entry.manifest}].root];
    entry.owner = owner.number;
    entry.believed =
        static_cast<std::uint16_t>(std::min(share(owner_budget, owner.declared), share(root_budget, of_root)));
  }
}

// All but their phrases, whose words weigh what they weigh in the entry's lane.
Entries describe(const Sources& from, std::string& text) {
  const std::vector<std::uint32_t> families = find_families(from.registry, from.ids, from.notes);
  const Learned learned = shipped_learned();
  Entries all;
  for (std::uint32_t e = 0; e < from.ids.size(); ++e) {
    const ManifestView view = from.registry[from.ids[e]];
    EntryRecord entry;
    entry.manifest = index(view.id);
    entry.family = families[e];
    entry.kind = static_cast<std::uint8_t>(view.kind);
    entry.layer = static_cast<std::uint8_t>(view.layer);
    entry.learned = learned_class(learned, view);
    const auto& lengths = from.notes.sources[e].lengths;
    constexpr std::size_t telling = static_cast<std::size_t>(Field::headings) + 1;  // these fields, the first
    entry.telling = at_most_16_bits(std::accumulate(lengths.begin(), lengths.begin() + telling, 0U));
    entry.expressed = at_most_16_bits(from.notes.sources[e].concepts.count);
    entry.needs.begin = count_of(all.needs);
    for (const std::string_view need : requirements_of(from.registry, view.id))
      all.needs.push_back(append_text(text, need));
    entry.needs.count = count_of(all.needs) - entry.needs.begin;
    all.entries.push_back(entry);
  }
  set_origins(from.registry, all.entries);
  return all;
}

void name(const Sources& from, const TermRecord* terms, Entries& all) {
  all.phrases.reserve(from.notes.phrases.size);
  all.phrase_words.reserve(from.notes.phrase_words.size);
  for (std::uint32_t e = 0; e < all.entries.size(); ++e) {
    all.entries[e].phrases = {count_of(all.phrases), from.notes.sources[e].phrases.count};
    add_phrases(from, terms, e, all);
    add_names(from.registry, from.registry[from.ids[e]], e, all);
  }
  set_owners(from.registry, all.entries, all.phrases);
  letters::sort_once(all.names);
}

struct Repairs {
  std::vector<Slice> buckets;
  std::vector<RepairRecord> records;
};

// A word that neither a telling field nor the lexicon has is left out: nobody may mean a word of some body.
Repairs find_repairs(const Sources& from, const TermRecord* terms, std::string& text) {
  Repairs found;
  found.buckets.resize(repair_firsts * repair_lengths);
  found.records.reserve(from.notes.by_text.size);
  for (const std::uint32_t word : from.notes.by_text) {
    const std::uint32_t term = from.notes.terms_of_words.data[word];
    const std::string_view letters = spelling_of(from.notes, from.lexicon, word);
    const std::uint32_t bucket = repair_bucket(letters);
    if (terms[term].known == 0 || bucket == none) continue;
    ++found.buckets[bucket].count;
    found.records.push_back({letters_of(letters), append_text(text, letters).offset, term});
  }
  std::uint32_t begin = 0;
  for (Slice& bucket : found.buckets) {
    bucket.begin = begin;
    begin += bucket.count;
  }
  return found;
}

}  // namespace

std::string lay_out(const Registry& registry, const std::vector<ManifestId>& sources, const Notes& notes,
                    const LexiconTable& lexicon, const FieldWeights& fields, KeptPostings* kept,
                    const std::function<void()>& between) {
  const Sources from{registry, sources, notes, lexicon, fields};
  std::vector<TermSum> sums = kept != nullptr ? kept->take_counts() : count_postings(notes, lexicon, between);
  const std::size_t count = sums.size() - 1, postings_count = sums.back().postings.begin;
  tables::BlockWriter block(route_regions);
  block.reserve(most_bytes(from, count, postings_count));  // so that what is filled in place stays where it is
  std::string text;  // begins with the lexicon's, whose records keep their places in it
  text.reserve(most_text(from));
  text = lexicon.text;
  Entries all = describe(from, text);
  Counts counts;
  counts.version = tables_version;
  counts.manifests = static_cast<std::uint32_t>(registry.size());
  counts.shipped = static_cast<std::uint32_t>(std::ranges::count_if(all.entries, of_shipped));
  block.add(std::vector<Counts>{counts});
  std::uint32_t* const slots = block.add_room<std::uint32_t>(slots_for(count));
  TermRecord* const terms = block.add_room<TermRecord>(count);
  Posting* const postings = block.add_room<Posting>(postings_count);

  fill_terms(from, text, terms);
  if (kept != nullptr)
    kept->copy(sums, postings, between);
  else
    weigh_postings(notes, lexicon, fields, sums, postings, between);
  weigh_terms(from, sums, all.entries, postings, terms);
  fill_slots(terms, count, slots);
  if (between) between();
  name(from, terms, all);
  if (between) between();
  const Repairs repairs = find_repairs(from, terms, text);
  const auto add = [&](const auto&... tables) { (block.add(tables), ...); };
  add(all.entries, all.phrases, all.phrase_words, all.word_concepts, all.names, all.needs);
  add(repairs.buckets, repairs.records);
  block.add_bytes(text);
  return block.take();
}

std::string taught_name(const ManifestView& manifest) {
  return std::string(to_string(manifest.kind)) + ":" + std::string(letters::last_part(manifest.name));
}

std::uint16_t learned_class(const Learned& learned, const ManifestView& manifest) {
  if (learned.empty()) return 0;
  const std::uint32_t found = learned.find(taught_name(manifest));
  if (found == none) return 0;
  const LearnedClass& taught = learned.classes[found];
  const std::uint32_t* const begin = learned.about.data + taught.about;
  const std::vector<std::uint32_t> words = about_words(manifest.description);
  std::vector<std::uint32_t> shared;
  std::set_intersection(begin, begin + taught.about_count, words.begin(), words.end(), std::back_inserter(shared));
  const bool same = shared.size() * 2 >= std::max<std::size_t>(taught.about_count, words.size());
  return same ? static_cast<std::uint16_t>(found) : std::uint16_t{0};
}

}  // namespace cascade::route
