// Whether the program or the script that a command starts is there.

#include "audit/commands.h"
#include "audit/lists.h"
#include "files/paths.h"
#include "text/ascii.h"

namespace cascade::audit {
namespace {

constexpr std::size_t longest_followed = 64u << 10;

bool is_shell_text(const std::string& path, const std::string& text) {
  const std::string_view first = std::string_view(text).substr(0, text.find('\n'));
  return (path.size() > 3 && path.ends_with(".sh")) ||
         (first.starts_with("#!") && first.find("sh") != std::string_view::npos);
}

// bash -ex SCRIPT, #!/bin/sh -e: an option with this letter is among the first words.
bool starts_with_e(const std::vector<std::string>& words, std::size_t end) {
  for (std::size_t i = 1; i < std::min(end, words.size()); ++i)
    if (words[i].size() > 1 && words[i][0] == '-' && words[i][1] != '-' && words[i].find('e') != std::string::npos)
      return true;
  return false;
}

// github.com/owner/module/part names code by where it is published.
bool begins_with_host(std::string_view path) {
  const std::string_view first = path.substr(0, path.find('/'));
  const std::size_t dot = first.rfind('.');
  return dot != std::string_view::npos && dot > 0 && dot + 1 < first.size() && letters::is_letter(first[dot + 1]);
}

// pip install requests, vcpkg install lz4, go install example.org/tool@latest: something by its name, not what this
// repository needs.
bool installs_others(const std::vector<std::string>& words, const std::vector<std::string>& known) {
  if (known.back() != "i" && known.back().find("inst") == std::string::npos) return false;  // npm i
  const auto operands = operands_of(words, 1);
  return std::ranges::any_of(operands, [&](const std::string& operand) {
    const bool is_published = operand.find('/') != std::string::npos && begins_with_host(operand);
    const bool is_path = operand.find_first_of("./$") != std::string::npos && operand.front() != '@' && !is_published;
    return !is_path && !has(known, operand);
  });
}

// node tools/check: check.js
std::string script_at(const Repository& repository, const std::string& path, bool is_interpreted) {
  if (!is_interpreted || repository.has(path)) return path;
  const auto found = repository.matching(files::parent(path), {std::string(files::file_name(path)) + ".*"});
  return found.empty() ? path : path_in(files::parent(path), found.front());
}

bool is_at_or_above(const Repository& repository, std::string_view folder, const std::vector<std::string>& names) {
  for (;; folder = files::parent(folder)) {
    if (!repository.matching(folder, names).empty()) return true;
    if (folder.empty()) return false;
  }
}

// Whether it lies in a folder that rows skip: build/arm64, web/dist/index.js.
bool is_built(Rows rows, const std::string& path) {
  const auto skipped = subjects_of(rows, any_ecosystem, "skip");
  for (std::string_view at = path; !at.empty(); at = files::parent(at))
    if (has(skipped, files::file_name(at))) return true;
  return false;
}

// What a build does besides its own: plugins that its file binds to it.
void add_bound(const Repository& repository, Rows rows, const std::vector<std::string>& words,
               const std::string& folder, std::set<std::string>& purposes) {
  for (const EcosystemRow* row : all_rows_of(rows, "bound")) {
    const auto clauses = clauses_of(row->value);
    if (begin_so(words, parts_of(clauses.front())) &&
        (declared_by(repository, folder, clauses.back()) || declared_by(repository, "", clauses.back())))
      purposes.insert(std::string(row->subject));
  }
}

}  // namespace

// ./run-tests.sh, bash run-tests.sh, python tools/check.py: the file must be there; shell text is followed.
bool Commands::judge_script(const std::vector<std::string>& words, const Frame& frame, Judged& into) const {
  const bool interpreted = has(lists::interpreters, files::file_name(words.front()));
  std::string script = words.front();
  std::size_t first = 1;
  if (interpreted) {
    while (first < words.size() && words[first].size() > 1 && words[first].front() == '-') {
      if (words[first] == "-c" || words[first] == "-e" || words[first] == "--test") return false;
      ++first;
    }
    if (first >= words.size()) return false;
    script = words[first];
    if (has(lists::interpreter_verbs, script)) return false;
  }
  const bool built = script.find("node_modules/") != std::string::npos ||
                     script.find("vendor/bin/") != std::string::npos || script.find(".venv/") != std::string::npos;
  if (built && interpreted) {  // php vendor/bin/phpstan: what is installed there is a program
    judge_words({words.begin() + static_cast<std::ptrdiff_t>(first), words.end()}, frame, into);
    return true;
  }
  if (built || (!interpreted && script.find('/') == std::string::npos) || !is_plain_path(script) ||
      files::is_absolute(script))
    return false;
  const std::string path = script_at(repository_, path_in(frame.folder, script), interpreted);
  Started one = begun(words, frame);
  one.tool = script;
  one.existence = Existence::there;
  for (const std::string& purpose : purposes_of_name(std::string(files::stem(path)))) one.purposes.insert(purpose);
  for (const EcosystemRow* row : all_rows_of(rows_, "script"))
    if (has(parts_of(row->value), path)) one.purposes.insert(std::string(row->subject));
  const std::vector<std::string> rest(words.begin() + static_cast<std::ptrdiff_t>(interpreted ? first : 0),
                                      words.end());
  for (const EcosystemRow* row : all_rows_of(rows_, "run"))
    if (begin_so(rest, parts_of(row->value))) one.purposes.insert(std::string(row->subject));
  add_bound(repository_, rows_, rest, frame.folder, one.purposes);
  if (!repository_.has_file(path)) {
    if (path.compare(0, 2, "..") == 0) return true;
    const bool made = is_made(path), may_be_built = made || repository_.is_on_disk(path) || is_built(rows_, path);
    if (!made) one.existence = may_be_built ? Existence::unknown : Existence::missing;
    if (!may_be_built) one.why = "there is no " + path;
    into.started.push_back(std::move(one));
    return true;
  }
  const std::string& text = repository_.text(path);
  if (is_shell_text(path, text) && text.size() <= longest_followed) {
    Frame inside = frame;
    ++inside.depth;
    inside.stops =
        starts_with_e(words, interpreted ? first : 1) || starts_with_e(parts_of(text.substr(0, text.find('\n'))), 3);
    for (const std::string& purpose : one.purposes) inside.purposes.insert(purpose);
    const bool complete = into.complete;
    judge_text(text, inside, into);
    into.complete = complete;  // a script that is not followed to its end is still there
    return true;
  }
  if (says_something(text)) into.started.push_back(std::move(one));
  return true;
}

// Whether a file that is not here is what a generator or a target makes: configure, ./Build, a program of a Makefile.
bool Commands::is_made(const std::string& path) const {
  const std::string folder(files::parent(path));
  std::string name(files::file_name(path));
  if (name.size() > 4 && name.ends_with(".exe")) name.resize(name.size() - 4);
  for (const EcosystemRow* row : all_rows_of(rows_, "made"))
    if (row->subject == name && !repository_.matching(folder, parts_of(row->value)).empty()) return true;
  const auto& here = task_files_in(folder);
  return std::ranges::any_of(
      here, [&](const TaskFile* file) { return file->find(name) != nullptr || file->find("./" + name) != nullptr; });
}

void Commands::note_program(const std::vector<std::string>& words, const Frame& frame, Judged& into) const {
  const std::string program(files::file_name(words.front()));
  Started one = begun(words, frame);
  one.tool = program;
  bool matched = false, is_for_others = false;
  for (const EcosystemRow* row : all_rows_of(rows_, "run"))
    if (begin_so(words, parts_of(row->value))) {
      if (!matched) one.purposes.clear();  // what it is weighs more than what the task is called
      matched = one.is_known = true;
      if ((row->subject != "setup" && row->subject != "build") || !installs_others(words, parts_of(row->value)))
        one.purposes.insert(std::string(row->subject));
      else
        is_for_others = true;
    }
  add_bound(repository_, rows_, words, frame.folder, one.purposes);
  std::vector<std::string> needed;
  for (const EcosystemRow* row : all_rows_of(rows_, "needs"))
    if (row->subject == program && !is_for_others)
      for (std::string& file : parts_of(row->value)) needed.push_back(std::move(file));
  if (!needed.empty()) {
    const std::string folder = sent_to(words, frame.folder);
    const bool anywhere = folder.empty() || !repository_.has_folder(folder);
    const bool there =
        is_at_or_above(repository_, folder, needed) || (anywhere && !repository_.matching("", needed, true).empty());
    one.existence = there ? Existence::there : Existence::missing;
    if (!there) one.why = program + " needs " + needed.front() + ", which is not here";
  } else if (matched) {
    one.existence = Existence::there;
  }
  for (std::size_t i = 1; i < words.size() && matched && one.existence == Existence::there; ++i) {
    const std::string& word = words[i];
    const bool is_path = word.find('/') != std::string::npos && word.front() != '-' && word.front() != '@' &&
                         is_plain_path(word) && !files::is_absolute(word) && word.find('=') == std::string::npos &&
                         !begins_with_host(word);
    if (!is_path || one.purposes.count("setup") + one.purposes.count("publish") + one.purposes.count("build") > 0)
      continue;
    const std::string path = path_in(frame.folder, word);
    if (is_built(rows_, path)) continue;
    if (repository_.has(path) || repository_.is_on_disk(path) || path.compare(0, 2, "..") == 0) continue;
    if (!repository_.matching(files::parent(path), {std::string(files::file_name(path)) + ".*"}).empty()) continue;
    one.existence = Existence::missing;
    one.why = "there is no " + path;
  }
  into.started.push_back(std::move(one));
}

}  // namespace cascade::audit
