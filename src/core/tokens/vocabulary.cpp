// Looks a byte string up in a hash table in the mapped file whose buckets are cache lines of four slots: a slot holds
// all of a short token, so a search nearly always reads one line and nothing else, whether it finds a token or not.
#include "tokens/vocabulary.h"

#include "hash/content_hash.h"
#include "text/ascii.h"

namespace cascade::tokens {
namespace {

constexpr const char* rebuild =
    "make the table again: build Cascade where npm can be had, or run scripts/vocabulary of its sources";

Error broken(const std::string& path, const std::string& what) {
  return Error{ErrorCode::malformed, "not a usable vocabulary table: " + what, path, rebuild};
}

// The name in the header without padding. Empty: not a plain word.
std::string_view name_in(std::string_view table) {
  std::string_view name = table.substr(format::name_at, format::name_size);
  name = name.substr(0, name.find('\0'));
  for (const char c : name)
    if (!letters::is_lower(c) && !letters::is_digit(c) && c != '_') return {};
  return name;
}

}  // namespace

Result<Vocabulary> Vocabulary::read(std::string_view table, const std::string& path) {
  if (table.size() < format::header_size || table.substr(0, format::magic.size()) != format::magic)
    return broken(path, "it does not begin like one");
  if (const auto version = load<std::uint32_t>(table, format::version_at); version != format::version) {
    return Error{ErrorCode::unsupported,
                 "vocabulary table of version " + std::to_string(version) + ", this program reads " +
                     std::to_string(format::version),
                 path, rebuild};
  }
  if (load<std::uint64_t>(table, format::header_sum_at) != hash::hash64(table.substr(0, format::header_sum_at)))
    return broken(path, "the header is damaged");
  Vocabulary made;
  made.table_ = table;
  made.entries_ = load<std::uint32_t>(table, format::entries_at);
  made.longest_token_ = load<std::uint32_t>(table, format::longest_token_at);
  made.lines_ = load<std::uint32_t>(table, format::lines_at);
  made.longest_way_ = load<std::uint32_t>(table, format::longest_way_at);
  made.text_size_ = load<std::uint32_t>(table, format::text_size_at);
  made.content_sum_ = load<std::uint64_t>(table, format::content_sum_at);
  if (made.lines_ == 0 || made.lines_ > format::most_lines || made.entries_ > format::most_entries ||
      made.longest_token_ > format::most_token_bytes)
    return broken(path, "a number in the header is out of range");
  const format::Layout layout = format::layout_of(made.entries_, made.lines_, made.text_size_);
  if (layout.file_size != table.size() || load<std::uint64_t>(table, format::file_size_at) != table.size())
    return broken(path, "its length is not what the header says");
  const std::string_view name = name_in(table);
  if (name.empty()) return broken(path, "it has no name");
  made.lines_at_ = layout.lines_at;
  made.pairs_at_ = layout.pairs_at;
  made.places_at_ = layout.places_at;
  made.texts_at_ = layout.texts_at;
  made.id_ = std::string(name) + "-" + hash::to_hex(made.content_sum_).substr(8);
  return made;
}

// Returns the second number of the slot with this key, which is never 0; 0 if there is none. Which of four slots it is
// cannot be predicted, so all are compared without branches.
std::uint64_t Vocabulary::search(const Asked& asked) const noexcept {
  const format::Key& key = asked.key;
  std::uint32_t line = asked.line;
  for (std::uint32_t passed = 0; passed <= longest_way_ && passed < lines_; ++passed) {
    const std::uint64_t at = line_at(line);
    std::uint64_t found = 0;
    for (std::size_t slot = 0; slot < format::line_size; slot += format::slot_size) {
      const auto second = load<std::uint64_t>(table_, at + slot + sizeof(std::uint64_t));
      found |= key.is_of(load<std::uint64_t>(table_, at + slot), second) ? second : 0;
    }
    if (found != 0 || (load<std::uint64_t>(table_, at + sizeof(std::uint64_t)) & format::onward) == 0) return found;
    line = line + 1 < lines_ ? line + 1 : 0;
  }
  return 0;
}

Vocabulary::Asked Vocabulary::place_of(std::string_view bytes) const noexcept {
  const format::Key key = format::key_of(bytes);
  return {key, format::home_of(key, lines_)};
}

Vocabulary::Asked Vocabulary::ask(std::string_view bytes) const noexcept {
  if (bytes.empty() || bytes.size() > longest_token_) return {};
  const Asked asked = place_of(bytes);
  __builtin_prefetch(table_.data() + line_at(asked.line));
  return asked;
}

Rank Vocabulary::find(std::string_view bytes) const noexcept {
  if (bytes.empty() || bytes.size() > longest_token_) return no_rank;
  return find(bytes, place_of(bytes));
}

Rank Vocabulary::find(std::string_view bytes, const Asked& asked) const noexcept {
  if (bytes.empty() || bytes.size() > longest_token_) return no_rank;
  const std::uint64_t found = search(asked);
  const Rank rank = static_cast<Rank>(found >> format::rank_shift) & format::rank_mask;
  if (found == 0 || rank >= entries_) return no_rank;
  return bytes.size() <= format::longest_inside || long_text(found) == bytes ? rank : no_rank;
}

// The text of a token that does not fit its slot, from the slot's second number.
std::string_view Vocabulary::long_text(std::uint64_t second) const noexcept {
  const std::uint64_t begin = static_cast<std::uint32_t>(second), length = second >> format::length_shift;
  return begin + length <= text_size_ ? table_.substr(texts_at_ + begin, length) : std::string_view();
}

std::string_view Vocabulary::text(Rank rank) const noexcept {
  if (rank >= entries_) return {};
  const auto slot = load<std::uint32_t>(table_, places_at_ + std::uint64_t{rank} * sizeof(std::uint32_t));
  if (slot / format::slots_in_line >= lines_) return {};
  const std::uint64_t at = lines_at_ + std::uint64_t{slot} * format::slot_size;
  const auto second = load<std::uint64_t>(table_, at + sizeof(std::uint64_t));
  const std::size_t length = second >> format::length_shift;
  return length <= format::longest_inside ? table_.substr(at, length) : long_text(second);
}

Result<void> Vocabulary::verify(const std::string& path) const {
  if (hash::hash64(table_.substr(format::header_size)) != content_sum_) return broken(path, "its contents are damaged");
  return {};
}

}  // namespace cascade::tokens
