// A list of what may be seen, because a list of what may not is never complete: every tool keeps its keys elsewhere,
// and the next one will, too. bubblewrap begins with an empty disk, to which each word adds one place.
#include "confined/view.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <set>

#include "files/glob.h"
#include "files/paths.h"
#include "files/tree.h"
#include "text/ascii.h"
#include "text/one_of.h"

namespace cascade::audit {
namespace {

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
  return std::any_of(words.begin(), words.end(), says) || (says("proxy") && says("@") && !says("://"));
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
  const auto named = parts_of([&] {
    std::string all;
    for (const EcosystemRow* row : all_rows_of(rows, "folders")) all += std::string(row->subject) + " ";
    return all;
  }());
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

}  // namespace cascade::audit
