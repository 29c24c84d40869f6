// Files of prompts with their answers (docs/formats/prompts-file.md).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cascade::route {

struct WrittenPrompt {
  std::string text;    // with its line breaks
  std::string answer;  // "kind:name"; empty: none
  std::string sort;    // of a prompt that needs nothing: the text after "none"
  std::uint32_t line = 0;
  bool kept_back = false;  // every third prompt of an answer: in a library's own file it only measures
};

struct WrittenPrompts {
  std::vector<WrittenPrompt> prompts;
  std::string writer, language = "en";
  std::vector<std::string> faults;  // "3: message"; faulty lines are left out
};

WrittenPrompts parse_prompts(std::string_view text);

}  // namespace cascade::route
