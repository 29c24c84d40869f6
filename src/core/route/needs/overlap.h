// The words that a message and a manifest have in common, and where they stand in the message.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "needs/task.h"
#include "route/answer/prompt.h"
#include "route/answer/score.h"
#include "route/needs/deed.h"
#include "route/vocabulary.h"
#include "text/word_set.h"

namespace cascade::route::deeds {

using needs::Words;

// The words of a message that a manifest has.
class Overlap {
 public:
  Overlap(const Scorer& scorer, const Text& text, const Prompt& prompt, const Deed& deed)
      : text_(text),
        deed_(deed),
        english_(text.language == "en" && deed.language == "en"),
        scorer_(scorer),
        prompt_(prompt),
        hits_(text.marks.size()),
        told_(text.marks.size()) {
    find_hits();
  }

  // Something is pasted of which the manifest has fewer than two words, or a fifth of its own.
  bool is_of_another_matter() const {
    static constexpr std::string_view of_code[] = {"code",    "branch", "diff", "review", "commit",   "pull",
                                                   "request", "bug",    "test", "class",  "function", "log"};
    std::vector<std::uint32_t> matter;
    for (const std::string& word : deed_.object)
      if (letters::is_one_of(word, of_code)) return false;
    for (const std::string& word : deed_.words)
      if (!has(deed_.acts, word, true) && !letters::is_one_of(word, of_code)) matter.push_back(hash_of(word));
    std::sort(matter.begin(), matter.end());
    matter.erase(std::unique(matter.begin(), matter.end()), matter.end());
    if (matter.empty()) return false;
    const auto met = std::count_if(matter.begin(), matter.end(), [&](std::uint32_t stem) {
      return std::any_of(prompt_.words.begin(), prompt_.words.end(),
                         [&](const PromptWord& word) { return word.stem == stem; });
    });
    return met < 2 || static_cast<std::size_t>(met) * 5 < matter.size();
  }

 protected:
  bool is_plain(std::size_t word) const { return !text_.marks[word].code && !text_.marks[word].quoted; }
  bool is_hit(std::size_t word) const { return hits_[word] && is_plain(word); }
  bool is_own(std::size_t word) const { return has(deed_.words, text_.stems[word], true); }
  // Whether the manifest's deeds are done to it; true where that is not known.
  bool is_worked_on(std::size_t word) const {
    return deed_.works.empty() || !english_ || has(deed_.works, text_.stems[word], true);
  }
  bool has_worked_on(Words words) const {
    for (std::size_t i = words.begin; i < words.end; ++i)
      if (is_hit(i) && is_worked_on(i)) return true;
    return false;
  }
  std::size_t hits_in(Words words) const {  // different ones
    std::vector<std::string_view> found;
    for (std::size_t i = words.begin; i < words.end; ++i)
      if (is_hit(i) && std::find(found.begin(), found.end(), text_.stems[i]) == found.end())
        found.push_back(text_.stems[i]);
    return found.size();
  }
  bool has_code_hit(Words words) const {
    for (std::size_t i = words.begin; i < words.end; ++i)
      if (hits_[i]) return true;
    return false;
  }

  std::size_t words_told() const {
    std::size_t count = 0;
    for (std::size_t i = 0; i < told_.size(); ++i) count += told_[i] && text_.is_content(i) ? 1 : 0;
    return count;
  }

  // Of the words that neither name nor description have, half at least stand in the body.
  bool is_told_by_body(Words words) const {
    std::size_t own = 0, met = 0;
    for (std::size_t i = words.begin; i < words.end; ++i) {
      if (!text_.is_content(i) || text_.marks[i].quoted || is_own(i) || hits_[i]) continue;
      if (text_.is(i, roles::light | roles::informs)) continue;
      ++own;
      met += told_[i] ? 1 : 0;
    }
    return met > 0 && met * 2 >= own;
  }

  // An artefact of code or text, in the singular as well, that is no word of the manifest.
  bool is_foreign_artefact(std::size_t word, Words within) const {
    if (!is_plain(word) || is_own(word) || hits_[word]) return false;
    return text_.message.row_at({word, within.end}, roles::artefact) || is_plural_artefact(word);
  }
  bool is_plural_artefact(std::size_t word) const {
    const std::string_view own = text_.message.text_of(word);
    for (const std::string_view ending : {"s", "n", "en", "e", "er"})
      if (own.size() > 3 + ending.size() && own.ends_with(ending) && (ending == "s" || text_.language == "de") &&
          needs::has_role(text_.language, own.substr(0, own.size() - ending.size()), roles::artefact))
        return true;
    return false;
  }
  bool has_foreign_artefact(Words words) const {
    for (std::size_t i = words.begin; i < words.end; ++i)
      if (is_foreign_artefact(i, words)) return true;
    return false;
  }

  const Text& text_;
  const Deed& deed_;
  const bool english_;

 private:
  // strong: name, triggers or description. A word of the message is met as it stands, or by what the router makes of
  // it: a translation, a repaired spelling, a part of an identifier.
  void find_hits() {
    for (std::size_t i = 0; i < hits_.size(); ++i)
      if (text_.is_content(i)) hits_[i] = has(deed_.words, text_.stems[i], english_);
    for (const PromptWord& word : prompt_.words) {
      if (word.term == none || word.number || word.length < 3 || word.word_class == WordClass::function) continue;
      const std::size_t at = word_at(word.offset);
      if (at >= hits_.size()) continue;
      const Posting* const posting = scorer_.posting_of(word.term, deed_.entry);
      if (posting == nullptr || are_other_words(word.form, static_cast<Form>(posting->form))) continue;
      if (scorer_.is_in_passing(word.term, *posting)) continue;
      constexpr std::uint32_t strong = 7;  // name, triggers, description
      if ((posting->mask() & strong) != 0) hits_[at] = hits_[at] || text_.is_content(at) || text_.marks[at].code;
      told_[at] = true;
    }
  }
  std::size_t word_at(std::uint32_t offset) const {
    std::size_t first = 0, count = text_.marks.size();
    while (count > 0) {
      const std::size_t half = count / 2;
      if (text_.message[first + half].end <= offset) {
        first += half + 1;
        count -= half + 1;
      } else {
        count = half;
      }
    }
    return first < text_.marks.size() && text_.message[first].begin <= offset ? first : text_.marks.size();
  }

  const Scorer& scorer_;
  const Prompt& prompt_;
  std::vector<bool> hits_, told_;
};

}  // namespace cascade::route::deeds
