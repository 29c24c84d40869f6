#include "history/line_origins.h"

#include <algorithm>
#include <utility>

namespace cascade::metrics {
namespace {

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
