// "... for the cart thanks a million you are great": whoever writes without full stops thanks in the same sentence.
// What follows at the end, and at the beginning what stands before the next mark, belongs to the thanks. The dictionary
// has put other languages' thanks into English.
#include "route/answer/thanks.h"

#include <algorithm>

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
  // "a thank you page" is none.
  bool thanks(std::size_t at) const {
    const PromptWord& word = words_[at];
    if (word.stem != thank_ || word.pasted || word.origin == Origin::part || !word.counts) return false;
    if (at == 0) return true;
    const PromptWord& before = words_[at - 1];
    return !letters::is_one_of_lower(prompt_.text.substr(before.offset, before.length),
                                     {"a", "the", "our", "your", "no", "say", "write"});
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

Prompt read_request(const Tables& tables, std::string_view text) {
  Prompt prompt = read_prompt(tables, text);
  Thanks(prompt).drop();
  return prompt;
}

}  // namespace cascade::route
