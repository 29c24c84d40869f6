// Files that a tool or a program of the line writes. A branch is a file, too: writing it moves the branch.
#include "client/names.h"
#include "files/glob.h"
#include "files/paths.h"
#include "guard/judge.h"
#include "guard/written_files.h"

namespace cascade::repository {
namespace {

constexpr std::uint64_t most_bytes = 4'096;  // of a file with one line
constexpr std::string_view heads = "refs/heads/";

std::string line_of(const files::Tree& tree, const std::string& path) {
  auto text = tree.read(path, most_bytes);
  if (!text) return {};
  while (!text->empty() && (text->back() == '\n' || text->back() == ' ')) text->pop_back();
  return *std::move(text);
}

// The branch that HEAD in this folder names; empty: none.
std::string branch_of_head(const files::Tree& tree, const std::string& git_dir) {
  constexpr std::string_view prefix = "ref: refs/heads/";
  const std::string line = line_of(tree, files::join(git_dir, "HEAD"));
  return line.compare(0, prefix.size(), prefix) == 0 ? line.substr(prefix.size()) : std::string();
}

}  // namespace

std::string work_tree_with(const std::string& branch, const std::string& common_dir, const std::string& own,
                           const files::Tree& tree) {
  const std::string main = files::file_name(common_dir) == ".git" ? std::string(files::parent(common_dir)) : "";
  if (!main.empty() && main != own && branch_of_head(tree, common_dir) == branch) return main;
  const auto linked = tree.list(files::join(common_dir, "worktrees"));
  if (!linked) return {};
  for (const files::Entry& entry : *linked) {
    const std::string folder = files::join(common_dir, "worktrees/" + entry.name);
    const std::string work_tree(files::parent(line_of(tree, files::join(folder, "gitdir"))));
    if (work_tree.empty() || work_tree == own || branch_of_head(tree, folder) != branch) continue;
    if (tree.stat(work_tree)) return work_tree;  // one that is gone holds nobody up
  }
  return {};
}

// git itself refuses to move a branch that another work tree has checked out, except by the verbs that are asked about
// here.
void Judge::leave_other_trees(const GitWords& git, const Words& words, const std::vector<std::string>& branches,
                              const Facts& facts) {
  const bool renames = git.verb == "branch" && words.has("-m -M --move -C");
  const bool fetches = git.verb == "fetch" && words.has("-u --update-head-ok");
  if (git.verb != "update-ref" && git.verb != "fast-import" && git.verb != "filter-branch" && !renames && !fetches)
    return;
  for (const std::string& branch : branches)
    if (!branch.empty()) leave_other_tree(branch, facts, "`" + shown(git.words) + "`");
}

void Judge::leave_other_tree(const std::string& branch, const Facts& facts, const std::string& deed) {
  const std::string other = work_tree_with(branch, facts.common_dir, facts.work_tree, tree_);
  if (other.empty()) return;
  for (const Expected& expected : expectations_)
    if (expected.work_tree == other) return;
  add(Decision::deny, deed + " would move the branch " + branch + ", which is checked out in " + other +
                          ": its files would no longer be those of its branch. Move a branch of your own, or let the "
                          "user merge it there. If it is intended, the user can run: cascade guard allow " +
                          shell_word(other));
}

// A file of a repository that says where a branch or HEAD is. True: judged.
bool Judge::reference_file(const std::string& real) {
  const std::size_t at = real.find("/.git/");
  if (at == std::string::npos) return false;
  const std::string name = real.substr(at + 6);
  const bool is_branch = name.compare(0, heads.size(), heads) == 0;
  const bool is_head = name == "HEAD" || files::matches_glob("worktrees/*/HEAD", name);
  if (!is_branch && !is_head && name != "packed-refs") return false;
  GitWords there;
  there.verb = "update-ref";
  there.place.directory = real.substr(0, at);
  if (name != "HEAD" && is_head) {
    const std::string list = real.substr(0, real.size() - 5);
    const std::string root(files::parent(line_of(tree_, files::join(list, "gitdir"))));
    if (!root.empty()) there.place.directory = root;
  }
  const auto facts = look(there);
  if (!facts) return false;
  const std::string deed = "writing " + real;
  bool is_own = false, is_expected = find(expectations_, *facts) != nullptr;
  for (const Expected& expected : expectations_) is_own = is_own || expected.common_dir == facts->common_dir;
  if (is_branch && is_own) {
    const std::string branch = name.substr(heads.size());
    Facts seen = *facts;
    if (const Expected* began = beginning(expectations_); began != nullptr && began->common_dir == facts->common_dir)
      seen.work_tree = began->work_tree;
    leave_other_tree(branch, seen, deed);
    Target target{*facts, beginning(expectations_), there.place};
    there.words = {Value{"write"}, Value{real}};
    protect(there, {branch}, target, false);
  } else if (!is_expected || (name == "packed-refs" && !is_own)) {
    add(Decision::deny, deed + " would move branches of " + describe(*facts, tree_));
  }
  return true;
}

// As an Edit of the same file is judged. What is only known when it runs, with its folder, is left alone: most of it is
// harmless, and the user would be asked without end.
void Judge::written_files(const shell::Call& call) {
  if (call.program == "ln") link_made(call);
  each_written_file(call, [&](const Value& word) {
    if (!word.printed.empty() && !call.directory.empty()) written_text(word, call.directory);
    if (word.text.empty() || word.text == "-" || word.text.compare(0, 5, "/dev/") == 0) return;
    if (call.directory.empty() && !files::is_absolute(word.text)) return;
    std::string path = word.text;
    if (!word.known) {  // of a name found in a folder, or of one behind it, the folder tells enough
      path.resize(path.rfind('/') + 1);
      if (path.size() < 2) return;
    }
    if (path == "~" || path.compare(0, 2, "~/") == 0) return;  // quoted: a name, not the home
    if (word.is_pattern) {
      const std::size_t sign = path.find_first_of("*?[");
      const std::size_t slash = path.rfind('/', sign);
      path = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    }
    for (const Made& made : made_)
      if (files::is_within(made.facts.work_tree, real_path_of(files::join(call.directory, path), tree_))) return;
    file(path, call.directory);
  });
}

void Judge::file(const std::string& path, const std::string& directory) {
  const std::string real = this->real(files::join(directory, path));
  if (is_free(real) || reference_file(real)) return;
  // A work tree's own folder belongs to it, not to what is around it.
  const bool is_root = tree_.stat(files::join(real, ".git")).has_value();
  const std::string root = is_root ? real : work_tree_root(std::string(files::parent(real)), tree_);
  if (covers(expectations_, real, root)) return;
  // The client's own plans and notes.
  const std::string client = real_path_of(settings_.client_folder, tree_);
  if (!settings_.client_folder.empty() &&
      (files::is_within(client + "/plans", real) || files::matches_glob(client + "/projects/*/memory/**", real)))
    return;
  const Expected* began = beginning(expectations_);
  add(Decision::ask, "the file " + real + (root.empty() ? " lies in no repository" : " lies in the work tree " + root) +
                         (began == nullptr ? std::string(", and it is not known where this session began")
                                           : ", and this session works in " + describe(*began)) +
                         ". If it is intended, the user can name the path in a prompt or run: cascade guard allow " +
                         shell_word(root.empty() ? std::string(files::parent(real)) : root));
}

}  // namespace cascade::repository
