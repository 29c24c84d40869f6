// Compares an evaluation with an earlier run.
#include "eval/evaluate.h"
#include "syntax/json.h"

#include <map>

namespace cascade::evaluation {
namespace {

constexpr std::size_t largest = std::size_t{64} << 20;
constexpr std::uint32_t most_nodes = 4'000'000;

Error not_a_run(const std::string& path) {
  return Error{ErrorCode::malformed, "this is not a run of cascade eval", path, "write one with --save FILE"};
}

}  // namespace

Result<std::vector<Earlier>> read_earlier(std::string_view json, const std::string& path) {
  const syntax::Parsed parsed = syntax::parse_json(json, {largest, 32, most_nodes, 0});
  const syntax::Node* id = parsed.root.find("schema");
  const syntax::Node* prompts = parsed.root.find("prompts");
  if (!parsed.complete || id == nullptr || id->text != "cascade.eval/1" || prompts == nullptr ||
      prompts->kind != syntax::NodeKind::list)
    return not_a_run(path);
  std::vector<Earlier> earlier;
  for (const syntax::Node& prompt : prompts->items) {
    const syntax::Node* text = prompt.find("text");
    const syntax::Node* right = prompt.find("right");
    if (text == nullptr || right == nullptr) return not_a_run(path);
    earlier.push_back({text->text, right->text == "true"});
  }
  return earlier;
}

Changes compare(const Evaluation& now, const std::vector<Earlier>& before) {
  std::map<std::string_view, bool> was_right;
  for (const Earlier& prompt : before) was_right[prompt.text] = prompt.right;
  Changes changes;
  for (std::uint32_t i = 0; i < now.prompts.size(); ++i) {
    const auto then = was_right.find(now.prompts[i].text);
    if (then == was_right.end() || then->second == now.outcomes[i].right) continue;
    (then->second ? changes.worse : changes.better).push_back(i);
  }
  return changes;
}

}  // namespace cascade::evaluation
