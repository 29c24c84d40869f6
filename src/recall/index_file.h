// The recall index: the facts that may be spoken, with their terms, beside the store and made from it. A hook reads
// this file and never opens the store.
//
// Whoever changes facts removes the file first, under a shared lock (IndexChange); whoever misses it makes it anew,
// alone. So a file that is there says what the store says, however the writers died.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "files/file_lock.h"
#include "recall/fact.h"
#include "recall/terms.h"
#include "route/tables.h"

namespace cascade::recall {

struct TextPlace {
  std::uint32_t offset = 0, length = 0;
};

struct FactRecord {
  std::int64_t learned = 0, valid_until = 0;
  TextPlace id, owner, subject, text, kind, source, author;
  std::uint32_t length = 0;          // how much the fact says: the sum of its terms' weights
  std::uint32_t subject_length = 0;  // how many words its subject has; times 1000
  std::uint16_t trust = 0;
  std::uint16_t scope = 0;
  std::uint32_t brevity = 0;  // the shorter the more, in 64ths of a halving; 0: longer than any
};

struct KeyRecord {
  std::uint32_t key = 0, begin = 0, count = 0;  // postings
};

struct FactPosting {
  std::uint32_t fact = 0;
  std::uint16_t subject = 0, text = 0;  // how much of the term each of them has; per mille
};

struct IndexTables {
  Span<FactRecord> facts;
  Span<KeyRecord> keys;  // by key
  Span<FactPosting> postings;
  Span<TopicWord> topics;
  Span<std::uint32_t> general;  // keys of words that tell nothing of a project, sorted
  std::string_view text;
  std::string_view lexicon;  // a router's block without manifests

  std::string_view read(TextPlace place) const noexcept {
    if (place.offset > text.size() || place.length > text.size() - place.offset) return {};
    return text.substr(place.offset, place.length);
  }
};

constexpr std::string_view index_name = "recall.index", lock_name = "recall.lock";

// The bytes of an index. `facts`: those that are live. Deterministic.
Result<std::string> build_index(const std::vector<Fact>& facts);

class Index {
 public:
  // not_found: there is none; stale: another version of cascade made it; malformed.
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

// Makes the index of `folder` of what `load` reads, which is called while nobody changes facts. `waits`: for writers
// and other makers, a second at most; else it is left to them. unwritable; errors of `load`.
Result<void> make_index(const std::string& folder, const std::function<Result<std::vector<Fact>>()>& load, bool waits);

// While facts change: the index is gone, and nobody makes one.
class IndexChange {
 public:
  explicit IndexChange(const std::string& folder);

 private:
  files::SharedLock lock_;
};

}  // namespace cascade::recall
