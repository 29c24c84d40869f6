#include "memory_set.h"

#include <algorithm>
#include <fstream>

#include "syntax/json.h"

namespace cascade::test {
namespace {

std::vector<syntax::Node> lines_of(const std::string& path) {
  std::vector<syntax::Node> lines;
  std::ifstream in(path);
  const std::string sign = "\xC2\xA6";  // breaks made-up keys, so that no scanner takes them for real ones
  for (std::string line; std::getline(in, line);) {
    for (std::size_t at = line.find(sign); at != std::string::npos; at = line.find(sign)) line.erase(at, sign.size());
    lines.push_back(syntax::parse_json(line).root);
  }
  return lines;
}

std::string text(const syntax::Node& object, const char* key) {
  const syntax::Node* const value = object.find(key);
  return value == nullptr || value->kind == syntax::NodeKind::null ? std::string() : value->text;
}

std::set<std::string> texts(const syntax::Node& object, const char* key) {
  std::set<std::string> all;
  if (const syntax::Node* const list = object.find(key))
    for (const syntax::Node& item : list->items) all.insert(item.text);
  return all;
}

}  // namespace

std::optional<MemorySet> read_memory_set(const std::string& folder) {
  const std::vector<syntax::Node> facts = lines_of(folder + "/facts.jsonl");
  if (facts.empty()) return std::nullopt;
  MemorySet set;
  std::set<std::string> gone;
  for (const syntax::Node& line : facts) gone.insert(text(line, "supersedes"));
  for (const syntax::Node& line : facts) {
    recall::Fact fact;
    fact.id = text(line, "id");
    if (gone.count(fact.id) != 0) continue;
    fact.scope = recall::parse_scope(text(line, "scope")).value_or(recall::Scope::project);
    fact.owner = text(line, "owner");
    fact.subject = text(line, "subject");
    fact.text = text(line, "text");
    fact.kind = text(line, "kind");
    fact.source = text(line, "source");
    fact.learned = recall::begin_of_day(text(line, "learned")).value_or(0);
    fact.valid_until = recall::end_of_day(text(line, "valid_until")).value_or(0);
    set.live.push_back(std::move(fact));
  }
  for (const syntax::Node& line : lines_of(folder + "/questions.jsonl"))
    set.questions.push_back({text(line, "project"), text(line, "prompt"), texts(line, "expect"), texts(line, "not")});
  return set;
}

std::optional<MemorySet> read_memory_pairs(const std::string& path) {
  constexpr std::size_t mark = 2;  // bytes
  const std::string project = "p";
  MemorySet set;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    const std::string kind = line.substr(0, mark), rest = line.substr(std::min(mark, line.size()));
    const std::size_t bar = rest.find(" | ");
    if (kind == "F " && bar != std::string::npos) {
      recall::Fact fact;
      fact.id = "f" + std::to_string(set.live.size() + 1);
      fact.owner = project;
      fact.subject = rest.substr(0, bar);
      fact.text = rest.substr(bar + 3);
      set.live.push_back(std::move(fact));
    } else if (kind == "Q " && !set.live.empty()) {
      set.questions.push_back({project, rest, {set.live.back().id}, {}});
    } else if (kind == "S ") {
      set.questions.push_back({project, rest, {}, {}});
    } else if (kind != "# " && !line.empty()) {
      return std::nullopt;
    }
  }
  if (set.live.empty()) return std::nullopt;
  return set;
}

}  // namespace cascade::test
