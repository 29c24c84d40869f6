// Maps are walked in the order of their keys, so equal facts give equal bytes. The router's lexicon goes into the same
// file, so that a hook maps one file and parses nothing.
#include "facts/index_file.h"

#include <algorithm>
#include <map>
#include <set>

#include "facts/recall.h"
#include "files/atomic_write.h"
#include "files/mapped_file.h"
#include "files/paths.h"
#include "tables/block.h"
#include "text/word_set.h"

namespace cascade::recall {
namespace {

constexpr std::uint64_t index_version = 10;
constexpr std::size_t regions = 12;
constexpr int patience_ms = 1'000;
constexpr std::uint32_t longest = 16 * 64;  // length counted, as 64 * log2

struct Header {
  std::uint64_t version = 0, meaning = 0, facts = 0;
};

// Sorted keys of words and phrases of general programming and of the conversation. A prompt made of such words asks for
// nothing that a project would remember.
std::vector<std::uint32_t> general_keys() {
  std::vector<std::uint32_t> keys;
  route::Stemmer stemmer;
  letters::each_word(general_words(), [&](std::string_view word) { keys.push_back(key_of(word, stemmer)); });
  std::sort(keys.begin(), keys.end());
  return keys;
}

// Texts stored one after the other, each once.
class Texts {
 public:
  TextPlace add(const std::string& text) {
    const auto [at, is_new] = known_.try_emplace(text);
    if (is_new) {
      at->second = {static_cast<std::uint32_t>(all_.size()), static_cast<std::uint32_t>(text.size())};
      all_ += text;
    }
    return at->second;
  }
  const std::string& all() const { return all_; }

 private:
  std::map<std::string, TextPlace> known_;
  std::string all_;
};

struct Counted {
  std::uint16_t subject = 0, text = 0;
};

// Counts each term once: repetition adds nothing.
void count(const Reading& reading, bool subject, const std::vector<TopicWord>& topics,
           std::map<std::uint32_t, Counted>& terms) {
  const auto note = [&](std::uint32_t key, std::uint32_t weight) {
    std::uint16_t& most = subject ? terms[key].subject : terms[key].text;
    most = std::max(most, static_cast<std::uint16_t>(weight));
  };
  std::map<std::uint32_t, std::set<std::uint32_t>> by_topic;  // the topic's words that occur here
  for (const Term& term : reading.terms) {
    if (term.kind == TermKind::guess || term.kind == TermKind::hint) continue;
    if (term.kind != TermKind::phrase) note(term.key, term.weight);
    if (term.kind != TermKind::word && term.kind != TermKind::phrase) continue;
    auto topic = std::ranges::lower_bound(topics, term.key, {}, &TopicWord::stem);
    for (; topic != topics.end() && topic->stem == term.key; ++topic) {
      if (topic->asks != 0) continue;
      if (topic->synonym != 0)
        note(topic->topic, 1000);
      else
        by_topic[topic->topic].insert(term.key);
    }
  }
  // The more words of a topic a text has, the more it is about the topic.
  for (const auto& [topic, words] : by_topic)
    note(topic, static_cast<std::uint32_t>(1400 * words.size() / (words.size() + 1)));
}

FactMeaning meaning_of(const MeaningRows& rows, const std::map<std::uint32_t, Counted>& terms) {
  std::map<std::uint32_t, std::uint32_t> weights;
  for (const auto& [key, counted] : terms) weights[key] = meaning_weight(counted.subject, counted.text);
  return meaning_of_fact(rows, weights);
}

// The texts of a fact, and where a record keeps each.
struct KeptText {
  std::string Fact::*said;
  TextPlace FactRecord::*kept;
};
constexpr KeptText kept_texts[] = {{&Fact::id, &FactRecord::id},           {&Fact::owner, &FactRecord::owner},
                                   {&Fact::subject, &FactRecord::subject}, {&Fact::text, &FactRecord::text},
                                   {&Fact::kind, &FactRecord::kind},       {&Fact::source, &FactRecord::source},
                                   {&Fact::author, &FactRecord::author},   {&Fact::why, &FactRecord::why}};

// The rows of all tables, which grow by a fact.
struct Rows {
  Texts texts;
  std::vector<FactRecord> records;
  std::vector<FactMeasure> measures;
  std::vector<OwnerRun> owners;
  std::vector<Expiry> expiries;
  std::vector<FactMeaning> meanings;
  std::map<std::uint32_t, std::vector<FactPosting>> postings;

  void add(const Fact& fact) {
    FactRecord record;
    record.learned = fact.learned;
    record.valid_until = fact.valid_until;
    for (const auto& [said, kept] : kept_texts) record.*kept = texts.add(fact.*said);
    records.push_back(record);
    const auto number = static_cast<std::uint32_t>(records.size());
    if (fact.valid_until != 0) expiries.push_back({fact.valid_until, number - 1});
    // Each text is stored once, so equal owners have equal places.
    const auto scope = static_cast<std::uint32_t>(fact.scope);
    if (owners.empty() || owners.back().scope != scope || owners.back().owner.offset != record.owner.offset ||
        owners.back().owner.length != record.owner.length)
      owners.push_back({record.owner, scope});
    owners.back().end = number;
  }

  // Of the fact that was added last.
  void add_terms(const Fact& fact, std::uint32_t subject_words, const std::map<std::uint32_t, Counted>& terms) {
    FactMeasure measure;
    measure.subject_length = 1000 * subject_words;
    measure.trust = static_cast<std::uint16_t>(fact.trust);
    measure.scope = static_cast<std::uint16_t>(fact.scope);
    for (const auto& [key, counted] : terms) {
      measure.length += counted.text;
      postings[key].push_back({static_cast<std::uint32_t>(measures.size()), counted.subject, counted.text});
    }
    measure.brevity = longest - std::min(log2_64(std::uint64_t{measure.length} + 1), longest);
    measures.push_back(measure);
  }
};

}  // namespace

Result<Router> build_lexicon() {
  return Router::build(Registry::build({}),
                       [](const ManifestView&, const SectionView&) { return Result<std::string>(std::string()); });
}

Result<std::string> build_index(const std::vector<Fact>& facts, const MeaningRows& rows) {
  const auto router = build_lexicon();
  if (!router) return router.error();
  const route::Tables& lexicon = RouterTables::tables(*router);
  const std::vector<TopicWord> topics = topic_words();
  Rows of_facts;
  for (const Fact& fact : facts) {
    std::map<std::uint32_t, Counted> terms;
    const Reading subject = read_terms(lexicon, fact.subject);
    count(subject, true, topics, terms);
    count(read_terms(lexicon, fact.text), false, topics, terms);
    of_facts.add(fact);
    of_facts.add_terms(fact, subject.words, terms);
    of_facts.meanings.push_back(meaning_of(rows, terms));
  }
  std::vector<KeyRecord> keys;
  std::vector<FactPosting> postings;
  for (const auto& [key, having] : of_facts.postings) {
    keys.push_back({key, static_cast<std::uint32_t>(postings.size()), static_cast<std::uint32_t>(having.size())});
    postings.insert(postings.end(), having.begin(), having.end());
  }
  tables::BlockWriter block(regions);
  block.add(std::vector<Header>{{index_version, meaning_version(), facts.size()}});
  block.add(of_facts.records);
  block.add(of_facts.measures);
  block.add(of_facts.owners);
  block.add(of_facts.expiries);
  block.add(keys);
  block.add(postings);
  block.add(topics);
  block.add(general_keys());
  block.add_bytes(of_facts.texts.all());
  block.add_bytes(RouterTables::bytes(*router));
  block.add(of_facts.meanings);
  return block.take();
}

// Checks the sizes of the regions and the version only. A posting that points outside is met when it is read, so
// opening costs no pass over the file.
Result<Index> Index::over(std::shared_ptr<const void> owner, std::string_view bytes) {
  Index index;
  index.owner_ = std::move(owner);
  tables::BlockReader block;
  Span<Header> header;
  IndexTables& tables = index.tables_;
  const bool fits = block.open(bytes, regions) && block.table(0, header) && header.size == 1 &&
                    block.table(1, tables.facts) && block.table(2, tables.measures) && block.table(3, tables.owners) &&
                    block.table(4, tables.expiries) && block.table(5, tables.keys) && block.table(6, tables.postings) &&
                    block.table(7, tables.topics) && block.table(8, tables.general) && block.bytes(9, tables.text) &&
                    block.bytes(10, tables.lexicon) && block.table(11, tables.meanings) &&
                    tables.meanings.size == tables.facts.size && tables.measures.size == tables.facts.size;
  if (!fits) return Error{ErrorCode::malformed, "the recall index is damaged", {}, {}};
  const bool is_ours = header[0].version == index_version && header[0].meaning == meaning_version();
  if (!is_ours || !index.lexicon_.open(tables.lexicon))
    return Error{ErrorCode::stale, "another version of cascade made the recall index", {}, {}};
  return index;
}

Result<Index> Index::open(const std::string& folder) {
  auto mapped = files::MappedFile::open(files::join(folder, index_name));
  if (!mapped) return mapped.error();
  auto owner = std::make_shared<files::MappedFile>(*std::move(mapped));
  const std::string_view bytes = owner->bytes();
  return over(std::move(owner), bytes);
}

Fact Index::fact(std::uint32_t number) const {
  Fact fact;
  if (number >= tables_.facts.size) return fact;
  const FactRecord& record = tables_.facts[number];
  for (const auto& [said, kept] : kept_texts) fact.*said = tables_.read(record.*kept);
  fact.scope = static_cast<Scope>(tables_.measures[number].scope);
  fact.trust = tables_.measures[number].trust;
  fact.learned = record.learned;
  fact.valid_until = record.valid_until;
  return fact;
}

// Under a lock that all changes hold as well: an index that is being built can never miss a change and stay.
Result<void> make_index(const std::string& folder, const std::function<Result<std::vector<Fact>>()>& load, bool waits) {
  const files::FileLock lock(files::join(folder, lock_name), files::FileLock::Kind::alone, waits ? patience_ms : 0);
  if (!lock.is_held()) return {};
  const auto facts = load();
  if (!facts) return facts.error();
  const auto bytes = build_index(*facts);
  if (!bytes) return bytes.error();
  return files::write_atomically(files::join(folder, index_name), *bytes, 0600);
}

IndexChange::IndexChange(const std::string& folder)
    : lock_(files::join(folder, lock_name), files::FileLock::Kind::shared, patience_ms) {
  static_cast<void>(files::remove_file(files::join(folder, index_name)));
}

}  // namespace cascade::recall
