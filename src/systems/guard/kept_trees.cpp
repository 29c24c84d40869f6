// Refuses to delete a work tree whose changes are not committed: an agent's work exists nowhere else. A target of the
// program takes a work tree if it matches the tree or a folder above it; only then is git asked whether the tree has
// changes, since this starts a process. A word that is not known in full leads to a question, not a refusal.
#include <algorithm>
#include <array>

#include "events/judges.h"
#include "evidence/words.h"
#include "files/paths.h"
#include "git/expected.h"
#include "text/ascii.h"

namespace cascade::systems {
namespace {

using repository::Decision;
using shell::Value;

constexpr std::uint64_t most_bytes = 4'096;  // of the one line that names a repository's folder

bool is_linked(const std::string& folder, const files::Tree& tree) {
  const auto git = tree.stat(files::join(folder, ".git"));
  return git && !git->directory && !repository::common_dir_of(folder, tree).empty();
}

// The path up to the last slash before the first * ? or [.
std::string without_pattern(const std::string& path) {
  const std::size_t sign = path.find_first_of("*?[");
  return sign == std::string::npos ? path : path.substr(0, path.rfind('/', sign));
}

// Linked work trees are found through the repository that the call runs in or deletes from. A repository's main work
// tree is outside this guard's scope.
class KeptTrees final : public CallJudge {
 public:
  explicit KeptTrees(JudgedCall& call) : call_(call), policy_(call.policy), git_(call.git), tree_(call.tree) {}

  // rm -r, find -delete, git worktree remove --force, git clean -ff, mv, ...
  void see(const shell::Call& call, const repository::GitWords* git) override;
  // An MCP tool that deletes or moves the paths that it is given.
  Result<void> judge() override;

 private:
  struct Target {
    std::string path;         // absolute; for a word that is not fully known, the part before the unknown one
    bool is_pattern = false;  // * ? and [ act as wildcards
    bool is_known = true;
    std::string last{};  // if not fully known: the last part of the path, if at least that is known
  };
  bool is_off() const noexcept {
    return policy_.mode_of("leases") == policy::Mode::off && policy_.mode_of("repository") == policy::Mode::off;
  }
  std::vector<Target> targets_of(const shell::Call& call) const;
  std::vector<Target> targets_of_git(const repository::GitWords& git) const;
  Target target(const shell::Value& word, const std::string& directory) const;
  // The linked work trees of the repository around `path`, and those right below `path`, each once.
  std::vector<std::string> trees_at(const std::string& path) const;
  bool takes(const Target& target, const std::string& work_tree) const;
  void judge(const std::vector<Target>& targets, const std::string& directory);
  void judge(const Target& target, const std::string& work_tree);

  JudgedCall& call_;
  const policy::Policy& policy_;
  repository::GitProgram& git_;
  const files::Tree& tree_;
};

KeptTrees::Target KeptTrees::target(const Value& word, const std::string& directory) const {
  Target target;
  target.is_known = word.known;
  target.is_pattern = word.is_pattern;
  if (!word.known) {
    const std::size_t slash = word.sketch.rfind('/');
    const std::string last = slash == std::string::npos ? word.sketch : word.sketch.substr(slash + 1);
    if (last.find("${_}") == std::string::npos) target.last = last;
    return target;
  }
  if (directory.empty() && !files::is_absolute(word.text)) {
    target.is_known = false;
    target.last = files::file_name(word.text);
    return target;
  }
  const std::string path = files::join(directory, word.text);
  if (!word.is_pattern) {
    target.path = repository::real_path_of(path, tree_);
    return target;
  }
  const std::string base = without_pattern(path);
  target.path = repository::real_path_of(base, tree_) + path.substr(base.size());
  return target;
}

std::vector<KeptTrees::Target> KeptTrees::targets_of_git(const repository::GitWords& git) const {
  const repository::Words words = repository::words_of(git);
  const auto forced = std::ranges::count_if(
      words.options, [](const repository::Option& option) { return option.name == "-f" || option.name == "--force"; });
  std::vector<Target> targets;
  if (git.verb == "worktree" && forced > 0 && words.operands.size() > 1 && words.operand(0) == "remove") {
    const Value& named = words.operands[1];
    Target tree = target(named, git.place_known ? git.place.directory : std::string());
    // Git accepts the end of a path for the whole path if only one work tree ends with it.
    for (const std::string& known : trees_at(git.place.directory))
      if (named.known && known.ends_with("/" + named.text)) tree.path = known;
    targets.push_back(std::move(tree));
  } else if (git.verb == "clean" && git.place_known && forced > 1 && !words.has("-n --dry-run")) {
    // git clean -ff also deletes work trees below the folder.
    targets.push_back({repository::real_path_of(git.place.directory, tree_) + "/*", true, true, {}});
  }
  return targets;
}

// What a program removes or moves with all that is below it. A find by name picks single entries, not the work tree or
// its whole content.
std::vector<KeptTrees::Target> KeptTrees::targets_of(const shell::Call& call) const {
  if (call.words.empty()) return {};
  const auto has = [&](std::string_view option) {
    return std::ranges::any_of(call.words, [&](const Value& word) { return word.text == option; });
  };
  const repository::Words words = repository::split(call.words, 1, "tS", "--target-directory --suffix");
  std::vector<Value> removed;
  if (call.program == "mv" || evidence::is_in(evidence::list::trash, call.program) ||
      (call.program == "rm" && words.has("-r -R --recursive")))
    removed = words.operands;
  if (call.program == "mv" && !removed.empty() && !words.has("-t --target-directory")) removed.pop_back();
  const bool finds = call.program == "find" && has("-delete") && !has("-name") && !has("-iname");
  for (std::size_t i = 1; finds && i < call.words.size() && !is_known_option(call.words[i]); ++i)
    removed.push_back(call.words[i]);
  std::vector<Target> targets;
  for (const Value& word : removed) targets.push_back(target(word, call.directory));
  return targets;
}

std::vector<std::string> KeptTrees::trees_at(const std::string& path) const {
  std::vector<std::string> trees;
  const auto add = [&](const std::string& folder) {
    const std::string real = repository::real_path_of(folder, tree_);
    if (is_linked(real, tree_) && std::ranges::find(trees, real) == trees.end()) trees.push_back(real);
  };
  if (const std::string root = repository::work_tree_root(path, tree_); !root.empty()) {
    const std::string list = files::join(repository::common_dir_of(root, tree_), "worktrees");
    if (const auto names = tree_.list(list))
      for (const files::Entry& entry : *names) {
        const std::string folder = files::join(list, entry.name);
        if (const auto text = tree_.read(files::join(folder, "gitdir"), most_bytes))
          add(std::string(files::parent(files::join(folder, letters::trim(*text)))));
      }
  }
  if (const auto below = tree_.list(path))
    for (const files::Entry& entry : *below)
      if (entry.type == files::EntryType::directory) add(files::join(path, entry.name));
  return trees;
}

// Removing a folder above a work tree removes the tree as well.
bool KeptTrees::takes(const Target& target, const std::string& work_tree) const {
  for (std::string folder = work_tree; files::parent(folder) != folder; folder = std::string(files::parent(folder))) {
    if (!target.is_known && (target.last.empty() || target.last == files::file_name(folder))) return true;
    if (target.is_known && (target.path == folder || (target.is_pattern && files::matches_glob(target.path, folder))))
      return true;
  }
  return target.is_known && files::is_absolute(target.path) && files::parent(target.path) == target.path;
}

void KeptTrees::judge(const Target& target, const std::string& work_tree) {
  const policy::Mode mode = std::max(policy_.mode_of("leases"), policy_.mode_of("repository"));
  const auto changed = git_.has_changes(work_tree);
  if (changed && !*changed) return;
  const std::string way = ", which has changes that are not committed. Commit them on its branch first (git -C " +
                          repository::shell_word(work_tree) +
                          " add -A, then commit), or leave the work tree to the user";
  const std::string deed =
      target.is_known ? "this deletes or moves the work tree " : "this may delete or move the work tree ";
  call_.refuse(
      "leases", mode, changed && target.is_known ? Decision::deny : Decision::ask,
      deed + work_tree +
          (changed ? way : ", and nobody knows whether changes in it are committed: " + changed.error().message));
}

void KeptTrees::judge(const std::vector<Target>& targets, const std::string& directory) {
  std::vector<std::string> judged;
  for (const Target& target : targets) {
    std::vector<std::string> trees = trees_at(target.is_known ? without_pattern(target.path) : directory);
    if (target.is_known)
      for (std::string& tree : trees_at(directory)) trees.push_back(std::move(tree));
    for (const std::string& tree : trees) {
      if (!takes(target, tree) || std::ranges::find(judged, tree) != judged.end()) continue;
      judged.push_back(tree);
      judge(target, tree);
    }
  }
}

void KeptTrees::see(const shell::Call& call, const repository::GitWords* git) {
  if (is_off()) return;
  judge(git != nullptr ? targets_of_git(*git) : targets_of(call), call.directory);
}

Result<void> KeptTrees::judge() {
  const hook::EventInput& event = call_.event;
  constexpr std::array<std::string_view, 4> deeds = {"delete", "remove", "move", "trash"};
  const std::string_view tool = mcp_tool(event.tool_name);
  if (is_off() ||
      std::ranges::none_of(deeds, [&](std::string_view deed) { return tool.substr(0, deed.size()) == deed; }))
    return {};
  std::vector<Target> targets;
  for (const std::string& path : written_files(event)) {
    Value word;
    word.text = path;
    targets.push_back(target(word, event.working_directory));
  }
  judge(targets, event.working_directory);
  return {};
}

}  // namespace

Judge kept_trees(JudgedCall& call) { return std::make_unique<KeptTrees>(call); }

}  // namespace cascade::systems
