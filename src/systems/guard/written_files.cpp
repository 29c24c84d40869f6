// A row says which words of a program are files that it writes. Reading only the words is crude, since a program may do
// anything, and enough for what people write in a line.
#include "guard/written_files.h"

#include <algorithm>

#include "client/names.h"
#include "files/paths.h"
#include "git/words.h"
#include "guard/judge.h"
#include "guard/judge_code.h"
#include "text/ascii.h"
#include "text/names.h"
#include "text/word_set.h"
#include "text/words.h"

namespace cascade::repository {
namespace {

const WritingProgram* row_of(std::string_view program) {
  return letters::find_row(writing_programs(), &WritingProgram::program, program);
}

Value plain(std::string text) {
  Value value;
  value.text = std::move(text);
  return value;
}

// "x" of tar, in any of its spellings: tar xf, tar -xf, tar --extract.
bool extracts(const shell::Call& call, const Words& words) {
  if (words.has("-x --extract --get")) return true;
  if (call.words.size() < 2) return false;
  const std::string& first = call.words[1].text;
  return !first.empty() && first[0] != '-' && first.find('x') != std::string::npos &&
         first.find_first_of("./") == std::string::npos;
}

// Only the value of an option is written, or the folder that the program runs in.
void each_output(const shell::Call& call, const WritingProgram& row, const Words& words,
                 const std::function<void(const Value&)>& see) {
  if (row.in_place != "*" && words.has(row.unless)) return;
  bool any = false;
  for (const Option& option : words.options)
    if (letters::lists(row.outputs, option.name) && option.value) {
      any = true;
      see(*option.value);
    }
  if (call.program == "7z" || call.program == "7za") {  // 7z x -oFOLDER
    const bool unpacks = words.operand(0) == "x" || words.operand(0) == "e";
    const auto into = std::find_if(call.words.begin(), call.words.end(),
                                   [](const Value& word) { return word.text.starts_with("-o"); });
    if (unpacks) see(plain(into == call.words.end() ? "." : into->text.substr(2)));
  } else if (call.program == "tar" || call.program == "bsdtar") {
    if (!extracts(call, words)) return;
    if (!any) see(plain("."));
  } else if (call.program == "patch") {
    const bool names_file = !words.operands.empty() && !any;
    if (names_file) see(words.operands.front());
    if (!names_file && !any) see(plain("."));
  } else if (!any && !row.in_place.empty()) {
    if (row.in_place == "*" ? !words.has(row.unless) : words.has(row.in_place)) see(plain("."));
  }
}

// Where copies land: in the folder of -t, in the last operand, or below that if it is a folder.
void each_copy(const shell::Call& call, const WritingProgram& row, const Words& words,
               const std::function<void(const Value&)>& see) {
  if (row.program == "install" && words.has("-d --directory")) {
    for (const Value& operand : words.operands) see(operand);
    return;
  }
  if (const Value* into = words.value("-t --target-directory")) return see(*into);
  const bool is_remote = call.program == "rsync" || call.program == "scp";
  if (words.operands.size() < 2) return;
  const Value& into = words.operands.back();
  const std::size_t colon = into.text.find(':');
  if (is_remote && colon != std::string::npos && into.text.find('/') > colon) return;
  see(into);
}

// `sed 's/a/b/w FILE'`, `w FILE` of an editor; print > "FILE" of awk. What only looks like it, such as a comparison,
// names as a rule nothing outside.
void each_named_inside(std::string_view kind, std::string_view script, const std::function<void(const Value&)>& see) {
  constexpr std::string_view blanks = " \t";
  for (std::size_t at = script.find(kind); at != std::string_view::npos; at = script.find(kind, at + 1)) {
    if (kind == ">") {
      const std::size_t open = script.find_first_not_of("> \t", at);
      if (open == std::string_view::npos || script[open] != '"') continue;
      see(plain(std::string(script.substr(open + 1, script.find('"', open + 1) - open - 1))));
      at = open;
    } else {
      const bool is_word = at > 0 && letters::is_letter(script[at - 1]) &&
                           std::string_view("gpIMem").find(script[at - 1]) == std::string_view::npos;
      std::size_t from = at + 1;
      if (from < script.size() && script[from] == 'q') ++from;
      const std::size_t name = script.find_first_not_of(blanks, from);
      if (is_word || name == std::string_view::npos || name == from || script[name] == '\n') continue;
      see(plain(std::string(script.substr(name, script.find('\n', name) - name))));
    }
  }
}

void each_file_of_script(const shell::Call& call, const WritingProgram& row, const Words& words,
                         const std::function<void(const Value&)>& see) {
  if (row.inside.empty()) return;
  bool any = false;
  for (const Option& option : words.options)
    if (letters::lists(row.scripts, option.name) && option.value) {
      any = true;
      each_named_inside(row.inside, option.value->text, see);
    }
  if (!any && row.skipped > 0 && !words.operands.empty())
    each_named_inside(row.inside, words.operands.front().text, see);
  if (row.skipped == 0 && call.input) each_named_inside(row.inside, *call.input, see);  // an editor's commands
}

}  // namespace

Writes written_by_words(std::string_view program) noexcept {
  const WritingProgram* row = row_of(program);
  return row == nullptr ? Writes::no : row->writes;
}

bool edits_in_place(const shell::Call& call) {
  const WritingProgram* row = row_of(call.program);
  if (row == nullptr || row->writes != Writes::in_place) return false;
  if (row->in_place.empty()) return true;
  bool found = false;
  letters::each_word(row->in_place, [&](std::string_view option) {
    for (const Value& word : call.words) {
      const bool is_letter = option.size() == 2 && option[0] == '-';
      const bool clusters = is_letter && shell::is_known_option(word) && word.text[1] != '-' &&
                            word.text.find(option[1]) != std::string::npos;
      found = found || clusters || (!is_letter && word.text.starts_with(option));
    }
  });
  return found;
}

void each_written_file(const shell::Call& call, const std::function<void(const Value& path)>& see) {
  for (const Value& file : call.written) see(file);
  const WritingProgram* row = call.words.empty() ? nullptr : row_of(call.program);
  std::size_t first = 1;
  if (const std::size_t verb = call.words.size() > 2 && call.words[1].text == "-m" ? 2 : 1; verb < call.words.size()) {
    const bool is_module = verb == 2 && call.program.starts_with("python");
    const std::string name = (is_module ? "python -m" : call.program) + " " + call.words[verb].text;
    if (const WritingProgram* of_verb = row_of(name)) {
      row = of_verb;
      first = verb + 1;
    }
  }
  if (letters::lists("find fd fdfind", call.program)) {
    // What find deletes is below the folders that it is given; programs that it starts are reported by themselves.
    const bool deletes =
        std::any_of(call.words.begin(), call.words.end(), [](const Value& word) { return word.text == "-delete"; });
    for (std::size_t i = 1; deletes && i < call.words.size() && !shell::is_option(call.words[i]); ++i)
      see(call.words[i]);
    for (std::size_t i = 1; i + 1 < call.words.size(); ++i)
      if (letters::lists("-fprint -fprint0 -fprintf -fls", call.words[i].text)) see(call.words[i + 1]);
  }
  if (row == nullptr) return;
  const Words words = split(call.words, first, row->letters, row->names);
  if (words.has("--help --version")) return;
  if (row->program == "dd") {
    for (const Value& operand : words.operands)
      if (operand.text.starts_with("of=")) {
        Value file = operand;
        file.text.erase(0, 3);
        see(file);
      }
    return;
  }
  each_file_of_script(call, *row, words, see);
  switch (row->writes) {
    case Writes::first:
      if (!words.operands.empty()) see(words.operands.front());
      return;
    case Writes::output: return each_output(call, *row, words, see);
    case Writes::last: return each_copy(call, *row, words, see);
    case Writes::in_place:
      if (!edits_in_place(call)) return;
      break;
    default: break;
  }
  if (words.has(row->unless)) return;
  if (const Value* into = words.value("--target-directory")) see(*into);
  std::size_t skipped = words.has(row->scripts) ? 0 : row->skipped;
  for (const Value& operand : words.operands) {
    if (skipped > 0)
      --skipped;
    else if (!operand.text.starts_with("+"))  // a command for an editor
      see(operand);
  }
}

// Files that a tool or a program of the line writes. A branch is a file, too: writing it moves the branch.
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

// Whether a line of a settings file says where git pushes, what it runs or which file it writes. Of a part of a file
// the section is not known.
bool is_judged_setting(const std::string& section, const std::string& key) {
  if (letters::lists("url pushurl insteadof pushinsteadof worktree", key)) return true;
  return std::any_of(git_settings().begin(), git_settings().end(), [&](const GitSetting& row) {
    const std::string_view last = row.name.substr(row.name.rfind('.') + 1);
    if (section.empty()) return last != "*" && last != row.name && letters::matches_wildcard(last, key);
    return letters::matches_wildcard(row.name, section + "." + key) ||
           letters::matches_wildcard(row.name, section + ".x." + key);
  });
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
  for (std::size_t at = 0; !asks && at < text->size();) {
    const std::size_t end = std::min(text->find('\n', at), text->size());
    const std::string line = text->substr(at, end - at);
    at = end + 1;
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
  if (call.program == "ln") link_made(call);
  if (call.program == "mv" || call.program == "cp") tree_moved(call);
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
    file(path, call.directory, word.printed.empty() ? nullptr : &word.printed);
  });
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
  const auto added = std::find_if(made_.begin(), made_.end(),
                                  [&](const Made& one) { return one.is_linked && one.facts.work_tree == from; });
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

void Judge::file(const std::string& path, const std::string& directory, const std::string* text) {
  const std::string real = this->real(files::join(directory, path));
  if (is_free(real) || repository_file(real, text)) return;
  // A work tree's own folder belongs to it, not to what is around it.
  const bool is_root = tree_.stat(files::join(real, ".git")).has_value();
  const std::string root = is_root ? real : work_tree_root(std::string(files::parent(real)), tree_);
  if (covers(expectations_, real, root, tree_)) return;
  // The client's own plans and notes.
  const std::string client = real_path_of(settings_.client_folder, tree_);
  if (!settings_.client_folder.empty() &&
      (files::is_within(client + "/plans", real) || files::matches_glob(client + "/projects/*/memory/**", real)))
    return;
  const Expected* began = beginning(expectations_);
  add(Decision::ask, "the file " + real + (root.empty() ? " lies in no repository" : " lies in the work tree " + root) +
                         (began == nullptr ? std::string(", and it is not known where this session began")
                                           : ", and this session works in " + describe(*began)) +
                         ".\nIf it is intended, the user can name the path in a prompt or run: cascade guard allow " +
                         shell_word(root.empty() ? std::string(files::parent(real)) : root));
}

}  // namespace cascade::repository
