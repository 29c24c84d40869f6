// Bubblewrap makes the place, a filter of system calls closes what the place leaves open, and a watch counts what the
// program uses: user namespaces have no limit on memory, and a superuser none on processes.
#include "confined/confined.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <initializer_list>
#include <set>

#include "evidence/deed.h"
#include "files/atomic_write.h"
#include "files/mapped_file.h"
#include "files/paths.h"
#include "files/process.h"
#include "files/run_program.h"
#include "files/tree.h"
#include "manifest/head.h"
#include "text/ascii.h"
#include "text/names.h"
#include "text/word_set.h"
#include "unicode/utf8.h"

namespace cascade::audit {
namespace {

constexpr std::uint64_t largest_config = 1u << 20;
constexpr std::uint64_t repeated_below = 20'000;  // milliseconds
constexpr std::size_t repeats = 3;

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

// A list of what may be seen, because a list of what may not is never complete: every tool keeps its keys elsewhere,
// and the next one will, too. bubblewrap begins with an empty disk, to which each word adds one place.

class Words {
 public:
  void add(std::initializer_list<std::string> words) { words_.insert(words_.end(), words); }

  // A folder in memory of at most so many bytes.
  void memory(std::uint64_t bytes, const std::string& path) { add({"--size", std::to_string(bytes), "--tmpfs", path}); }

  // Where a link leads elsewhere, the link; each place once, and not what lies in one that is shown.
  void show(const std::string& path) {
    for (std::string_view above = path; above != "/" && !above.empty(); above = files::parent(above))
      if (shown_.count(above) > 0) return;
    if (!disk_.stat(path)) return;
    shown_.insert(path);
    const auto target = disk_.link_target(path);
    if (target && files::parent(path) == "/")
      add({"--symlink", *target, path});
    else
      add({"--ro-bind", path, path});
  }

  // "/etc/java-*": the last part may be a pattern.
  void show_matching(const std::string& pattern) {
    if (pattern.find('*') == std::string::npos) return show(pattern);
    const std::string folder(files::parent(pattern));
    const auto entries = disk_.list(folder);
    for (const files::Entry& entry : entries ? *entries : std::vector<files::Entry>())
      if (files::matches_glob(files::file_name(pattern), entry.name)) show(files::join(folder, entry.name));
  }

  void hide(const std::string& path) {
    const auto real = disk_.real_path(path);
    if (!real) return;
    if (is_folder(*real))
      memory(1, *real);
    else
      add({"--ro-bind", "/dev/null", *real});
  }

  bool is_folder(const std::string& path) const {
    const auto stamp = disk_.stat(path);
    return stamp && stamp->directory;
  }

  std::vector<std::string> take() { return std::move(words_); }

 private:
  files::DiskTree disk_;
  std::vector<std::string> words_;
  std::set<std::string, std::less<>> shown_;
};

// The folders that a variable names, as PATH names several; neither the home nor what holds it.
std::vector<std::string> folders_in(std::string_view value, const std::string& home) {
  std::vector<std::string> folders;
  while (!value.empty()) {
    const std::size_t end = std::min(value.find(':'), value.size());
    const std::string folder = files::normalise(value.substr(0, end));
    const bool holds_home = !home.empty() && (folder == home || files::is_within(folder, home));
    if (files::is_absolute(folder) && folder != "/" && !holds_home) folders.push_back(folder);
    value.remove_prefix(std::min(end + 1, value.size()));
  }
  return folders;
}

// Behind [section "name"] at the beginning of a line; 0: there is none.
std::size_t end_of_section(std::string_view line) {
  if (letters::trim(line).substr(0, 1) != "[") return 0;
  const std::size_t quoted = line.find("\"]"), end = line.find(']');
  return quoted != std::string_view::npos ? quoted + 2 : end != std::string_view::npos ? end + 1 : 0;
}

bool lets_in(std::string_view setting) {
  const std::string lower = letters::to_lower(setting);
  const auto says = [&](std::string_view word) { return lower.find(word) != std::string::npos; };
  constexpr std::array<std::string_view, 6> words = {"extraheader", "helper", "pass", "token", "cookie", "secret"};
  return std::ranges::any_of(words, says) || (says("proxy") && says("@") && !says("://"));
}

// Without the name and password before a host; the last sign before it ends them.
std::string without_login(std::string_view line) {
  const std::size_t scheme = line.find("://");
  if (scheme == std::string_view::npos) return std::string(line);
  const std::size_t host = scheme + 3, at = line.substr(0, line.find('/', host)).rfind('@');
  if (at == std::string_view::npos || at < host) return std::string(line);
  return std::string(line.substr(0, host)) + std::string(line.substr(at + 1));
}

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
  if (limits_.network && files::DiskTree().stat(resolver).has_value())
    words.insert(words.end(), {"--ro-bind", resolver, resolver});
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
  files::ProgramCall call;
  call.words = sandbox_words();
  call.environment = environment();
  call.milliseconds = limits_.seconds * 1'000;
  call.max_bytes = 2 * limits_.kept;
  call.keeps_end = true;
  call.only_these = true;
  Stopped stopped = Stopped::no;
  const std::uint64_t free_before = files::free_bytes(copy_.path().c_str());
  call.may_go_on = [&](int process, std::uint64_t bytes) {
    const files::Usage usage = files::usage_below(process);
    const std::uint64_t free = files::free_bytes(copy_.path().c_str());
    if (bytes > limits_.output) stopped = Stopped::output;
    if (usage.megabytes > limits_.megabytes) stopped = Stopped::memory;
    if (usage.processes > limits_.processes) stopped = Stopped::processes;
    if (free_before > limits_.disk && free < free_before - limits_.disk) stopped = Stopped::disk;
    return stopped == Stopped::no;
  };
  auto filter = files::sealed_file(files::denied_calls(files::Sockets::internet), false);
  if (!filter) return filter.error();
  call.inherited = {filter->get()};
  call.words.insert(call.words.end(), {"--seccomp", "3", "--chdir",
                                       files::normalise(files::join(root_, plan.folder.empty() ? "." : plan.folder)),
                                       "--", "/bin/sh", "-c", prologue(limits_), "sh", plan.line});
  const auto before = std::chrono::steady_clock::now();
  const auto run = [&] {
    const files::LastChildren waited_for;
    return files::run_program(call);
  }();
  if (!run) return run.error();
  const auto lasted = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - before);
  Attempt attempt;
  attempt.exit_code = run->exit_code;
  attempt.milliseconds = static_cast<std::uint64_t>(lasted.count());
  attempt.stopped = run->was_stopped ? stopped : run->timed_out ? Stopped::time : Stopped::no;
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

constexpr letters::Names<Stopped::confinement> stopped_names("no", "time", "memory", "processes", "output", "disk",
                                                             "confinement");
std::string_view to_string(Stopped stopped) noexcept { return stopped_names.of(stopped); }

bool Run::passed() const {
  return !attempts.empty() && std::ranges::all_of(attempts, [](const Attempt& attempt) { return attempt.passed(); });
}

bool Run::is_flaky() const {
  return std::ranges::any_of(attempts,
                             [&](const Attempt& attempt) { return attempt.passed() != attempts.front().passed(); });
}

std::vector<std::string> words_of_view(const View& view, Rows rows) {
  const std::uint64_t memory = std::uint64_t{view.megabytes} << 20U;
  Words words;
  for (const std::string& path : subjects_of(rows, any_ecosystem, "system")) words.show_matching(path);
  for (const std::string& path : subjects_of(rows, any_ecosystem, "hidden")) words.hide(path);
  words.add({"--dev", "/dev"});
  words.memory(memory / 16, "/dev/shm");
  words.add({"--remount-ro", "/dev", "--proc", "/proc"});
  words.memory(memory / 2, "/tmp");
  words.memory(memory / 16, "/run");
  const bool has_home = !view.home.empty() && view.home != "/" && words.is_folder(view.home);
  if (has_home && !files::is_within(view.root, view.home)) {
    words.memory(memory / 4, view.home);
    for (const EcosystemRow* row : all_rows_of(rows, "home"))
      for (const std::string& name : parts_of(row->subject)) words.show(files::join(view.home, name));
  }
  const auto named = parts_of(
      letters::joined(all_rows_of(rows, "folders"), " ", [](const EcosystemRow* row) { return row->subject; }));
  const auto secrets = subjects_of(rows, any_ecosystem, "secret");
  for (const std::string& variable : view.variables) {
    const std::size_t equals = std::min(variable.find('='), variable.size());
    if (!letters::is_one_of(variable.substr(0, equals), named)) continue;
    for (const std::string& folder : folders_in(std::string_view(variable).substr(equals + 1), view.home)) {
      if (!words.is_folder(folder) || files::is_within(folder, view.root)) continue;
      words.show(folder);
      if (variable.compare(0, 5, "PATH=") != 0)  // which names folders of programs alone
        for (const std::string& secret : secrets) words.hide(files::join(folder, secret));
    }
  }
  words.add({"--bind", view.copy, view.root, "--remount-ro", "/"});
  return words.take();
}

std::string without_credentials(const std::string& git_config) {
  std::string text;
  bool goes_on = false, is_left_out = false;  // a backslash at the end of a line goes on with it
  for (const std::string_view line : lines_of(git_config)) {
    // The name of a section lets nobody in, and what stands below it needs it: [branch "password-reset"].
    const std::size_t head = goes_on ? 0 : end_of_section(line);
    if (!goes_on) is_left_out = lets_in(line.substr(head));
    goes_on = line.ends_with('\\');
    if (is_left_out && head == 0) continue;
    text += without_login(is_left_out ? line.substr(0, head) : line) + "\n";
  }
  return text;
}

std::vector<const EcosystemRow*> rows_of(Rows rows, std::string_view ecosystem, std::string_view fact) {
  std::vector<const EcosystemRow*> found;
  for (const EcosystemRow& row : rows)
    if (row.fact == fact && (row.ecosystem == ecosystem || row.ecosystem == any_ecosystem)) found.push_back(&row);
  return found;
}

std::vector<const EcosystemRow*> all_rows_of(Rows rows, std::string_view fact) {
  std::vector<const EcosystemRow*> found;
  for (const EcosystemRow& row : rows)
    if (row.fact == fact) found.push_back(&row);
  return found;
}

std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> parts;
  letters::each_word(text, [&](std::string_view part) {
    parts.emplace_back(part);
    std::ranges::replace(parts.back(), '`', ' ');
  });
  return parts;
}

std::vector<std::string> subjects_of(Rows rows, std::string_view ecosystem, std::string_view fact) {
  std::vector<std::string> subjects;
  for (const EcosystemRow* row : rows_of(rows, ecosystem, fact))
    for (std::string& part : parts_of(row->subject)) subjects.push_back(std::move(part));
  return subjects;
}

std::vector<std::string_view> clauses_of(std::string_view text) {
  std::vector<std::string_view> clauses;
  while (true) {
    const std::size_t end = text.find(';');
    clauses.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return clauses;
    text.remove_prefix(end + 1);
  }
}

std::vector<letters::Line> lines_of(std::string_view text) {
  std::vector<letters::Line> lines;
  for (letters::Line line : letters::lines(text)) {
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    lines.push_back(line);
  }
  return lines;
}

}  // namespace cascade::audit
