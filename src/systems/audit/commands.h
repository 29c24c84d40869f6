// The commands that files of a repository declare by name (scripts of a manifest, targets of a Makefile, recipes), and
// what a command line would start, followed through them: whether all of it is there. Nothing runs.
#pragma once

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "audit/repository.h"

namespace cascade::audit {

struct Task {
  std::string name;
  std::vector<std::string> lines;  // each for a shell of its own
  std::vector<std::string> needs;  // tasks that run before
  Place place;
  bool is_opaque = false;  // its body is no shell text: a Rakefile's, or what a generator writes
};

struct TaskFile {
  std::string path, folder;
  std::string subject;  // of its row: "Makefile", although this one may be called GNUmakefile
  std::string ecosystem;
  std::vector<Task> tasks;
  bool is_open = false;  // there may be more: it includes others, or a generator makes the file that has them
  bool is_made = false;  // commands only work on what a generator makes of it

  const Task* find(std::string_view name) const;
  const Task* first() const;  // that a runner starts without a name; null: there is none
  // What a runner starts by this name; of tox's environments those that are not declared are the base.
  const Task* started_as(std::string_view name) const;
};

constexpr std::string_view base_environment = "testenv";  // of tox

std::vector<TaskFile> read_task_files(const Repository& repository, Rows rows);

enum class Existence { there, missing, unknown };

struct Started {
  std::string words;               // as a line, for people
  std::set<std::string> purposes;  // test, lint, format, types, build, setup, publish ...
  std::string tool;                // the program that the purposes come from
  Existence existence = Existence::unknown;
  std::string why;     // it is missing
  bool counts = true;  // its failure is the line's; false after `|| true`
  std::string line = {},
              folder = {};     // the same with the programs that started it, uncut; where it works, "": the root
  std::string ecosystem = {};  // of the file that declares it, where that alone tells what it does
  bool is_known = false;       // a row says what the program does, not only the name of what starts it

  bool outweighs(const Started& other) const { return counts != other.counts ? counts : is_known && !other.is_known; }
};

struct Judged {
  std::vector<Started> started;  // without what only prints, waits or ends
  bool complete = true;          // false: part of it could not be read

  bool is_hollow() const { return complete && started.empty(); }
  const Started* missing() const;                       // the first one; null: none is
  const Started* find(std::string_view purpose) const;  // the first one that is not missing; those that count first
  bool is_anything_there() const;
};

class Commands {
 public:
  Commands(const Repository& repository, Rows rows);

  // Those of one folder.
  std::span<const TaskFile* const> task_files_in(std::string_view folder) const;

  // `folder`: where the line runs, relative to the root.
  Judged judge(std::string_view line, std::string_view folder) const;
  // One step of CI that uses somebody else's action: "uses:owner/name@version".
  Judged judge_action(std::string_view action) const;
  // The task with what it needs; judged once.
  const Judged& judge_task(const TaskFile& file, const Task& task) const;

  // Whether a word begins commands here: a program that rows name, or a path.
  bool is_program(std::string_view word) const;
  // The purposes of a task or script by its name alone.
  std::set<std::string> purposes_of_name(std::string_view name) const;

 private:
  struct Frame {
    std::string folder;
    std::size_t depth = 0;
    bool counts = true;
    std::set<std::string> purposes;  // of the tasks that led here
    std::string line = {};           // that is being judged, of one command
    bool stops = false;              // its shell ends where a command fails, as CI starts shells and -e does
  };
  static Started begun(const std::vector<std::string>& words, const Frame& frame);  // of nothing known yet
  void judge_text(std::string_view text, const Frame& frame, Judged& into) const;
  void judge_piece(const std::string& piece, const Frame& frame, Judged& into) const;
  void judge_words(std::vector<std::string> words, const Frame& frame, Judged& into) const;
  bool judge_wrapped(const std::vector<std::string>& words, const Frame& frame, Judged& into) const;
  bool judge_runner(const std::vector<std::string>& words, const Frame& frame, Judged& into) const;
  void judge_target(const EcosystemRow& row, const std::string& name, const std::vector<std::string>& words,
                    const Frame& frame, Judged& into) const;
  void judge_pattern(const EcosystemRow& row, const std::string& pattern, const std::vector<std::string>& words,
                     const Frame& frame, Judged& into) const;
  const TaskFile* task_file_near(std::string_view subjects, const std::string& folder) const;
  bool is_made(const std::string& path) const;
  bool judge_script(const std::vector<std::string>& words, const Frame& frame, Judged& into) const;
  void judge_task_lines(const TaskFile& file, const Task& task, const Frame& frame, Judged& into) const;
  void note_program(const std::vector<std::string>& words, const Frame& frame, Judged& into) const;
  const Repository& repository_;
  Rows rows_;
  std::vector<TaskFile> files_;
  std::map<std::string, std::vector<const TaskFile*>, std::less<>> files_in_;
  mutable std::map<const Task*, Judged> judged_tasks_;
};

template <typename Range>
bool has(const Range& range, std::string_view text) {
  return std::ranges::find(range, text) != std::end(range);
}

// "uses:owner/name/.github/workflows/ci.yml@main": a workflow of another repository, of which nothing else is here.
bool calls_workflow(std::string_view action);

// For people, cut where it is long.
std::string line_of(const std::vector<std::string>& words);

// The words from `first` on without options and their values, up to "--".
std::vector<std::string> operands_of(const std::vector<std::string>& words, std::size_t first);

// Whether words begin so: the program, then the others in this order, anything between them.
bool begin_so(const std::vector<std::string>& words, const std::vector<std::string>& wanted);

// The folder that options send a program to: make -C web, npm --prefix web; "": the root. Without any, `folder`.
std::string sent_to(const std::vector<std::string>& words, const std::string& folder);

// False: a pattern, a variable, an address, no path that could be looked up.
bool is_plain_path(std::string_view word);

}  // namespace cascade::audit
