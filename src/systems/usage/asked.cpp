#include "usage/asked.h"

#include <algorithm>
#include <map>
#include <set>

#include "hash/content_hash.h"
#include "syntax/json.h"

namespace cascade::usage {

std::string prompts_file(const Report& report) {
  std::vector<const AskedPrompt*> all;
  for (const AskedPrompt& prompt : report.prompts)
    if (!prompt.text.empty() && prompt.text[0] != '/') all.push_back(&prompt);
  std::stable_sort(all.begin(), all.end(), [](const auto* a, const auto* b) { return a->at < b->at; });
  // The same words may have had different uses: whatever was used once is a right answer.
  std::map<std::string, std::set<std::string>> used;
  for (const AskedPrompt* prompt : all) used[prompt->text].insert(prompt->used.begin(), prompt->used.end());
  std::string text;
  std::set<std::string> written;
  for (const AskedPrompt* prompt : all) {
    if (!written.insert(prompt->text).second) continue;
    syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
    json.begin_object().key("id").string(hash::to_hex(hash::hash64(prompt->text))).key("text").string(prompt->text);
    json.key("kind").string(!used[prompt->text].empty() ? "used"
                            : !prompt->brought.empty()  ? "load-ignored"
                                                        : "nothing-used");
    json.key("expect").array(used[prompt->text]);
    text += json.end_object().take() + "\n";
  }
  return text;
}

}  // namespace cascade::usage
