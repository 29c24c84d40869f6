// Files of prompts with their answers (docs/formats/prompts-file.md).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cascade::route {

struct WrittenPrompt {
  std::string text;    // with its line breaks
  std::string answer;  // "kind:name"; empty: none
  std::string sort;    // of one that needs nothing: the word behind "none"
  std::uint32_t line = 0;
  bool kept_back = false;  // every third of an answer: beside manifests it measures, and teaches nothing
};

struct WrittenPrompts {
  std::vector<WrittenPrompt> prompts;
  std::string writer, language = "en";
  std::vector<std::string> faults;  // "3: what"; what is faulty is left out
};

WrittenPrompts parse_prompts(std::string_view text);

}  // namespace cascade::route
