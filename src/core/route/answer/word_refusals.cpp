#include "route/answer/word_refusals.h"

#include <algorithm>

#include "prompt/words.h"

namespace cascade::route {
namespace {

// Words of names behind a word that excludes, at most three.
class WordRefusals {
 public:
  WordRefusals(const Tables& tables, const Prompt& prompt) : tables_(tables), prompt_(prompt) {
    for (std::uint32_t i = 0; i < prompt.words.size(); ++i) {
      const PromptWord& word = prompt.words[i];
      if ((word.origin == Origin::written || word.origin == Origin::part) && !word.translated) words_.push_back(i);
    }
  }

  std::vector<std::uint32_t> find() {
    for (std::size_t at = 0; at < words_.size(); ++at) rule_out(at);
    std::sort(found_.begin(), found_.end());
    return std::move(found_);
  }

 private:
  const PromptWord& word(std::size_t at) const { return prompt_.words[words_[at]]; }
  prompt::Roles roles(std::size_t at) const {
    return at < words_.size() ? prompt::roles_of(prompt_.text.substr(word(at).offset, word(at).length)) : 0;
  }
  // "don't use": the reader parts "don't" in two.
  bool refuses_use(std::size_t at) const {
    if ((roles(at + 1) & prompt::roles::call) == 0) return false;
    prompt::Token token;
    prompt::TokenReader whole(prompt_.text, word(at).offset);
    return whole.next(token) && (token.roles & prompt::roles::refuse) != 0;
  }

  void rule_out(std::size_t at) {
    std::size_t next = at + 1;
    const prompt::Roles has = roles(at);
    if ((has & prompt::roles::versus) != 0) {
      if ((roles(next) & prompt::roles::of) == 0) return;
      ++next;
    } else if ((has & prompt::roles::excludes) == 0 && !refuses_use(at)) {
      return;
    }
    while (next < words_.size() && next < at + 4 &&
           (word(next).word_class == WordClass::function || (roles(next) & prompt::roles::call) != 0))
      ++next;
    for (std::size_t i = next; i < words_.size() && i < next + 3 && (i == next || word(i).before <= Break::mark); ++i)
      if (word(i).term != none && word(i).word_class == WordClass::special && is_name_word(word(i).term))
        found_.push_back(word(i).term);
  }

  bool is_name_word(std::uint32_t term) const {
    for (const Posting& posting : tables_.read(tables_.postings, tables_.terms[term].postings))
      if ((posting.mask() & 1) != 0) return true;
    return false;
  }

  const Tables& tables_;
  const Prompt& prompt_;
  std::vector<std::uint32_t> words_;
  std::vector<std::uint32_t> found_;
};

}  // namespace

std::vector<std::uint32_t> excluded_words(const Tables& tables, const Prompt& prompt) {
  return WordRefusals(tables, prompt).find();
}

}  // namespace cascade::route
