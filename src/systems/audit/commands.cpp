#include "audit/commands.h"

#include <utility>

#include "audit/lists.h"
#include "files/paths.h"
#include "shell/script.h"
#include "shell/trace.h"
#include "text/ascii.h"
#include "text/names.h"
#include "text/words.h"

namespace cascade::audit {
namespace {

constexpr std::size_t deepest = 6, most_started = 200, longest_text = 64u << 10, longest_whole = 2u << 10;

class Disk final : public shell::Surroundings {
 public:
  Disk(const Repository& repository, bool stops) : repository_(repository), stops_(stops) {}
  bool is_directory(const std::string& path) const override {
    return repository_.has_folder(files::relative_to(repository_.root(), path)) || path == repository_.root();
  }
  std::optional<std::string> top_level(const std::string&) const override { return repository_.root(); }
  std::optional<std::string> variable(std::string_view) const override { return std::nullopt; }
  bool enters_unknown() const override { return true; }  // builds make folders
  bool ends_on_failure() const override { return stops_; }

 private:
  const Repository& repository_;
  bool stops_;
};

// ${{ ... }} of a workflow is a value that is not known.
std::string without_expressions(std::string_view text) {
  std::string out;
  while (true) {
    const std::size_t at = text.find("${{");
    out += text.substr(0, at);
    if (at == std::string_view::npos) return out;
    const std::size_t end = text.find("}}", at);
    if (end == std::string_view::npos) return out;
    out += "$EXPRESSION";
    text.remove_prefix(end + 2);
  }
}

// Where the wrapped command begins, by the row's "WORDS;OPTIONS": behind these words, whatever options stand between
// them, and behind the options that follow. OPTIONS are those whose value is the next word.
std::size_t behind_wrapper(const std::vector<std::string>& words, std::string_view value) {
  const auto clauses = clauses_of(value);
  const auto wanted = clauses.front() == "-" ? std::vector<std::string>() : parts_of(clauses.front());
  const auto valued = parts_of(clauses.size() > 1 ? clauses[1] : "");
  std::size_t next = 0, at = 1;
  for (; at < words.size(); ++at) {
    const std::string& word = words[at];
    if (next < wanted.size() && word == wanted[next])
      ++next;
    else if (has(valued, word))
      ++at;
    else if (!word.empty() && word.front() != '-' && word.find('=') == std::string::npos)
      break;
  }
  return next == wanted.size() ? at : words.size();
}

// The tasks that the words of a runner name, as its row says.
struct NamedTasks {
  std::vector<std::string> tasks;
  bool must = true;  // false: the program has commands of its own
};
// tox -e lint,py312: the environments; without any, what all of them are made of.
NamedTasks environments_named(const std::vector<std::string>& words) {
  std::string names;
  for (std::size_t i = 1; i < words.size(); ++i)
    if (words[i] == "-e" && i + 1 < words.size())
      names = words[++i];
    else if (words[i].starts_with("-e") && words[i].size() > 2)
      names = words[i].substr(2);
  std::ranges::replace(names, ',', ' ');
  return {names.empty() ? std::vector<std::string>{std::string(base_environment)} : parts_of(names), false};
}

NamedTasks tasks_named(const EcosystemRow& row, const std::vector<std::string>& words) {
  NamedTasks named;
  const auto clauses = clauses_of(row.value);
  if (clauses.back() == "environments") return environments_named(words);
  auto operands = operands_of(words, 1);
  // npm run -s test: of a script's runner -s says that it is silent.
  if (words.size() > 2 && words[2] == "-s" && words[1].starts_with("run")) {
    operands = operands_of(words, 3);
    operands.insert(operands.begin(), words[1]);
  }
  const std::string word = operands.empty() ? "" : operands.front();
  for (std::size_t i = 1; i < clauses.size() && named.tasks.empty(); ++i) {
    auto parts = parts_of(clauses[i]);
    const std::string how = parts.front();
    parts.erase(parts.begin());
    if (how == "after" && has(parts, word) && operands.size() > 1) named.tasks = {operands[1]};
    if (how == "each") named.tasks = operands;
    if (how == "first" && word.empty()) named.tasks = {""};
    if (how == "first") named.must = false;
    if (how == "any" && !word.empty()) named.tasks = {word};
    if (how == "any") named.must = clauses.size() == 2;
    for (const std::string& part : parts)
      if (how == "direct" && (part == word || part.compare(0, word.size() + 1, word + "=") == 0))
        named.tasks = {part.substr(part.find('=') == std::string::npos ? 0 : part.find('=') + 1)};
  }
  // Without a task it starts the first one.
  if (clauses.size() == 2 && word.empty() && clauses.back() != "first") named.tasks = {""};
  return named;
}

// make CC=clang test: a variable that is set for the program, neither a task nor a file.
bool sets_variable(const std::string& word) {
  const std::size_t equals = word.find('=');
  return equals != std::string::npos && equals > 0 &&
         word.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_:+?") == equals;
}

// clang-tidy-15 is clang-tidy.
std::string_view without_version(std::string_view program) {
  const std::size_t dash = program.rfind('-');
  const bool has_version = dash != std::string_view::npos && dash + 1 < program.size() &&
                           program.find_first_not_of("0123456789.", dash + 1) == std::string_view::npos;
  return has_version ? program.substr(0, dash) : program;
}

}  // namespace

const Started* Judged::missing() const { return letters::find_first(started, &Started::existence, Existence::missing); }

const Started* Judged::find(std::string_view purpose) const {
  const Started* found = nullptr;
  for (const Started& one : started)
    if (one.existence != Existence::missing && one.purposes.count(std::string(purpose)) > 0)
      if (found == nullptr || one.outweighs(*found)) found = &one;
  return found;
}

bool Judged::is_anything_there() const {
  return letters::find_first(started, &Started::existence, Existence::there) != nullptr;
}

Judged Commands::judge(std::string_view line, std::string_view folder) const {
  Judged judged;
  judge_text(line, {std::string(folder), 0, true, {}, {}, true}, judged);
  return judged;
}

Judged Commands::judge_action(std::string_view action) const {
  Judged judged;
  const std::string name(action.substr(0, action.find('@')));
  Started one{name, {}, name, Existence::unknown, {}, true};
  for (const EcosystemRow* row : all_rows_of(rows_, "run"))
    if (row->value == name) one.purposes.insert(std::string(row->subject));
  if (!one.purposes.empty()) one.existence = Existence::there;
  // Of another repository's workflow only the name is here: "reusable-release.yml".
  std::string called(calls_workflow(name) ? files::stem(name) : "");
  std::ranges::replace_if(
      called, [](char c) { return c == '-' || c == '_'; }, ' ');
  for (const std::string& word : parts_of(called)) one.purposes.merge(purposes_of_name(word));
  judged.started.push_back(std::move(one));
  return judged;
}

Commands::Commands(const Repository& repository, Rows rows)
    : repository_(repository), rows_(rows), files_(read_task_files(repository, rows)) {
  for (const TaskFile& file : files_) files_in_[file.folder].push_back(&file);
}

std::span<const TaskFile* const> Commands::task_files_in(std::string_view folder) const {
  const auto found = files_in_.find(folder);
  if (found == files_in_.end()) return {};
  return found->second;
}

const Judged& Commands::judge_task(const TaskFile& file, const Task& task) const {
  const auto [known, is_new] = judged_tasks_.try_emplace(&task);
  if (is_new)
    judge_task_lines(file, task, {file.folder, 0, true, purposes_of_name(task.name), {}, false}, known->second);
  return known->second;
}

std::set<std::string> Commands::purposes_of_name(std::string_view name) const {
  std::set<std::string> purposes;
  for (const EcosystemRow* row : all_rows_of(rows_, "task"))
    if (has(parts_of(row->value), name)) purposes.insert(std::string(row->subject));
  return purposes;
}

bool Commands::is_program(std::string_view word) const {
  if (word.compare(0, 2, "./") == 0) return true;
  const std::string name(word);
  return std::ranges::any_of(rows_, [&](const EcosystemRow& row) {
    if (row.fact == "runner" || row.fact == "wrapper" || row.fact == "needs") return row.subject == name;
    return row.fact == "run" && row.value.substr(0, row.value.find(' ')) == name;
  });
}

Started Commands::begun(const std::vector<std::string>& words, const Frame& frame) {
  std::set<std::string> purposes = frame.purposes;
  if (has(lists::helpers, files::file_name(words.front())))
    for (const char* purpose : {"test", "lint", "types", "format"}) purposes.erase(purpose);
  return {line_of(words), std::move(purposes),         words.front(), Existence::unknown, {}, frame.counts,
          frame.line,     sent_to(words, frame.folder)};
}

// As bash follows it. A text that bash could not read is judged line by line, as far as each of them can be read; so is
// a long one, in which the states that a line may be reached in are too many to follow each.
void Commands::judge_text(std::string_view text, const Frame& frame, Judged& into) const {
  if (frame.depth > deepest || text.size() > longest_text) {
    into.complete = false;
    return;
  }
  const std::string plain = without_expressions(text);
  if (plain.size() <= longest_whole && shell::read(plain).complete) return judge_piece(plain, frame, into);
  std::string piece;
  for (const std::string_view line : lines_of(plain)) {
    piece += (piece.empty() ? "" : "\n") + std::string(line);
    if ((!piece.empty() && piece.back() == '\\') || !shell::read(piece).complete) continue;
    judge_piece(std::exchange(piece, {}), frame, into);
  }
  if (!piece.empty()) judge_piece(piece, frame, into);
}

void Commands::judge_piece(const std::string& piece, const Frame& frame, Judged& into) const {
  const std::string directory = path_in(repository_.root(), frame.folder);
  std::set<std::string> judged;  // a line is followed in several states, in which most calls are the same
  const auto traced = shell::trace(piece, directory, Disk(repository_, frame.stops), [&](const shell::Call& call) {
    if (call.kind != shell::Call::Kind::program || into.started.size() >= most_started) return;
    std::vector<std::string> words;
    for (const shell::Value& word : call.words) words.push_back(word.known ? word.text : word.text + "$");
    if (words.empty() || call.program.empty()) return;
    Frame inside = frame;
    if (!call.directory.empty() && files::is_within(repository_.root(), call.directory)) {
      inside.folder = std::string(files::relative_to(repository_.root(), call.directory));
      if (inside.folder == repository_.root()) inside.folder.clear();
    }
    inside.counts = frame.counts && call.bearing.fatal;
    inside.stops = false;
    inside.line = letters::joined(words, " ");
    if (!judged.insert((inside.counts ? "+" : "-") + inside.folder + "\n" + inside.line).second) return;
    judge_words(std::move(words), inside, into);
  });
  into.complete = into.complete && traced.complete;
}

void Commands::judge_words(std::vector<std::string> words, const Frame& frame, Judged& into) const {
  if (words.empty() || frame.depth > deepest) return;
  const std::string program(files::file_name(words.front()));
  if (has(lists::idle, program)) return;
  if (judge_wrapped(words, frame, into) || judge_runner(words, frame, into) || judge_script(words, frame, into)) return;
  note_program(words, frame, into);
}

bool Commands::judge_wrapped(const std::vector<std::string>& words, const Frame& frame, Judged& into) const {
  for (const EcosystemRow* row : all_rows_of(rows_, "wrapper")) {
    if (files::file_name(words.front()) != row->subject) continue;
    const std::size_t at = behind_wrapper(words, row->value);
    if (at >= words.size()) continue;
    Frame inside = frame;
    ++inside.depth;
    judge_words({words.begin() + static_cast<std::ptrdiff_t>(at), words.end()}, inside, into);
    return true;
  }
  return false;
}

// The nearest file at or above the folder. In a folder that is not here, such as one that is built, only a generator's.
const TaskFile* Commands::task_file_near(std::string_view subjects, const std::string& folder) const {
  const bool is_here = folder.empty() || repository_.has_folder(folder);
  const auto names = parts_of(subjects);
  for (std::string_view at = folder;; at = files::parent(at)) {
    for (const std::string& name : names)
      for (const TaskFile* file : task_files_in(at))
        if (file->subject == name && (is_here || file->is_made || file->is_open)) return file;
    if (at.empty()) return nullptr;
  }
}

bool Commands::judge_runner(const std::vector<std::string>& words, const Frame& frame, Judged& into) const {
  for (const EcosystemRow* row : all_rows_of(rows_, "runner")) {
    if (row->subject != files::file_name(words.front())) continue;
    const NamedTasks named = tasks_named(*row, words);
    if (named.tasks.empty()) continue;
    if (!named.must) {
      const TaskFile* near = task_file_near(clauses_of(row->value).front(), sent_to(words, frame.folder));
      if (near == nullptr || near->started_as(named.tasks.front()) == nullptr) continue;
    }
    for (const std::string& name : named.tasks)
      if (name.find('*') != std::string::npos)
        judge_pattern(*row, name, words, frame, into);
      else if (name.empty() || name.back() != '$')
        judge_target(*row, name, words, frame, into);
    return true;
  }
  return false;
}

// run-s test:*: all tasks that it fits.
void Commands::judge_pattern(const EcosystemRow& row, const std::string& pattern, const std::vector<std::string>& words,
                             const Frame& frame, Judged& into) const {
  const TaskFile* near = task_file_near(clauses_of(row.value).front(), frame.folder);
  for (std::size_t i = 0; near != nullptr && i < near->tasks.size(); ++i)
    if (letters::matches_wildcard(pattern, near->tasks[i].name))
      judge_target(row, near->tasks[i].name, words, frame, into);
}

// `name` empty: the first task of the file, or the one that is called so.
void Commands::judge_target(const EcosystemRow& row, const std::string& name, const std::vector<std::string>& words,
                            const Frame& frame, Judged& into) const {
  const std::string_view subjects = clauses_of(row.value).front();
  const std::string folder = sent_to(words, frame.folder);
  const TaskFile* near = task_file_near(subjects, folder);
  const Task* task = near == nullptr ? nullptr : near->started_as(name);
  if (task != nullptr) {
    Frame inside = frame;
    inside.folder = near->folder;
    ++inside.depth;
    for (const std::string& purpose : purposes_of_name(task->name)) inside.purposes.insert(purpose);
    // make -C tests
    if (name.empty() || name == "all")
      for (const EcosystemRow* folders : all_rows_of(rows_, "folder"))
        if (has(parts_of(folders->value), files::file_name(near->folder)))
          inside.purposes.insert(std::string(folders->subject));
    judge_task_lines(*near, *task, inside, into);
    return;
  }
  if (near == nullptr && !folder.empty() && !repository_.has_folder(folder)) return;
  Started one = begun(words, frame);
  if (near != nullptr && near->is_open) {
    into.started.push_back(std::move(one));
    return;
  }
  one.purposes.clear();
  one.existence = Existence::missing;
  one.why = near == nullptr ? "there is no " + parts_of(subjects).front() + " here that declares commands"
                            : near->path + " has no '" + name + "'";
  into.started.push_back(std::move(one));
}

void Commands::judge_task_lines(const TaskFile& file, const Task& task, const Frame& frame, Judged& into) const {
  if (frame.depth > deepest) return;
  if (task.is_opaque) {
    auto purposes = purposes_of_name(task.name);
    if (purposes.empty()) purposes = frame.purposes;
    Started one{"task " + task.name, std::move(purposes), "task", Existence::there, {}, frame.counts};
    one.ecosystem = file.ecosystem;
    // What builds code whose compiler checks types checks them.
    for (const EcosystemRow* row : all_rows_of(rows_, "inherent"))
      if (row->ecosystem == file.ecosystem && one.purposes.count("build") > 0)
        one.purposes.insert(std::string(row->subject));
    into.started.push_back(std::move(one));
  }
  Frame inside = frame;
  inside.folder = file.folder;
  ++inside.depth;
  for (const std::string& need : task.needs)
    if (const Task* before = file.find(need); before != nullptr && before != &task)
      judge_task_lines(file, *before, inside, into);
  for (const std::string& line : task.lines) {
    judge_text(line, inside, into);
    if (const Task* other = file.find(line); other != nullptr && other != &task)
      judge_task_lines(file, *other, inside, into);
  }
}

bool calls_workflow(std::string_view action) {
  return action.find("/workflows/") != std::string_view::npos && !action.starts_with("uses:./");
}

std::string line_of(const std::vector<std::string>& words) {
  const std::string line = letters::joined(words, " ");
  return line.size() > 120 ? line.substr(0, 117) + "..." : line;
}

std::vector<std::string> operands_of(const std::vector<std::string>& words, std::size_t first) {
  std::vector<std::string> operands;
  for (std::size_t i = first; i < words.size(); ++i) {
    if (words[i] == "--") break;
    if (!words[i].empty() && words[i].front() == '-') {
      if (has(lists::with_value, words[i])) ++i;
      continue;
    }
    if (!sets_variable(words[i])) operands.push_back(words[i]);
  }
  return operands;
}

bool begin_so(const std::vector<std::string>& words, const std::vector<std::string>& wanted) {
  if (wanted.empty() || words.empty()) return false;
  const std::string_view program = files::file_name(words.front());
  // mvnw, gradlew: what a repository brings to start the program with.
  if (program != wanted.front() && without_version(program) != wanted.front() && program != wanted.front() + "w")
    return false;
  std::size_t next = 1;
  for (std::size_t i = 1; i < words.size() && next < wanted.size(); ++i)
    if (words[i] == wanted[next])
      ++next;
    else if (words[i].size() > 2 && has(lists::with_value, words[i]))
      ++i;  // cargo build --profile release is no cargo release
  return next == wanted.size();
}

std::string sent_to(const std::vector<std::string>& words, const std::string& folder) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::size_t equals = words[i].find('=');
    const std::string option = words[i].substr(0, equals);
    if (option != "-C" && option != "--prefix" && option != "--cwd" && option != "--dir") continue;
    const std::string value =
        equals != std::string::npos ? words[i].substr(equals + 1) : (i + 1 < words.size() ? words[i + 1] : "");
    if (value.empty()) continue;
    const std::string path = path_in(folder, value);
    return path == "." ? std::string() : path;
  }
  return folder == "." ? std::string() : folder;
}

bool is_plain_path(std::string_view word) {
  return word.find_first_of("*?$<>{}[]|:\"'") == std::string_view::npos && word.find("...") == std::string_view::npos;
}

}  // namespace cascade::audit
