// Five words in a row, by their hash. Sections keep all of theirs; of what was said in a conversation only those that a
// section could have are kept, because a log has millions of words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace cascade::syntax {
class JsonSlice;
}

namespace cascade::usage {

// A phrase's hash, and where it begins among the words of its text.
struct Phrase {
  std::uint64_t hash = 0;
  std::uint32_t at = 0;
};
constexpr std::size_t phrase_length = 5;

// Appends the phrases of a text, in its order, without those that anybody might say: three of the five words must be
// longer than three letters and no function words.
void add_phrases(std::string_view text, std::vector<Phrase>& phrases);

// The phrases that somebody looks for.
class PhraseSet {
 public:
  PhraseSet() = default;
  explicit PhraseSet(std::vector<std::uint64_t> hashes);  // in any order, any number of times

  bool has(std::uint64_t hash) const noexcept {
    if (hashes_.empty()) return false;
    const std::uint64_t place = hash >> shift_;
    return (marks_[place / 64] >> (place % 64) & 1U) != 0 && is_listed(hash);
  }
  bool empty() const noexcept { return hashes_.empty(); }

 private:
  bool is_listed(std::uint64_t hash) const noexcept;
  std::vector<std::uint64_t> hashes_;  // sorted
  std::vector<std::uint64_t> marks_;   // a bit for each value of a hash's upper bits: nearly all others end there
  std::uint32_t shift_ = 0;
};

// Appends those of the phrases of a text, or of a string as JSON writes it, that are in `wanted`, in their order.
void find_phrases(std::string_view text, const PhraseSet& wanted, std::vector<Phrase>& found);
void find_phrases(const syntax::JsonSlice& string, const PhraseSet& wanted, std::vector<Phrase>& found);

}  // namespace cascade::usage
