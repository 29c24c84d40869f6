// Encodes pieces with one of two methods. Up to 128 bytes: keep the ranks of all adjacent pairs in an array, scan it
// for the lowest, merge, repeat; quadratic, but a scan of so few numbers is faster than a heap and needs no allocation.
// Above: a heap of candidate pairs with lazy deletion, O(n log n). Both merge the leftmost of equal ranks first, which
// the encoding requires.
//
// Each merge needs the ranks of two new pairs, and the table is too large to stay in the cache. So several pieces merge
// in turns: a turn asks memory for what the same piece's next turn will read.
#include "tokens/byte_pair.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>
#include <functional>
#include <queue>

namespace cascade::tokens {
namespace {

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
  // Parts i and i + 1 joined.
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

  // Of the two pairs that the last merge made.
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

ScannedParts merged_parts(const Vocabulary& vocabulary, std::string_view piece) {
  ScannedParts parts;
  parts.begin(vocabulary, piece);
  while (parts.merge_next(vocabulary)) continue;
  return parts;
}

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

}  // namespace

std::uint32_t count_piece(const Vocabulary& vocabulary, std::string_view piece) {
  if (piece.empty()) return 0;
  if (vocabulary.find(piece) != no_rank) return 1;
  if (piece.size() <= longest_scanned) return static_cast<std::uint32_t>(merged_parts(vocabulary, piece).size());
  QueuedParts parts(vocabulary, piece);
  parts.merge_all();
  std::uint32_t count = 0;
  parts.for_each([&count](std::string_view) { ++count; });
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
  const auto append = [&](std::string_view part) { out.push_back(vocabulary.find(part)); };
  if (piece.empty()) return;
  if (vocabulary.find(piece) != no_rank) return append(piece);
  if (piece.size() <= longest_scanned) {
    const auto parts = merged_parts(vocabulary, piece);
    for (std::size_t i = 0; i < parts.size(); ++i) append(parts[i]);
    return;
  }
  QueuedParts parts(vocabulary, piece);
  parts.merge_all();
  parts.for_each(append);
}

}  // namespace cascade::tokens
