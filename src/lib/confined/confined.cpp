// Bubblewrap makes the place, a filter of system calls closes what the place leaves open, and a watch counts what the
// program uses: user namespaces have no limit on memory, and a superuser none on processes.
#include "confined/confined.h"

#include <algorithm>
#include <chrono>
#include <set>

#include "confined/view.h"
#include "evidence/test_run.h"
#include "files/atomic_write.h"
#include "files/copy_folder.h"
#include "files/denied_calls.h"
#include "files/last_children.h"
#include "files/memory_file.h"
#include "files/paths.h"
#include "files/process_usage.h"
#include "files/run_program.h"
#include "files/sandbox.h"
#include "files/tree.h"
#include "manifest/forged_marks.h"
#include "unicode/utf8.h"

namespace cascade::audit {
namespace {

constexpr std::uint64_t largest_config = 1u << 20;
constexpr std::uint64_t repeated_below = 20'000;  // milliseconds
constexpr std::size_t repeats = 3;

bool is_there(const std::string& path) { return files::DiskTree().stat(path).has_value(); }

// The shell sets what a process can be limited to by itself, joins both outputs, and runs the line.
std::string prologue(const RunLimits& limits) {
  return "ulimit -c 0; ulimit -f " + std::to_string(limits.disk / 512) + "; ulimit -u " +
         std::to_string(limits.processes) + " 2>/dev/null || ulimit -p " + std::to_string(limits.processes) +
         " 2>/dev/null; exec 2>&1; exec /bin/sh -c \"$1\" sh";
}

// Without what a terminal or a reader would obey: control and direction signs, and the client's own tags.
std::string plain_tail(std::string_view text, std::size_t longest) {
  if (text.size() > longest) {
    text.remove_prefix(text.size() - longest);
    text.remove_prefix(std::min(text.find('\n') + 1, text.size()));
  }
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\x1b' && i + 1 < text.size() && text[i + 1] == '[') {
      for (i += 2; i < text.size() && (text[i] < '@' || text[i] > '~'); ++i) continue;
      continue;
    }
    if (text[i] != '\r') plain += text[i];
  }
  return manifest::defused(unicode::displayable(plain, true));
}

// Counts what a program uses and says when it is too much.
class Watcher {
 public:
  Watcher(const RunLimits& limits, std::string copy)
      : limits_(limits), copy_(std::move(copy)), free_before_(files::free_bytes(copy_.c_str())) {}

  bool may_go_on(int process, std::uint64_t bytes) {
    const files::Usage usage = files::usage_below(process);
    const std::uint64_t free = files::free_bytes(copy_.c_str());
    if (bytes > limits_.output) stopped_ = Stopped::output;
    if (usage.megabytes > limits_.megabytes) stopped_ = Stopped::memory;
    if (usage.processes > limits_.processes) stopped_ = Stopped::processes;
    if (free_before_ > limits_.disk && free < free_before_ - limits_.disk) stopped_ = Stopped::disk;
    return stopped_ == Stopped::no;
  }
  Stopped stopped() const { return stopped_; }

 private:
  RunLimits limits_;
  std::string copy_;
  std::uint64_t free_before_;
  Stopped stopped_ = Stopped::no;
};

}  // namespace

Result<Confined> Confined::make(const std::string& root, const std::string& home, Rows rows, const RunLimits& limits) {
  if (root == "/" || (!home.empty() && root == home))
    return Error{ErrorCode::unsupported, "the whole home or disk is no repository to run", root,
                 "name the repository's folder"};
  if (!files::can_confine())
    return Error{ErrorCode::unsupported, "commands cannot be confined here, so none is run",
                 std::string(files::sandbox_program), files::how_to_confine};
  auto copy = files::TemporaryFolder::make();
  if (!copy) return copy.error();
  const files::CopyLimits most{limits.disk, 400'000, 64};
  if (auto copied = files::copy_folder(root, copy->path(), most); !copied) return copied.error();
  const std::string git = files::join(copy->path(), ".git/config");
  if (const auto config = files::DiskTree().read(git, largest_config))
    if (auto written = files::write_atomically(git, without_credentials(*config)); !written) return written.error();
  return Confined(*std::move(copy), root, home, rows, limits);
}

std::vector<std::string> Confined::sandbox_words() const {
  std::vector<std::string> words = {std::string(files::sandbox_program), "--unshare-all"};
  if (limits_.network) words.emplace_back("--share-net");
  words.insert(words.end(), {"--die-with-parent", "--new-session", "--cap-drop", "ALL"});
  const auto view = words_of_view({copy_.path(), root_, home_, limits_.megabytes, files::process_environment()}, rows_);
  words.insert(words.end(), view.begin(), view.end() - 2);
  const std::string resolver = "/etc/resolv.conf";
  if (limits_.network && is_there(resolver)) words.insert(words.end(), {"--ro-bind", resolver, resolver});
  words.insert(words.end(), view.end() - 2, view.end());  // nothing can be added behind these
  return words;
}

std::vector<std::string> Confined::environment() const {
  std::set<std::string> passed;
  for (const EcosystemRow* row : all_rows_of(rows_, "variable"))
    for (std::string& name : parts_of(row->subject)) passed.insert(std::move(name));
  std::vector<std::string> variables = {"HOME=" + (home_.empty() ? std::string("/tmp") : home_),
                                        "TMPDIR=/tmp",
                                        "TERM=dumb",
                                        "CI=true",
                                        "NO_COLOR=1",
                                        "GIT_OPTIONAL_LOCKS=0",
                                        "PYTHONDONTWRITEBYTECODE=1"};
  for (std::string& variable : files::process_environment())
    if (passed.count(variable.substr(0, variable.find('='))) > 0) variables.push_back(std::move(variable));
  for (const EcosystemRow* row : all_rows_of(rows_, "offline"))
    if (!limits_.network)
      for (std::string& setting : parts_of(row->subject)) variables.push_back(std::move(setting));
  return variables;
}

Result<Attempt> Confined::attempt(const PlannedRun& plan) const {
  Watcher watcher(limits_, copy_.path());
  files::ProgramCall call;
  call.words = sandbox_words();
  call.environment = environment();
  call.milliseconds = limits_.seconds * 1'000;
  call.max_bytes = 2 * limits_.kept;
  call.keeps_end = true;
  call.only_these = true;
  call.may_go_on = [&](int process, std::uint64_t bytes) { return watcher.may_go_on(process, bytes); };
  auto filter = files::sealed_file(files::denied_calls(files::Sockets::internet), false);
  if (!filter) return filter.error();
  call.inherited = {filter->get()};
  call.words.insert(call.words.end(), {"--seccomp", "3", "--chdir",
                                       files::normalise(files::join(root_, plan.folder.empty() ? "." : plan.folder)),
                                       "--", "/bin/sh", "-c", prologue(limits_), "sh", plan.line});
  const auto before = std::chrono::steady_clock::now();
  Result<files::ProgramRun> run = files::ProgramRun{};
  {
    const files::LastChildren waited_for;
    run = files::run_program(call);
  }
  if (!run) return run.error();
  const auto lasted = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - before);
  Attempt attempt;
  attempt.exit_code = run->exit_code;
  attempt.milliseconds = static_cast<std::uint64_t>(lasted.count());
  attempt.stopped = run->was_stopped ? watcher.stopped() : run->timed_out ? Stopped::time : Stopped::no;
  attempt.tail = plain_tail(run->output + run->errors, limits_.kept);
  return attempt;
}

Result<Run> Confined::run(const PlannedRun& plan) const {
  Run run;
  run.plan = plan;
  while (run.attempts.size() < repeats) {
    auto one = attempt(plan);
    if (!one) return one.error();
    run.attempts.push_back(*std::move(one));
    const Attempt& last = run.attempts.back();
    const bool again = plan.purpose == "test" && last.stopped == Stopped::no && last.exit_code != 127 &&
                       (last.milliseconds < repeated_below || !last.passed());
    if (!again) break;
  }
  const std::string& tail = run.attempts.back().tail;
  run.ran_no_test = plan.purpose == "test" && run.passed() && evidence::tests_in(tail) == evidence::TestCount::none;
  return run;
}

}  // namespace cascade::audit
