// Reads prompts with the manifests that should answer them (docs/formats/prompts.md, docs/formats/prompts-file.md).
#pragma once

#include <cascade/result.h>

#include <string_view>
#include <vector>

namespace cascade::evaluation {

struct Prompt {
  std::string id;  // as given, or else the line's number
  std::string text, kind;
  std::vector<std::string> expect;               // "kind:name", "name" or a title; empty: silence
  std::vector<std::vector<std::string>> groups;  // one list for each thing that the prompt asks for; may be empty
  std::uint32_t line = 0;
  bool kept_back = false;  // in a file of prompts, the third that teaches nothing
};

// Errors: malformed, with "path:line", at the first line that is not an object with a text; not_found: no prompts.
Result<std::vector<Prompt>> read_prompts(std::string_view text, const std::string& path);

}  // namespace cascade::evaluation

namespace cascade::route {

// Of a file of prompts (docs/formats/prompts-file.md).
struct WrittenPrompt {
  std::string text;    // with its line breaks
  std::string answer;  // "kind:name"; empty: none
  std::string sort;    // of a prompt that needs nothing: the text after "none"
  std::uint32_t line = 0;
  std::uint32_t heading = 0;  // the line that names the answer
  bool kept_back = false;     // every third prompt of an answer: in a library's own file it only measures
};

struct WrittenPrompts {
  std::vector<WrittenPrompt> prompts;
  std::string writer, language = "en";
  std::vector<std::string> faults;  // "3: message"; faulty lines are left out
};

WrittenPrompts parse_prompts(std::string_view text);

}  // namespace cascade::route
