// Decides whether an open step may end. Evidence comes from two places: ledger entries since the step began (a test
// run, a witness) and the folder, compared with the baseline that was noted when the step opened. Comparing with the
// baseline matters because an old file or commit must not end a new step. A commit is found in git's log of HEAD, which
// takes one file read and no process.
#include "playbook/evidence.h"

#include <algorithm>
#include <functional>

#include "files/glob.h"
#include "files/paths.h"
#include "hash/content_hash.h"
#include "text/ascii.h"

namespace cascade::playbook {
namespace {

using chain::Exit;
using chain::ExitKind;

constexpr std::uint64_t most_log_bytes = 8 << 20, most_file_bytes = 4 << 20;
constexpr std::size_t most_matches = 200, most_entries = 20'000;

// The path of git's log of HEAD; empty outside a repository.
std::string log_of_head(const std::string& directory, const files::Tree& tree) {
  for (std::string folder = files::normalise(directory); files::parent(folder) != folder;
       folder = files::parent(folder)) {
    const std::string git = files::join(folder, ".git");
    const auto stamp = tree.stat(git);
    if (!stamp) continue;
    if (const auto link = tree.read(git, 4'096); link && link->compare(0, 8, "gitdir: ") == 0)
      return files::join(files::join(folder, std::string(letters::trim(link->substr(8)))), "logs/HEAD");
    return files::join(git, "logs/HEAD");
  }
  return {};
}

std::string log_line(const std::string& log, const files::Tree& tree) {
  const auto text = tree.read(log, most_log_bytes);
  return "log " + log + " " + std::to_string(text ? text->size() : 0);
}

// The new commit in a line of that log, if the line records a commit that was made and not a move to one.
// A line is "OLD NEW WHO WHEN\tWHY" with two ids of 40 digits; a move such as "checkout:" or "reset:" makes no commit.
std::string commit_in(std::string_view line) {
  const std::size_t tab = line.find('\t');
  if (tab == std::string_view::npos || line.size() < 81) return {};
  const std::string_view why = line.substr(tab + 1);
  const bool merges = why.substr(0, 6) == "merge " && why.find("Fast-forward") == std::string_view::npos;
  const bool makes = why.substr(0, 6) == "commit" || why.substr(0, 11) == "cherry-pick" || why.substr(0, 6) == "revert";
  return merges || makes ? std::string(line.substr(41, 10)) : std::string();
}

// The last commit that was made since the baseline; empty if there is none.
std::string new_commit(const std::vector<std::string>& baseline, const std::string& directory,
                       const files::Tree& tree) {
  const std::string log = log_of_head(directory, tree), start = "log " + log + " ";
  const auto before = std::find_if(baseline.begin(), baseline.end(),
                                   [&](const std::string& line) { return line.compare(0, start.size(), start) == 0; });
  if (log.empty() || before == baseline.end()) return {};
  const auto text = tree.read(log, most_log_bytes);
  std::size_t at = 0;
  for (const char c : before->substr(start.size())) at = at * 10 + static_cast<std::size_t>(c - '0');
  std::string found;
  while (text && at < text->size()) {
    const std::size_t end = std::min(text->find('\n', at), text->size());
    if (std::string commit = commit_in(std::string_view(*text).substr(at, end - at)); !commit.empty())
      found = std::move(commit);
    at = end + 1;
  }
  return found;
}

// Calls `see` for each file below `directory` that matches the pattern. False if there are too many files to look at.
bool each_match(const std::string& pattern, const std::string& directory, const files::Tree& tree,
                const std::function<void(const std::string& path, const std::string& text)>& see) {
  std::size_t entries = 0, matches = 0;
  const std::function<bool(const std::string&)> walk = [&](const std::string& below) {
    auto listed = tree.list(files::join(directory, below));
    if (!listed) return true;
    for (const files::Entry& entry : *listed) {
      if (++entries > most_entries) return false;
      const std::string path = below.empty() ? entry.name : below + "/" + entry.name;
      if (entry.type == files::EntryType::directory) {
        if (entry.name != ".git" && entry.name != "node_modules" && !walk(path)) return false;
        continue;
      }
      if (entry.type != files::EntryType::file || !files::matches_glob(pattern, path)) continue;
      if (++matches > most_matches) return false;
      if (const auto text = tree.read(files::join(directory, path), most_file_bytes)) see(path, *text);
    }
    return true;
  };
  if (files::is_absolute(pattern) || pattern.find("..") != std::string::npos) return true;  // stays below
  if (pattern.find_first_of("*?[") != std::string::npos || pattern.back() == '/') return walk({});
  if (const auto text = tree.read(files::join(directory, pattern), most_file_bytes)) see(pattern, *text);
  return true;
}

std::string file_line(const std::string& path, const std::string& text) {
  return "file " + path + " " + hash::to_hex(hash::hash64(text));
}

void prove_artefact(const Exit& exit, const StepStatus& status, const std::string& directory, const files::Tree& tree,
                    Proof& proof) {
  const bool all = each_match(exit.words, directory, tree, [&](const std::string& path, const std::string& text) {
    const bool known =
        std::find(status.baseline.begin(), status.baseline.end(), file_line(path, text)) != status.baseline.end();
    if (!known && !letters::trim(text).empty()) proof.found = path;
  });
  if (!all) proof.found.clear();
  proof.holds = !proof.found.empty();
  proof.missing = all ? "no file " + exit.words + " was written since the step began"
                      : exit.words + " matches more files than can be looked at";
}

bool is_sighting(const session::Entry& entry, const Run& run, std::uint32_t step) {
  return entry.event == session::Event::step && entry.step.action == session::seen_action &&
         entry.step.run == run.number && entry.step.step == step;
}

// A red run counts once it was seen; a green one only while it is the last.
void prove_seen(const Exit& exit, const StepStatus& status, const Run& run, const std::vector<session::Entry>& entries,
                Proof& proof) {
  const std::string wanted(to_string(exit.kind));
  std::uint64_t last = 0;
  bool holds = false;
  for (const session::Entry& entry : entries) {
    if (entry.sequence <= status.opened_at || !is_sighting(entry, run, status.number)) continue;
    const bool fits = entry.step.label == wanted;
    if (fits) last = entry.sequence;
    if (fits || exit.kind == ExitKind::green) holds = fits;
  }
  proof.holds = holds;
  if (holds) proof.evidence = {last};
}

std::string missing(const Exit& exit, bool was_seen) {
  const std::string what = exit.words.empty() ? std::string("a test run") : "\"" + exit.words + "\"";
  switch (exit.kind) {
    case ExitKind::red: return what + " was not seen failing since the step began";
    case ExitKind::green:
      return was_seen ? what + " failed after it had passed" : what + " was not seen passing since the step began";
    case ExitKind::commit: return "no commit was made since the step began";
    case ExitKind::witness:
      return "no outside effect was seen through another interface since the step began" +
             (exit.words.empty() ? std::string() : " (" + exit.words + ")");
    case ExitKind::user: return "the user says when this step is done";
    default: return {};
  }
}

}  // namespace

std::vector<std::string> baseline_of(const Plan& plan, const std::vector<std::uint32_t>& steps,
                                     const std::string& directory, const files::Tree& tree) {
  std::vector<std::string> baseline;
  const auto add = [&](std::string line) {
    if (std::find(baseline.begin(), baseline.end(), line) == baseline.end()) baseline.push_back(std::move(line));
  };
  for (const std::uint32_t step : steps) {
    const Exit exit = plan.chain.exit_of(step);
    if (exit.kind == ExitKind::commit)
      if (const std::string log = log_of_head(directory, tree); !log.empty()) add(log_line(log, tree));
    if (exit.kind == ExitKind::artefact)
      each_match(exit.words, directory, tree,
                 [&](const std::string& path, const std::string& text) { add(file_line(path, text)); });
  }
  return baseline;
}

Proof prove(const Run& run, std::uint32_t step, const std::vector<session::Entry>& entries,
            const std::string& directory, const files::Tree& tree) {
  Proof proof;
  const Exit exit = run.plan.chain.exit_of(step);
  const StepStatus* status = run.find(step);
  if (status == nullptr) return proof;
  if (exit.kind == ExitKind::said) {
    proof.holds = true;
    return proof;
  }
  if (exit.kind == ExitKind::artefact) {
    prove_artefact(exit, *status, directory, tree, proof);
    return proof;
  }
  prove_seen(exit, *status, run, entries, proof);
  if (exit.kind == ExitKind::commit && !proof.holds) {
    const std::string commit = new_commit(status->baseline, directory, tree);
    proof.holds = !commit.empty();
    proof.found = commit;
  }
  const bool was_seen = std::any_of(entries.begin(), entries.end(), [&](const session::Entry& entry) {
    return entry.sequence > status->opened_at && is_sighting(entry, run, step) && entry.step.label == "green";
  });
  if (!proof.holds) proof.missing = missing(exit, was_seen);
  return proof;
}

std::string session_directory(const std::vector<session::Entry>& entries, const std::string& otherwise) {
  for (const session::Entry& entry : entries)
    if (entry.event == session::Event::start && !entry.directory.empty()) return entry.directory;
  return otherwise;
}

}  // namespace cascade::playbook
