// Runs a repository's own commands in a copy of it, confined as the programs of skills are, and within limits.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "files/folder.h"
#include "text/lines.h"

// What declares tests, types, formats, locks and so on in each ecosystem: the rows of ecosystems.tsv, compiled in. The
// mechanism that reads them knows no ecosystem by name, so a new one is rows.

namespace cascade::audit {

// ecosystems.tsv says what each fact means.
struct EcosystemRow {
  std::string_view ecosystem, fact, subject, value;
};
using Rows = std::span<const EcosystemRow>;

Rows known_rows() noexcept;

constexpr std::string_view any_ecosystem = "*";

// The rows of a fact that hold in an ecosystem, those of every repository included; in order.
std::vector<const EcosystemRow*> rows_of(Rows rows, std::string_view ecosystem, std::string_view fact);
std::vector<const EcosystemRow*> all_rows_of(Rows rows, std::string_view fact);  // the same of all ecosystems

// The parts of a text between blanks. A backtick stands for a blank in a part.
std::vector<std::string> parts_of(std::string_view text);
// The parts of the subjects of rows_of().
std::vector<std::string> subjects_of(Rows rows, std::string_view ecosystem, std::string_view fact);
std::vector<std::string_view> clauses_of(std::string_view text);  // the parts between semicolons; empty ones stay

std::vector<letters::Line> lines_of(std::string_view text);

// Why a command did not end by itself.
enum class Stopped : std::uint8_t { no, time, memory, processes, output, disk, confinement };
std::string_view to_string(Stopped stopped) noexcept;

struct Attempt {
  int exit_code = 0;
  std::uint64_t milliseconds = 0;
  Stopped stopped = Stopped::no;
  std::string tail;  // the end of its output

  bool passed() const { return exit_code == 0 && stopped == Stopped::no; }
};

// One command that the repository declares.
struct PlannedRun {
  std::string purpose, line, folder;       // `folder`: where it runs, relative to the root; empty: there
  std::string path;                        // what declares it
  std::uint32_t at = 0;                    // in which line
  std::vector<std::string> packages = {};  // folders that it covers
};

struct Run {
  PlannedRun plan;
  std::vector<Attempt> attempts;  // several: it was repeated to see whether it always ends alike

  bool passed() const;       // each time
  bool is_flaky() const;     // not each time alike
  bool ran_no_test = false;  // of tests: its output says so
};

// Of each command, with everything that it starts.
struct RunLimits {
  std::uint32_t seconds = 600;
  std::uint32_t megabytes = 4'096;  // of memory
  std::uint32_t processes = 1'024;
  std::uint64_t output = std::uint64_t{64} << 20;
  std::uint64_t disk = std::uint64_t{4} << 30;  // that the disk with the copy may lose
  std::size_t kept = 4'000;                     // bytes of the output's end that are kept
  bool network = false;
};

// The program sees what view.h says: the system's programs, the copy, which lies where the repository is, and of the
// home only caches of tools. It has no network unless allowed, no other process, an empty /tmp and /run, no terminal
// and no input, and only those variables that rows name. The copy is gone with the object.
class Confined {
 public:
  // unsupported: this system cannot confine a program, or the repository is too large to be copied; unwritable.
  static Result<Confined> make(const std::string& root, const std::string& home, Rows rows, const RunLimits& limits);

  // Runs it, and tests that took less than 20 seconds, or failed, twice more.
  Result<Run> run(const PlannedRun& plan) const;

 private:
  Confined(files::TemporaryFolder copy, std::string root, std::string home, Rows rows, const RunLimits& limits)
      : copy_(std::move(copy)), root_(std::move(root)), home_(std::move(home)), rows_(rows), limits_(limits) {}
  std::vector<std::string> sandbox_words() const;
  std::vector<std::string> environment() const;
  Result<Attempt> attempt(const PlannedRun& plan) const;

  files::TemporaryFolder copy_;
  std::string root_, home_;
  Rows rows_;
  RunLimits limits_;
};

// What a confined command sees of the disk: the system's programs, the project, and of the home the caches of tools.
struct View {
  std::string copy, root;                   // the copy, and where it is shown
  std::string home;                         // empty: there is none
  std::uint32_t megabytes = 4'096;          // that all folders in memory may hold together
  std::vector<std::string> variables = {};  // "NAME=value", of which rows call some a folder of tools
};

// The words for bubblewrap. Nothing is there but what rows name (`system`, `home`, `folders`), so a secret that no row
// knows of is not there either; what rows call `secret` is empty in a folder that a variable names. Only the copy and
// folders in memory can be written, and these have an end.
std::vector<std::string> words_of_view(const View& view, Rows rows);

// The text of .git/config without what lets somebody in: helpers, headers, passwords in addresses.
std::string without_credentials(const std::string& git_config);

}  // namespace cascade::audit
