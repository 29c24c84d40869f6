// Files that a tool or a program of the line writes. A branch is a file, too: writing it moves the branch.
#include <algorithm>

#include "evidence/words.h"
#include "evidence/written_files.h"
#include "files/atomic_write.h"
#include "files/mapped_file.h"
#include "files/paths.h"
#include "files/process.h"
#include "files/run_program.h"
#include "git/words.h"
#include "guard/judge.h"
#include "hash/content_hash.h"
#include "text/ascii.h"
#include "text/lines.h"
#include "text/word_set.h"
#include "text/words.h"

// Which options of a program are written. No table knows every program, so the installed one is asked by its own help:
// confined, for a second at most, and once for each version of it. Programs of the session's own folders and of folders
// for temporary files are not asked: nobody may have agreed that they run.

namespace cascade::repository {
namespace {

constexpr std::uint32_t most_milliseconds = 1'000;
constexpr std::size_t most_help_bytes = 256 * 1024;

// What the program prints; empty: it cannot be confined here.
std::string help_of(const std::string& program, const std::string& subcommand) {
  if (!files::DiskTree().stat(std::string(files::sandbox_program))) return {};
  const auto filter = files::sealed_file(files::denied_calls(), false);
  if (!filter) return {};
  files::ProgramCall call;
  call.words = files::sandbox_words(std::string(files::sandbox_program));
  call.words.insert(call.words.end(), {"--seccomp", "3", "--chdir", "/", "--", program});
  if (!subcommand.empty()) call.words.push_back(subcommand);
  call.words.push_back("--help");
  call.environment = {
      "PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/nonexistent", "LC_ALL=C", "TERM=dumb", "PAGER=cat", "COLUMNS=160"};
  call.inherited = {filter->get()};
  call.only_these = true;
  call.milliseconds = most_milliseconds;
  call.max_bytes = most_help_bytes;
  const auto run = files::run_program(call);
  return run ? run->output + "\n" + run->errors : std::string();
}

// A word that may name a subcommand.
std::string subcommand_of(const shell::Call& call) {
  if (call.words.size() < 2 || !call.words[1].known) return {};
  const std::string& word = call.words[1].text;
  const bool is_plain = !word.empty() && word[0] != '-' &&
                        std::ranges::all_of(word, [](char c) { return letters::is_word(c) || c == '-'; });
  return is_plain ? word : std::string();
}

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

// The branches that packed-refs holds.
std::vector<std::string> packed_branches(const files::Tree& tree, const std::string& path) {
  std::vector<std::string> branches;
  const std::string text = tree.read(path, 16 << 20).value_or("");
  for (std::size_t at = text.find(heads); at != std::string::npos; at = text.find(heads, at + 1)) {
    const std::size_t from = at + heads.size();
    branches.push_back(text.substr(from, text.find('\n', from) - from));
  }
  return branches;
}

// Whether a path whose beginning is not known leads to a hook or a branch of a repository.
bool ends_in_repository(std::string_view sketch) {
  const std::size_t last = sketch.rfind("${_}");
  const std::string_view tail = sketch.substr(last == std::string_view::npos ? sketch.size() : last + 4);
  const std::string_view folder = files::parent(tail);
  return tail.find("/refs/heads/") != std::string_view::npos || tail.ends_with("/packed-refs") ||
         ((folder == "/hooks" || folder.ends_with(".git/hooks")) &&
          evidence::is_in(evidence::list::git_hooks, files::file_name(tail)));
}

// Whether a line of a settings file says where git pushes, what it runs or which file it writes. Of a part of a file
// the section is not known.
bool is_judged_setting(const std::string& section, const std::string& key) {
  if (letters::lists("url pushurl insteadof pushinsteadof worktree", key)) return true;
  return std::ranges::any_of(git_settings(), [&](const GitSetting& row) {
    const std::string_view last = row.name.substr(row.name.rfind('.') + 1);
    if (section.empty()) return last != "*" && last != row.name && letters::matches_wildcard(last, key);
    return letters::matches_wildcard(row.name, section + "." + key) ||
           letters::matches_wildcard(row.name, section + ".x." + key);
  });
}

}  // namespace

std::string options_by_help(const shell::Call& call, const HelpPlace& place, const files::Tree& tree) {
  if (place.kept_in.empty() || call.words.empty() || call.words.front().text.find('/') != std::string::npos) return {};
  const std::string program = real_path_of(files::program_on_path(tree, place.search_path, call.program), tree);
  const auto stamp = tree.stat(program);
  const bool is_here = std::ranges::any_of(
      place.not_below, [&](const std::string& folder) { return files::is_within(folder, program); });
  if (program.empty() || !stamp || is_here) return {};
  const std::string subcommand = subcommand_of(call);
  const std::string key =
      program + '\n' + subcommand + '\n' + std::to_string(stamp->modified_ns) + '\n' + std::to_string(stamp->size);
  const std::string kept = files::join(place.kept_in, hash::to_hex(hash::hash64(key)));
  if (auto known = tree.read(kept, most_help_bytes)) return *std::move(known);
  std::string written = evidence::written_options(help_of(program, ""));
  if (!subcommand.empty()) written += " " + evidence::written_options(help_of(program, subcommand));
  static_cast<void>(files::make_directories(place.kept_in));
  static_cast<void>(files::write_atomically(kept, written, 0600));
  return written;
}

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
                          ": its files would no longer be those of its branch.\nMove a branch of your own, or let the "
                          "user merge it there. If it is intended, the user can run: cascade guard allow " +
                          shell_word(other));
}

// A file of a repository that says where a branch or HEAD is, or what git does: its settings and hooks. `text`: what is
// written, if it is known. True: judged.
bool Judge::repository_file(const std::string& real, const std::string* text) {
  const std::size_t at = real.find("/.git/");
  if (at == std::string::npos) return false;
  const std::string name = real.substr(at + 6);
  const bool is_branch = name.starts_with(heads), is_packed = name == "packed-refs";
  const bool is_head = name == "HEAD" || files::matches_glob("worktrees/*/HEAD", name);
  const bool is_setting = name == "config" || name == "config.worktree" || name.starts_with("hooks/");
  if (!is_branch && !is_head && !is_packed && !is_setting) return false;
  GitWords there;
  there.verb = is_setting ? "config" : "update-ref";
  there.place.directory = real.substr(0, at);
  if (name != "HEAD" && is_head) {
    const std::string list = real.substr(0, real.size() - 5);
    const std::string root(files::parent(line_of(tree_, files::join(list, "gitdir"))));
    if (!root.empty()) there.place.directory = root;
  }
  const auto facts = look(there);
  if (!facts) return false;
  const Expected* owner = owner_of(expectations_, facts->common_dir);
  const bool is_expected = find(expectations_, *facts) != nullptr;
  if (owner != nullptr ? is_head && !is_expected : !is_expected) {
    add(Decision::deny, "writing " + real +
                            (is_setting ? " would change what git does in " : " would move branches of ") +
                            describe(*facts, tree_));
  } else if (is_setting) {
    setting_written(real, text);
  } else if (owner != nullptr && !is_head) {
    Facts seen = *facts;
    if (owner->source != Source::made) seen.work_tree = owner->work_tree;
    const std::vector<std::string> moved =
        is_branch ? std::vector{name.substr(heads.size())} : packed_branches(tree_, real);
    if (is_branch) leave_other_tree(moved.front(), seen, "writing " + real);
    there.words = {Value{"write"}, Value{real}};
    protect(there, moved, {*facts, owner, there.place}, false);
  }
  return true;
}

// Settings of the session's own repository: those that say where it pushes or what it runs are the user's to see.
void Judge::setting_written(const std::string& real, const std::string* text) {
  if (files::file_name(files::parent(real)) == "hooks") {
    if (text != nullptr && text->starts_with("#!")) suspect(*text, std::string(files::parent(real)));
    return;
  }
  const std::string before = "\n" + tree_.read(real, 1 << 20).value_or("") + "\n";
  std::string section;
  bool asks = text == nullptr || text->empty();
  for (const letters::Line row : letters::lines(asks ? std::string_view() : std::string_view(*text))) {
    if (asks) break;
    const std::string line(row);
    const std::string_view trimmed = letters::trim(line);
    if (trimmed.starts_with("[")) section = letters::to_lower(trimmed.substr(1, trimmed.find_first_of(" ].") - 1));
    const std::size_t sign = trimmed.find('=');
    if (sign == std::string_view::npos || before.find("\n" + line + "\n") != std::string::npos) continue;
    const std::string key = letters::to_lower(letters::trim(trimmed.substr(0, sign)));
    const bool runs = letters::trim(trimmed.substr(sign + 1)).starts_with("!");
    asks =
        runs || section == "alias" || section == "include" || section == "includeif" || is_judged_setting(section, key);
  }
  if (asks)
    add(Decision::ask, "this writes settings of git into " + real + ", which say where it pushes and what it runs");
}

// As an Edit of the same file is judged. What is only known when it runs, with its folder, is left alone: most of it is
// harmless, and the user would be asked without end.
void Judge::written_files(const shell::Call& call) {
  if (call.program == "mv" || call.program == "cp") tree_moved(call);
  evidence::each_written_file(
      call,
      [&](const Value& word) {
        if (!word.printed.empty() && !call.directory.empty()) written_text(word, call.directory);
        if (!word.known && ends_in_repository(word.sketch))
          add(Decision::ask, "`" + shown(call.words) +
                                 "` writes a hook or a branch of a repository that is not known before "
                                 "it runs");
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
        file(path, call.directory, word.printed.empty() ? nullptr : &word.printed);
      },
      [&](std::string_view option, const Value& value) { return says_help(call, option, value); });
  if (call.program == "ln") link_made(call);  // it leads elsewhere from then on
}

// mv A B, cp -r A B: a work tree that is the session's own stays so under its new name, and a copy is its own.
void Judge::tree_moved(const shell::Call& call) {
  const Words words = split(call.words, 1, "tS", "--target-directory --suffix");
  const bool copies = call.program == "cp";
  if (words.operands.size() != 2 || words.operand(0).empty() || words.operand(1).empty() || call.directory.empty() ||
      (copies && !words.has("-r -R -a --recursive --archive")))
    return;
  const std::string from = real_path_of(files::join(call.directory, words.operand(0)), tree_);
  std::string to = real_path_of(files::join(call.directory, words.operand(1)), tree_);
  const auto added =
      std::ranges::find_if(made_, [&](const Made& one) { return one.is_linked && one.facts.work_tree == from; });
  if (added != made_.end() && !copies) {  // by this line
    Made moved = *added;
    moved.facts.work_tree = to;
    return made_.push_back(std::move(moved));
  }
  if (git_dir_of(from, tree_).empty()) return;
  if (tree_.stat(to)) to = files::join(to, files::file_name(from));
  GitWords there;
  there.place.directory = from;
  auto facts = tree_.stat(to) ? std::nullopt : look(there);
  if (!facts || facts->work_tree != from) return;
  if (facts->git_dir != facts->common_dir) {  // a linked work tree, which a copy does not make
    if (!copies) link(*std::move(facts), to);
    return;
  }
  const Expected* expected = find(expectations_, *facts);
  if (!copies && (expected == nullptr || expected->source != Source::made)) return;
  file(to, call.directory);
  facts->git_dir = facts->common_dir = files::join(to, ".git");
  facts->work_tree = to;
  made_.push_back({*std::move(facts), nullptr, false});
}

// Whether the session may write it: it lies in a work tree of its own, or is one of the client's plans and notes.
// `root`: the work tree that it lies in.
bool Judge::is_own_file(const std::string& real, std::string& root) const {
  // A work tree's own folder belongs to it, not to what is around it.
  const bool is_root = tree_.stat(files::join(real, ".git")).has_value();
  root = is_root ? real : work_tree_root(std::string(files::parent(real)), tree_);
  if (covers(expectations_, real, root, tree_)) return true;
  const std::string client = real_path_of(settings_.client_folder, tree_);
  return !settings_.client_folder.empty() &&
         (files::is_within(client + "/plans", real) || files::matches_glob(client + "/projects/*/memory/**", real));
}

// A program is asked only where a path leads out, since most options name what is read.
bool Judge::says_help(const shell::Call& call, std::string_view option, const Value& value) const {
  if (!value.known || (call.directory.empty() && !files::is_absolute(value.text))) return false;
  std::string root;
  const std::string path = real(files::join(call.directory, value.text));
  return !is_free(path) && !is_own_file(path, root) &&
         letters::lists(options_by_help(call, settings_.help, tree_), option);
}

void Judge::file(const std::string& path, const std::string& directory, const std::string* text) {
  const std::string real = this->real(files::join(directory, path));
  std::string root;
  if (is_free(real) || repository_file(real, text) || is_own_file(real, root)) return;
  const Expected* began = beginning(expectations_);
  add(Decision::ask, "the file " + real + (root.empty() ? " lies in no repository" : " lies in the work tree " + root) +
                         (began == nullptr ? std::string(", and it is not known where this session began")
                                           : ", and this session works in " + describe(*began)) +
                         ".\nIf it is intended, the user can name the path in a prompt or run: cascade guard allow " +
                         shell_word(root.empty() ? std::string(files::parent(real)) : root));
}

}  // namespace cascade::repository
