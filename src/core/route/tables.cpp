// Tables come from a file that anybody may have changed. They are taken over only if all regions are there and the
// version is this one, and a search for a term stops after as many steps as there are slots, whatever these hold.
#include "route/tables.h"

#include "route/records.h"
#include "route/vocabulary.h"
#include "tables/block.h"

namespace cascade {
namespace route {

std::uint32_t Tables::find(std::string_view stem) const noexcept {
  if (slots.size == 0 || (slots.size & (slots.size - 1)) != 0) return none;
  const std::uint32_t hash = hash_of(stem);
  const std::size_t mask = slots.size - 1;
  std::size_t at = hash & mask;
  for (std::size_t tried = 0; tried < slots.size; ++tried, at = (at + 1) & mask) {
    const std::uint32_t id = slots[at];
    if (id >= terms.size) return none;
    if (terms[id].hash == hash && read(terms[id].text) == stem) return id;
  }
  return none;
}

bool Tables::open(std::string_view bytes) {
  tables::BlockReader block;
  if (!block.open(bytes, route_regions)) return false;
  std::size_t next = 0;
  const auto take = [&](auto& table) { return block.table(next++, table); };
  const bool taken = take(counts) && take(slots) && take(terms) && take(postings) && take(entries) && take(phrases) &&
                     take(phrase_words) && take(word_concepts) && take(names) && take(needs) && take(repair_buckets) &&
                     take(repairs) && block.bytes(next, text);
  const LexiconTable lexicon = lexicon_table();
  signs = lexicon.signs;
  meanings = lexicon.meanings;
  concepts = lexicon.concepts;
  patterns = lexicon.patterns;
  associations_by_term = lexicon.associations_by_term;
  associations = lexicon.associations;
  return taken && counts.size == 1 && counts[0].version == tables_version;
}

}  // namespace route

Result<Router> RouterTables::open(std::shared_ptr<const void> owner, std::string_view bytes, Registry registry) {
  auto state = std::make_shared<Router::State>(std::move(registry));
  if (!state->tables.open(bytes) || state->tables.counts[0].manifests != state->registry.size())
    return Error{ErrorCode::malformed, "the router's tables do not fit", "", ""};
  state->owner = std::move(owner);
  state->bytes = bytes;
  return Router(std::move(state));
}

}  // namespace cascade
