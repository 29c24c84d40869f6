#include "repository/git_program.h"

#include "syntax/json.h"

namespace cascade::repository {
namespace {

using syntax::Node;
using syntax::NodeKind;

constexpr int most_milliseconds = 5'000;

std::string text(const Node& answer, std::string_view key) {
  const Node* node = answer.find(key);
  return node != nullptr && node->kind == NodeKind::string ? node->text : std::string();
}

std::vector<std::string> texts(const Node& answer, std::string_view key) {
  std::vector<std::string> all;
  if (const Node* list = answer.find(key))
    for (const Node& item : list->items) all.push_back(item.text);
  return all;
}

Facts facts_of(const Node& answer) {
  Facts facts;
  facts.git_dir = text(answer, "git_dir");
  facts.common_dir = text(answer, "common_dir");
  facts.work_tree = text(answer, "work_tree");
  facts.branch = text(answer, "branch");
  facts.branches = texts(answer, "branches");
  if (const Node* config = answer.find("config"))
    for (const Node& entry : config->items)
      if (entry.items.size() == 2) facts.config.emplace_back(entry.items[0].text, entry.items[1].text);
  return facts;
}

}  // namespace

// An answer whose key "error" is "none" says that there is no repository; every other error is one.
Result<Node> GitProgram::ask(std::string_view what, const Place& place, const std::string& email) {
  if (!child_) {
    if (path_.empty())
      return Error{ErrorCode::not_found, "cascade-git is not there", "", "install the whole of Cascade, with libgit2"};
    auto started = files::ChildProcess::start({path_});
    if (!started) return started.error();
    child_ = *std::move(started);
  }
  syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
  json.begin_object().key("ask").string(what).key("directory").string(place.directory);
  json.key("git_dir").string(place.git_dir).key("work_tree").string(place.work_tree);
  if (!email.empty()) json.key("email").string(email);
  json.end_object();
  auto answer = child_->ask(json.take(), most_milliseconds);
  if (!answer) return answer.error();
  syntax::NodeLimits limits{std::size_t{4} << 20, 8, 200'000, 0};
  syntax::Parsed parsed = syntax::parse_json(*answer, limits);
  if (parsed.root.kind != NodeKind::map) return Error{ErrorCode::malformed, "cascade-git answers no JSON", path_, ""};
  const std::string error = text(parsed.root, "error");
  if (!error.empty() && error != "none")
    return Error{ErrorCode::unreadable, "the repository cannot be read: " + text(parsed.root, "message"),
                 place.directory,
                 error == "owner" ? "it belongs to another user; see safe.directory in git's manual" : ""};
  return std::move(parsed.root);
}

Result<std::optional<Facts>> GitProgram::look(const Place& place) {
  for (const auto& [known, facts] : looked_)
    if (known == place) return facts;
  const auto answer = ask("repository", place);
  if (!answer) return answer.error();
  std::optional<Facts> facts;
  if (answer->find("error") == nullptr) facts = facts_of(*answer);
  looked_.emplace_back(place, facts);
  return facts;
}

Result<bool> GitProgram::knows_author(const Place& place, const std::string& email) {
  const auto answer = ask("author", place, email);
  if (!answer) return answer.error();
  const Node* known = answer->find("known");
  return known != nullptr && known->text == "true";
}

Result<std::string> GitProgram::previous_branch(const Place& place) {
  const auto answer = ask("previous", place);
  if (!answer) return answer.error();
  return text(*answer, "branch");
}

Result<std::vector<std::string>> GitProgram::submodules(const Place& place) {
  const auto answer = ask("submodules", place);
  if (!answer) return answer.error();
  return texts(*answer, "submodules");
}

}  // namespace cascade::repository
