// The recall index: the live facts with their terms, in a file next to the store and built from it. A hook reads this
// file and never opens the store.
//
// A writer removes the file before it changes facts, under a shared lock (IndexChange); a reader that misses the file
// rebuilds it under an exclusive lock. An existing file therefore agrees with the store, even after a writer crashed.
#pragma once

#include <cascade/registry.h>
#include <cascade/result.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "facts/fact.h"
#include "facts/meaning.h"
#include "facts/terms.h"
#include "files/file_lock.h"
#include "route/tables.h"

namespace cascade::recall {

struct TextPlace {
  std::uint32_t offset = 0, length = 0;
};

// What is read of the facts that are told.
struct FactRecord {
  std::int64_t learned = 0, valid_until = 0;
  TextPlace id, owner, subject, text, kind, source, author, why;
};

// What is read of all facts that have a word of the prompt; apart from the rest, so that a hook maps fewer pages.
struct FactMeasure {
  std::uint32_t length = 0;          // sum of the weights of the terms in its text
  std::uint32_t subject_length = 0;  // number of words in its subject, times 1000
  std::uint16_t trust = 0;
  std::uint16_t scope = 0;
  std::uint32_t brevity = 0;  // larger for shorter facts, in 64ths of a halving; 0: at the longest length counted
};

// Facts of one owner that follow each other, from the end of the run before.
struct OwnerRun {
  TextPlace owner;
  std::uint32_t scope = 0, end = 0;
};

struct Expiry {
  std::int64_t until = 0;
  std::uint32_t fact = 0, unused = 0;
};

struct KeyRecord {
  std::uint32_t key = 0, begin = 0, count = 0;  // postings
};

struct FactPosting {
  std::uint32_t fact = 0;
  std::uint16_t subject = 0, text = 0;  // weight of the term in the subject and in the text; per mille
};

struct IndexTables {
  Span<FactRecord> facts;
  Span<FactMeasure> measures;  // by fact
  Span<OwnerRun> owners;
  Span<Expiry> expiries;  // of the facts that expire, by fact
  Span<KeyRecord> keys;   // by key
  Span<FactPosting> postings;
  Span<TopicWord> topics;
  Span<std::uint32_t> general;  // keys of words that say nothing about a project, sorted
  Span<FactMeaning> meanings;   // by fact
  std::string_view text;
  std::string_view lexicon;  // a router's block without manifests

  std::string_view read(TextPlace place) const noexcept {
    if (place.offset > text.size() || place.length > text.size() - place.offset) return {};
    return text.substr(place.offset, place.length);
  }
};

constexpr std::string_view index_name = "recall.index", lock_name = "recall.lock";

Result<Router> build_lexicon();  // a router without manifests: its tables are the lexicon alone

// Returns the bytes of an index over `facts`, which must be the live ones. Deterministic.
Result<std::string> build_index(const std::vector<Fact>& facts, const MeaningRows& rows = meaning_rows());

class Index {
 public:
  // not_found: no such file; stale: written by another version of cascade; malformed: damaged.
  static Result<Index> open(const std::string& folder);
  static Result<Index> over(std::shared_ptr<const void> owner, std::string_view bytes);

  const IndexTables& tables() const noexcept { return tables_; }
  const route::Tables& lexicon() const noexcept { return lexicon_; }
  Fact fact(std::uint32_t number) const;

 private:
  std::shared_ptr<const void> owner_;
  IndexTables tables_;
  route::Tables lexicon_;
};

// Builds the index of `folder` from the facts that `load` returns; `load` runs while no one changes facts. `waits`:
// wait up to a second for writers and other builders; false: leave the work to them. Errors: unwritable, and those of
// `load`.
Result<void> make_index(const std::string& folder, const std::function<Result<std::vector<Fact>>()>& load, bool waits);

// Held while facts change: removes the index and keeps others from building a new one.
class IndexChange {
 public:
  explicit IndexChange(const std::string& folder);

 private:
  files::FileLock lock_;
};

}  // namespace cascade::recall
