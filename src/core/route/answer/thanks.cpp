// "... for the cart thanks a million you are great": whoever writes without full stops thanks in the same sentence.
// What follows at the end, and at the beginning what stands before the next mark, belongs to the thanks. The dictionary
// has put other languages' thanks into English.
#include "route/answer/thanks.h"

#include <algorithm>
#include <span>

#include "route/answer/thanks_words.h"
#include "route/vocabulary.h"
#include "text/one_of.h"

namespace cascade::route {
namespace {

constexpr std::size_t longest = 9, fewest_besides = 3;  // words

class Thanks {
 public:
  explicit Thanks(Prompt& prompt) : prompt_(prompt), words_(prompt.words) {}

  void drop() {
    for (std::size_t at = 0; at < words_.size(); ++at) {
      if (!thanks(at)) continue;
      if (words_.size() - at <= longest && says_enough(0, at)) return take_out(at, words_.size());
      const std::size_t end = next_mark(at);
      if (at < fewest_besides && end < longest && says_enough(end, words_.size())) {
        take_out(0, end);
        at = 0;
      }
    }
  }

 private:
  std::string_view text_of(std::size_t at) const {
    return at < words_.size() ? prompt_.text.substr(words_[at].offset, words_[at].length) : std::string_view();
  }
  bool is_in(std::size_t at, std::span<const std::string_view> list) const {
    return letters::is_one_of_lower(text_of(at), list);
  }

  // "a thank you page", "thank our donors" and "broken thanks to the update" are none.
  bool thanks(std::size_t at) const {
    const PromptWord& word = words_[at];
    if (word.stem != thank_ || word.pasted || word.origin == Origin::part || !word.counts) return false;
    if (at != 0 && is_in(at - 1, thanks_words::before)) return false;
    if (letters::equals_lower(text_of(at), "thank")) return is_in(at + 1, thanks_words::asked);
    if (letters::equals_lower(text_of(at + 1), "to")) return is_in(at + 2, thanks_words::persons);
    return !is_in(at + 1, thanks_words::whom);
  }

  bool says_enough(std::size_t begin, std::size_t end) const {
    const auto content = [](const PromptWord& word) {
      return word.counts && !word.pasted && !word.foreign && word.word_class != WordClass::function;
    };
    return static_cast<std::size_t>(std::count_if(words_.begin() + static_cast<std::ptrdiff_t>(begin),
                                                  words_.begin() + static_cast<std::ptrdiff_t>(end), content)) >=
           fewest_besides;
  }

  std::size_t next_mark(std::size_t at) const {
    std::size_t end = at + 1;
    while (end < words_.size() && words_[end].before < Break::clause) ++end;
    return end;
  }

  void take_out(std::size_t begin, std::size_t end) {
    words_.erase(words_.begin() + static_cast<std::ptrdiff_t>(begin),
                 words_.begin() + static_cast<std::ptrdiff_t>(end));
  }

  Prompt& prompt_;
  std::vector<PromptWord>& words_;
  const std::uint32_t thank_ = hash_of("thank");
};

}  // namespace

Prompt read_request(const Tables& tables, std::string_view text, bool english) {
  Prompt prompt = read_prompt(tables, text, english);
  Thanks(prompt).drop();
  return prompt;
}

}  // namespace cascade::route
