// Which words a long prompt has at all, so that not every manifest's name is looked for in it.
#pragma once

#include <string_view>
#include <vector>

namespace cascade::hook {

class WordsOfPrompt {
 public:
  // `text` in lower case; it must outlive this. Of a short text nothing is collected: a search costs less there.
  explicit WordsOfPrompt(std::string_view text);

  // False only if the name, in lower case, does not occur in the text between characters that are no letters or digits.
  bool may_hold(std::string_view name) const;

 private:
  bool is_long_;
  std::vector<std::string_view> words_;  // runs of ASCII letters and digits; sorted, each once
};

}  // namespace cascade::hook
