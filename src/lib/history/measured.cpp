#include "history/measured.h"

#include "history/explained.h"
#include "history/line_origins.h"
#include "history/main_line.h"
#include "history/message.h"
#include "text/ascii.h"

#include <algorithm>
#include <string>
#include <unordered_set>

namespace cascade::metrics {
namespace {

std::uint64_t file_key(std::uint32_t path, std::uint32_t content) {
  return (static_cast<std::uint64_t>(path) << 32) | content;
}

// One pass over the commits, parents first.
class Measurer {
 public:
  explicit Measurer(const History& history) : history_(history), kinds_(history.paths.size()) {
    for (std::size_t i = 0; i < kinds_.size(); ++i) kinds_[i] = made_by_path(history.paths[i]);
    measures_.commits.resize(history.commits.size());
  }

  Measures measure() {
    for (std::uint32_t at = 0; at < history_.commits.size(); ++at) {
      measure_message(at);
      measure_patch(at);
      const Commit& commit = history_.commits[at];
      for (std::uint32_t i = 0; i < commit.files; ++i) measure_file(at, history_.files[commit.first_file + i]);
      for (std::uint32_t i = 0; i < commit.files; ++i) note_contents(history_.files[commit.first_file + i]);
    }
    find_standing();
    mark_reviewed_by_merge();
    const std::vector<bool> explained = explained_commits(history_);
    for (std::size_t at = 0; at < explained.size(); ++at) measures_.commits[at].is_explained = explained[at];
    return std::move(measures_);
  }

 private:
  void measure_message(std::uint32_t at) {
    const Commit& commit = history_.commits[at];
    Measured& measured = measures_.commits[at];
    measured.is_bot = is_bot(history_.people[commit.author]);
    measured.is_empty = commit.files == 0 && !commit.is_merge() && !commit.misses_parent && !commit.misses_content;
    measured.formats = speaks_of_formatting(commit.subject);
    measured.reverts_by_message = says_revert(commit);
    const std::uint32_t request = request_of(commit);
    if (request != 0 && requests_.insert(request).second) measured.request = request;
    measured.is_reviewed = !reviewers_of(commit, history_.people[commit.author]).empty();
  }

  // A patch that undoes itself (a change of mode and back) is not a revert of itself.
  void measure_patch(std::uint32_t at) {
    const Commit& commit = history_.commits[at];
    Measured& measured = measures_.commits[at];
    if (commit.patch == 0) return;
    measured.is_twin = commit.whole_patch != 0 && !whole_patches_.insert(commit.whole_patch).second;
    measured.reverts_by_patch = commit.inverse != commit.patch && patches_.count(commit.inverse) != 0;
    patches_.insert(commit.patch);
  }

  Made made_of_lines(const FileChange& file) const {
    const Made made = made_of(file, history_.paths[file.path], kinds_[file.path]);
    if (made != Made::authored) return made;
    if (file.status == 'A' && contents_.count(file.after) != 0) return Made::copied;
    return (file.flags & same_text) != 0 ? Made::reformatted : Made::authored;
  }

  void measure_file(std::uint32_t at, const FileChange& file) {
    Measured& measured = measures_.commits[at];
    measured.added += file.added;
    measured.deleted += file.deleted;
    measured.binaries += (file.flags & binary) != 0 ? 1 : 0;
    const Made made = made_of_lines(file);
    const std::uint32_t moved = made == Made::authored ? file.moved : 0;
    measured.made[static_cast<std::size_t>(Made::moved)] += moved;
    measured.made[static_cast<std::size_t>(made)] += file.added - moved;
    if (file.before != 0 && file.after != 0 && file.before != file.after && !measured.is_twin &&
        places_.count(file_key(file.path, file.after)) != 0)
      ++measured.restored;
    const auto gone = origins_.change(history_, file, made == Made::authored ? at : no_origin);
    for (const OriginRun& run : gone) note_rework(at, run);
  }

  void note_rework(std::uint32_t at, const OriginRun& run) {
    if (run.commit == no_origin || run.commit == at) return;
    const std::int64_t age = history_.commits[at].time - history_.commits[run.commit].time;
    Measured& origin = measures_.commits[run.commit];
    if (age < 0 || age > rework_seconds) return;
    origin.reworked = std::min(origin.reworked + run.lines, origin.authored());  // branches may change the same lines
  }

  void note_contents(const FileChange& file) {
    for (const std::uint32_t content : {file.before, file.after}) {
      if (content == 0) continue;
      contents_.insert(content);
      places_.insert(file_key(file.path, content));
    }
  }

  void find_standing() {
    Standing& standing = measures_.standing;
    standing.by_commit.resize(history_.commits.size());
    for (const auto& [path, content] : history_.tip) {
      const std::vector<OriginRun>* runs = origins_.of(content);
      if (runs == nullptr) continue;
      for (const OriginRun& run : *runs)
        (run.commit == no_origin ? standing.unknown : standing.by_commit[run.commit]) += run.lines;
    }
  }

  // Who merges the commits of another has seen them; whether they were read, history cannot tell.
  void mark_reviewed_by_merge() {
    const std::vector<std::uint32_t> by = brought_by(history_);
    for (std::size_t at = 0; at < by.size(); ++at)
      if (by[at] < by.size() && by[at] != at && history_.commits[by[at]].author != history_.commits[at].author)
        measures_.commits[at].is_reviewed = true;
  }

  const History& history_;
  std::vector<Made> kinds_;  // by path
  Measures measures_;
  LineOrigins origins_;
  std::unordered_set<std::uint32_t> contents_, requests_;
  std::unordered_set<std::uint64_t> places_, patches_, whole_patches_;
};

std::string patch_key(const History& history, const Commit& commit) {
  return std::to_string(commit.patch) + ' ' + std::to_string(commit.author_time) + ' ' +
         history.people[commit.author].mail;
}

}  // namespace

Measures measure(const History& history) { return Measurer(history).measure(); }

void mark_elsewhere(const History& earlier, const Measures& in_earlier, const History& later, Measures& in_later) {
  std::unordered_set<std::string> ids, patches;
  for (std::size_t at = 0; at < earlier.commits.size(); ++at) {
    if (in_earlier.commits[at].is_elsewhere) continue;
    ids.insert(earlier.commits[at].id);
    if (earlier.commits[at].patch != 0) patches.insert(patch_key(earlier, earlier.commits[at]));
  }
  for (std::size_t at = 0; at < later.commits.size(); ++at) {
    const Commit& commit = later.commits[at];
    if (ids.count(commit.id) != 0 || (commit.patch != 0 && patches.count(patch_key(later, commit)) != 0))
      in_later.commits[at].is_elsewhere = true;
  }
}

}  // namespace cascade::metrics
