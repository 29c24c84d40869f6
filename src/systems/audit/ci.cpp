#include "audit/subject.h"

#include "files/paths.h"
#include "syntax/json.h"
#include "text/ascii.h"

namespace cascade::audit {
namespace {

using syntax::Node, syntax::NodeKind;

// What holds for the steps below a node.
struct Around {
  std::string folder;
  bool enforced = true;
};

// "true", "${{ true }}"
bool is_constant(const Node* node, std::string_view constant) {
  if (node == nullptr) return false;
  std::string_view text = letters::trim(node->text);
  if (text.starts_with("${{") && text.ends_with("}}")) text = letters::trim(text.substr(3, text.size() - 5));
  return letters::to_lower(text) == constant;
}

class StepReader {
 public:
  StepReader(CiFile& file, Rows rows, const std::vector<std::string>& keys, const Commands& commands)
      : file_(file), rows_(rows), keys_(keys), commands_(commands) {}

  void read(const Node& node, Around around, std::size_t depth) {
    if (depth > 12 || file_.steps.size() > 500) return;
    if (node.kind == NodeKind::list)
      for (const Node& item : node.items) read(item, around, depth + 1);
    if (node.kind != NodeKind::map) return;
    if (is_constant(node.find("if"), "false") || is_constant(node.find("when"), "false")) return;
    for (const char* key : {"continue-on-error", "allow_failure"})
      if (is_constant(node.find(key), "true")) around.enforced = false;
    if (const Node* folder = node.find("working-directory")) around.folder = files::normalise(folder->text);
    if (const Node* defaults = node.find("defaults"))
      if (const Node* run = at_path(*defaults, "run.working-directory")) around.folder = files::normalise(run->text);
    if (around.folder == ".") around.folder.clear();
    for (std::size_t i = 0; i < node.size(); ++i) {
      const std::string& key = node.key(i).text;
      const Node& value = node.value(i);
      if (key == "uses" && value.kind == NodeKind::string)
        note_action(value, node.find("with"), around);
      else if (is_key(key) && value.kind != NodeKind::map)
        note(value, around);
      else if (key != "on" && key != "env" && key != "with")
        read(value, around, depth + 1);
    }
  }

  // A file without structure: sh 'make test', sh """...""".
  void read_text(std::string_view text) {
    for (const std::string& key : keys_)
      for (std::size_t at = text.find(key); at != std::string_view::npos; at = text.find(key, at + 1)) {
        std::size_t from = at + key.size();
        if (at > 0 && letters::is_word(text[at - 1])) continue;
        const std::size_t begin = text.rfind('\n', at) + 1;
        const std::string_view before = letters::trim(text.substr(begin, at - begin));
        if (before.starts_with("//") || before.starts_with("/*") || before.starts_with("*")) continue;
        while (from < text.size() && (letters::is_blank(text[from]) || text[from] == '(')) ++from;
        if (from == at + key.size() || from >= text.size() || (text[from] != '\'' && text[from] != '"')) continue;
        const bool is_long = text.size() > from + 2 && text[from + 1] == text[from] && text[from + 2] == text[from];
        const std::string_view quote = text.substr(from, is_long ? 3 : 1);
        const std::size_t end = text.find(quote, from + quote.size());
        if (end == std::string_view::npos) continue;
        add(std::string(text.substr(from + quote.size(), end - from - quote.size())), line_at(text, from), {});
      }
  }

  void add(const std::string& line, std::uint32_t at, const Around& around) {
    file_.steps.push_back(
        {{file_.path, at}, line, around.folder, commands_.judge(line, around.folder), around.enforced, false});
  }

 private:
  bool is_key(std::string_view key) const {
    return std::ranges::any_of(keys_, [&](const std::string& pattern) { return files::matches_glob(pattern, key); });
  }

  // The items of a list may name the shell or the step: `- ps: nmake`, `- build: make`.
  void note(const Node& value, const Around& around) {
    if (value.kind == NodeKind::list) {
      for (const Node& item : value.items) note(item, around);
      return;
    }
    for (std::size_t i = 0; value.kind == NodeKind::map && i < value.size(); ++i)
      if (value.value(i).kind == NodeKind::string) note(value.value(i), around);
    if (value.text.empty()) return;
    add(value.text, value.at.line, around);
  }
  void note_action(const Node& value, const Node* with, const Around& around) {
    const std::string line = "uses:" + value.text;
    for (const EcosystemRow* row : rows_of(rows_, any_ecosystem, "action")) {
      if (with == nullptr || line.substr(0, line.find('@')) != row->subject) continue;
      const auto clauses = clauses_of(row->value);
      std::string command(clauses.front() == "-" ? std::string_view() : clauses.front());
      for (const std::string& key : parts_of(clauses.back()))
        if (const std::string text = syntax::text_of(*with, key); !text.empty())
          command += (command.empty() ? "" : " ") + text;
      add(command, value.at.line, around);
    }
    file_.steps.push_back(
        {{file_.path, value.at.line}, line, around.folder, commands_.judge_action(line), around.enforced, true});
  }

  CiFile& file_;
  Rows rows_;
  const std::vector<std::string>& keys_;
  const Commands& commands_;
};

bool names_event(const Node& on, std::string_view event) {
  if (on.text == event) return true;
  if (on.kind == NodeKind::list)
    return std::ranges::any_of(on.items, [&](const Node& item) { return item.text == event; });
  return on.find(event) != nullptr;
}

// "on pull_request merge_group": when the file says one of these; "-": always.
void read_events(const Node& root, std::string_view when, CiFile& file) {
  const auto words = parts_of(when);
  if (words.empty() || words.front() == "-") {
    file.on_requests = file.on_tags = true;
    return;
  }
  const Node* on = root.find(words.front());
  if (on == nullptr) return;
  for (std::size_t i = 1; i < words.size(); ++i) file.on_requests = file.on_requests || names_event(*on, words[i]);
  const Node* push = on->find("push");
  file.on_tags = names_event(*on, "release") || (push != nullptr && push->find("tags") != nullptr);
  file.on_call = names_event(*on, "workflow_dispatch") || names_event(*on, "workflow_call");
}

// What the service runs by itself for a language, where the file says nothing else.
void add_implied(Rows rows, const Node& root, StepReader& reader, const CiFile& file) {
  const Node* language = root.find("language");
  if (language == nullptr || root.find("script") != nullptr) return;
  for (const EcosystemRow* row : rows_of(rows, any_ecosystem, "implied")) {
    const auto parts = parts_of(row->subject);
    if (parts.size() == 2 && parts[0] == file.path && parts[1] == language->text)
      reader.add(std::string(row->value), language->at.line, {});
  }
}

}  // namespace

std::vector<CiFile> read_ci(const Repository& repository, Rows rows, const Commands& commands) {
  std::vector<CiFile> found;
  for (const EcosystemRow* row : rows_of(rows, any_ecosystem, "ci")) {
    const auto clauses = clauses_of(row->value);
    const auto keys = parts_of(clauses.front());
    for (const std::string& path : repository.matching("", {std::string(row->subject)})) {
      const syntax::Node* root = structure_of(repository, path);
      CiFile file{path, false, false, false, root && root->find("permissions") != nullptr, {}};
      StepReader reader(file, rows, keys, commands);
      if (root && root->kind == NodeKind::map) {
        read_events(*root, clauses.size() > 1 ? clauses[1] : "-", file);
        reader.read(*root, {}, 0);
        add_implied(rows, *root, reader, file);
      } else if (clauses.size() > 2 && clauses[2] == "text") {
        file.on_requests = file.on_tags = true;
        reader.read_text(repository.text(path));
        if (file.steps.empty()) continue;
      } else if (repository.unread().count(path) == 0) {
        continue;
      }
      found.push_back(std::move(file));
    }
  }
  return found;
}

Result<std::vector<CiOutcome>> read_ci_outcomes(std::string_view json, const std::string& path) {
  const syntax::NodeLimits limits{.bytes = 16u << 20, .depth = 8, .nodes = 400'000};
  const syntax::Parsed parsed = syntax::parse_json(json, limits);
  if (!parsed.complete || parsed.root.kind != NodeKind::list)
    return Error{ErrorCode::malformed, "this is no list of runs", path,
                 "as `gh run list --limit 200 --json headSha,conclusion,workflowName` prints it"};
  std::vector<CiOutcome> outcomes;
  for (const Node& run : parsed.root.items) {
    const std::string conclusion = syntax::text_of(run, "conclusion"), commit = syntax::text_of(run, "headSha");
    if (commit.empty() || conclusion.empty() || conclusion == "skipped" || conclusion == "cancelled") continue;
    outcomes.push_back({commit, syntax::text_of(run, "workflowName"), conclusion == "success"});
  }
  return outcomes;
}

}  // namespace cascade::audit
