// Looks a byte string up in a hash table in the mapped file whose buckets are cache lines of four slots: a slot holds
// all of a short token, so a search nearly always reads one line and nothing else, whether it finds a token or not.
#include "tokens/vocabulary.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <functional>
#include <queue>

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

// Up to 128 bytes: merge the lowest of all adjacent pairs, repeat; quadratic, but faster than a heap for so few. Above:
// a heap with lazy deletion, O(n log n). The leftmost of equal ranks first. In turns, one asks memory for the next.

constexpr std::size_t longest_scanned = 128;  // bytes; longer pieces use a heap

// Merges by scanning for the lowest pair each time. Parts are [starts[i], starts[i + 1]).
class ScannedParts {
 public:
  // REQUIRES: at most longest_scanned bytes, which outlive the merging.
  void begin(const Vocabulary& vocabulary, std::string_view piece) {
    piece_ = piece;
    count_ = piece.size();
    for (std::size_t i = 0; i <= count_; ++i) starts_[i] = static_cast<std::uint8_t>(i);
    for (std::size_t i = 0; i + 1 < count_; ++i)
      ranks_[i] = vocabulary.find_pair(static_cast<unsigned char>(piece[i]), static_cast<unsigned char>(piece[i + 1]));
  }

  // Merges one pair. False: there is none left to merge.
  bool merge_next(const Vocabulary& vocabulary) {
    if (count_ < 2) return false;
    if (merged_ != none) find_ranks(vocabulary);
    std::uint64_t lowest = ~std::uint64_t{0};  // rank, then place; a minimum without branches
    for (std::size_t i = 0; i + 1 < count_; ++i) lowest = std::min(lowest, std::uint64_t{ranks_[i]} << 32 | i);
    if (lowest >> 32 == no_rank) return false;
    merge(static_cast<std::uint32_t>(lowest));
    if (has_pair(merged_)) behind_ = vocabulary.ask(pair(merged_));
    if (merged_ > 0) before_ = vocabulary.ask(pair(merged_ - 1));
    return true;
  }

  std::size_t size() const { return count_; }
  std::string_view operator[](std::size_t i) const { return piece_.substr(starts_[i], starts_[i + 1] - starts_[i]); }

 private:
  static constexpr std::size_t none = longest_scanned, few = 16;

  bool has_pair(std::size_t i) const { return i + 1 < count_; }
  std::string_view pair(std::size_t i) const { return piece_.substr(starts_[i], starts_[i + 2] - starts_[i]); }

  void merge(std::size_t i) {
    if (count_ <= few) {
      // Moves more than there is, which costs less than asking how much.
      std::array<std::uint8_t, few> starts;
      std::array<Rank, few> ranks;
      std::memcpy(starts.data(), &starts_[i + 2], sizeof starts);
      std::memcpy(ranks.data(), &ranks_[i + 1], sizeof ranks);
      std::memcpy(&starts_[i + 1], starts.data(), sizeof starts);
      std::memcpy(&ranks_[i], ranks.data(), sizeof ranks);
    } else {
      std::memmove(&starts_[i + 1], &starts_[i + 2], (count_ - i - 1) * sizeof starts_[0]);
      std::memmove(&ranks_[i], &ranks_[i + 1], (count_ - i - 2) * sizeof ranks_[0]);
    }
    --count_;
    merged_ = i;
  }

  void find_ranks(const Vocabulary& vocabulary) {
    if (has_pair(merged_)) ranks_[merged_] = vocabulary.find(pair(merged_), behind_);
    if (merged_ > 0) ranks_[merged_ - 1] = vocabulary.find(pair(merged_ - 1), before_);
  }

  std::string_view piece_;
  std::size_t count_ = 0, merged_ = none;  // merged_: the part that the last merge made
  Vocabulary::Asked before_, behind_;
  std::array<std::uint8_t, longest_scanned + 1> starts_;
  std::array<Rank, longest_scanned> ranks_;
};

// Merges using a heap of candidate pairs. A part is identified by its first byte; outdated entries are skipped.
class QueuedParts {
 public:
  QueuedParts(const Vocabulary& vocabulary, std::string_view piece)
      : vocabulary_(vocabulary),
        piece_(piece),
        ends_(piece.size()),
        previous_(piece.size()),
        ranks_(piece.size(), no_rank) {
    std::vector<Candidate> found;
    for (std::uint32_t i = 0; i < piece.size(); ++i) {
      ends_[i] = i + 1;
      previous_[i] = i - 1;  // the first part's entry is never read
    }
    for (std::uint32_t i = 0; i + 1 < piece.size(); ++i) {
      ranks_[i] = rank_of_pair(i);
      if (ranks_[i] != no_rank) found.push_back(candidate(i));
    }
    queue_ = Queue(std::greater<>(), std::move(found));
  }

  void merge_all() {
    for (; !queue_.empty();) {
      const Candidate lowest = queue_.top();
      queue_.pop();
      const auto part = static_cast<std::uint32_t>(lowest);
      if (ranks_[part] == static_cast<Rank>(lowest >> 32)) merge(part);
    }
  }

  template <typename Use>
  void for_each(Use use) const {
    for (std::uint32_t part = 0; part < piece_.size(); part = ends_[part]) use(piece_.substr(part, ends_[part] - part));
  }

 private:
  using Candidate = std::uint64_t;  // rank, then part: the least is the leftmost pair of the lowest rank
  using Queue = std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>>;

  Candidate candidate(std::uint32_t part) const { return std::uint64_t{ranks_[part]} << 32 | part; }

  // The rank of a part joined with the next, which must exist.
  Rank rank_of_pair(std::uint32_t part) const {
    return vocabulary_.find(piece_.substr(part, ends_[ends_[part]] - part));
  }

  void renew(std::uint32_t part) {
    ranks_[part] = ends_[part] < piece_.size() ? rank_of_pair(part) : no_rank;
    if (ranks_[part] != no_rank) queue_.push(candidate(part));
  }

  void merge(std::uint32_t part) {
    const std::uint32_t next = ends_[part];
    ends_[part] = ends_[next];
    ranks_[next] = no_rank;
    if (ends_[part] < piece_.size()) previous_[ends_[part]] = part;
    renew(part);
    if (part > 0) renew(previous_[part]);
  }

  const Vocabulary& vocabulary_;
  std::string_view piece_;
  std::vector<std::uint32_t> ends_, previous_;
  std::vector<Rank> ranks_;  // of the pair that begins with a part; no_rank where no part begins
  Queue queue_;
};

// Calls use(std::string_view) for each token of a piece that is not empty.
template <typename Use>
void each_token(const Vocabulary& vocabulary, std::string_view piece, Use use) {
  if (vocabulary.find(piece) != no_rank) return use(piece);
  if (piece.size() <= longest_scanned) {
    ScannedParts parts;
    parts.begin(vocabulary, piece);
    while (parts.merge_next(vocabulary)) continue;
    for (std::size_t i = 0; i < parts.size(); ++i) use(parts[i]);
    return;
  }
  QueuedParts parts(vocabulary, piece);
  parts.merge_all();
  parts.for_each(use);
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

// The second number of the slot with this key, 0: none. All four slots are compared without branches.
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

std::uint32_t count_piece(const Vocabulary& vocabulary, std::string_view piece) {
  std::uint32_t count = 0;
  if (!piece.empty()) each_token(vocabulary, piece, [&count](std::string_view) { ++count; });
  return count;
}

void count_pieces(const Vocabulary& vocabulary, Span<const std::string_view> pieces, std::uint32_t* counts) {
  assert(pieces.size <= most_together);
  std::array<ScannedParts, most_together> parts;
  std::array<std::uint8_t, most_together> merging;  // those that are not done
  std::size_t left = 0;
  for (std::size_t i = 0; i < pieces.size; ++i) {
    counts[i] = 1;
    if (vocabulary.find(pieces.data[i]) != no_rank) continue;
    parts[i].begin(vocabulary, pieces.data[i]);
    merging[left++] = static_cast<std::uint8_t>(i);
  }
  while (left > 0) {
    for (std::size_t turn = 0; turn < left;) {
      const std::size_t i = merging[turn];
      if (parts[i].merge_next(vocabulary)) {
        ++turn;
      } else {
        counts[i] = static_cast<std::uint32_t>(parts[i].size());
        merging[turn] = merging[--left];
      }
    }
  }
}

void encode_piece(const Vocabulary& vocabulary, std::string_view piece, std::vector<Rank>& out) {
  if (!piece.empty())
    each_token(vocabulary, piece, [&](std::string_view part) { out.push_back(vocabulary.find(part)); });
}

}  // namespace cascade::tokens
