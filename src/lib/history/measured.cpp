#include "history/history.h"

#include <algorithm>
#include <span>
#include <unordered_set>

#include "explanations/record.h"
#include "text/ascii.h"

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
    measures_.standing.resize(history_.commits.size());
    for (const auto& [path, content] : history_.tip) {
      const std::vector<OriginRun>* runs = origins_.of(content);
      if (runs == nullptr) continue;
      for (const OriginRun& run : *runs)
        if (run.commit != no_origin) measures_.standing[run.commit] += run.lines;
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

bool has_record(const History& history, const Commit& commit) {
  return std::ranges::any_of(std::span(history.files).subspan(commit.first_file, commit.files),
                             [&](const FileChange& file) {
                               return file.status != 'D' && comprehension::is_record_path(history.paths[file.path]);
                             });
}

void append(std::vector<OriginRun>& runs, OriginRun run) {
  if (run.lines == 0) return;
  if (!runs.empty() && runs.back().commit == run.commit)
    runs.back().lines += run.lines;
  else
    runs.push_back(run);
}

// Takes lines from the front of a content's runs; behind its end they are nobody's.
class RunReader {
 public:
  explicit RunReader(const std::vector<OriginRun>* runs) : runs_(runs) {}

  void take(std::uint64_t lines, std::vector<OriginRun>& into) {
    while (lines > 0) {
      if (runs_ == nullptr || at_ == runs_->size()) {
        append(into, {no_origin, static_cast<std::uint32_t>(lines)});
        return;
      }
      const OriginRun& run = (*runs_)[at_];
      const auto taken = static_cast<std::uint32_t>(std::min<std::uint64_t>(lines, run.lines - used_));
      append(into, {run.commit, taken});
      lines -= taken;
      used_ += taken;
      if (used_ == run.lines) {
        ++at_;
        used_ = 0;
      }
    }
  }

  void take_rest(std::vector<OriginRun>& into) {
    for (; runs_ != nullptr && at_ < runs_->size(); ++at_, used_ = 0)
      append(into, {(*runs_)[at_].commit, (*runs_)[at_].lines - used_});
  }

 private:
  const std::vector<OriginRun>* runs_;
  std::size_t at_ = 0;
  std::uint32_t used_ = 0;
};

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

std::vector<bool> explained_commits(const History& history) {
  const std::vector<std::uint32_t> by = brought_by(history);
  std::vector<bool> with_record(history.commits.size()), explained(history.commits.size());
  for (std::size_t at = 0; at < by.size(); ++at)
    if (by[at] < by.size() && has_record(history, history.commits[at])) with_record[by[at]] = true;
  for (std::size_t at = 0; at < by.size(); ++at) explained[at] = by[at] < by.size() && with_record[by[at]];
  return explained;
}

std::vector<std::uint32_t> brought_by(const History& history) {
  constexpr std::uint32_t nobody = 0xffffffff;
  std::vector<std::uint32_t> by(history.commits.size(), nobody), main_line, open;
  for (std::size_t at = 0; at < history.commits.size(); ++at)
    if (history.commits[at].id == history.head) main_line.push_back(static_cast<std::uint32_t>(at));
  while (!main_line.empty() && !history.commits[main_line.back()].parents.empty())
    main_line.push_back(history.commits[main_line.back()].parents.front());
  for (auto step = main_line.rbegin(); step != main_line.rend(); ++step) {
    open.push_back(*step);
    while (!open.empty()) {  // what earlier steps have not reached
      const std::uint32_t at = open.back();
      open.pop_back();
      if (by[at] != nobody) continue;
      by[at] = *step;
      const auto& parents = history.commits[at].parents;
      open.insert(open.end(), parents.begin(), parents.end());
    }
  }
  return by;
}

const std::vector<OriginRun>* LineOrigins::of(std::uint32_t content) const {
  const auto found = contents_.find(content);
  return found == contents_.end() ? nullptr : &found->second;
}

std::vector<OriginRun> LineOrigins::change(const History& history, const FileChange& file, std::uint32_t origin) {
  std::vector<OriginRun> now, gone;
  RunReader before(of(file.before));
  std::uint64_t read = 0;  // lines of the old content
  for (std::uint32_t i = 0; i < file.hunks; ++i) {
    const Hunk& hunk = history.hunks[file.first_hunk + i];
    // Where no line goes away, `old_at` is the line before the new ones.
    const std::uint64_t kept = hunk.old_lines == 0 ? hunk.old_at : std::max<std::uint64_t>(hunk.old_at, 1) - 1;
    if (kept > read) before.take(kept - read, now);
    before.take(hunk.old_lines, gone);
    read = std::max<std::uint64_t>(kept, read) + hunk.old_lines;
    append(now, {origin, hunk.new_lines});
  }
  before.take_rest(now);
  if (file.after != 0 && (file.flags & (binary | lost)) == 0) contents_.emplace(file.after, std::move(now));
  return gone;
}

}  // namespace cascade::metrics
