#include "cascade_git/commit_changes.h"

#include <git2.h>

#include <algorithm>

#include "hash/content_hash.h"
#include "text/ascii.h"
#include "text/lines.h"

namespace cascade::git {
namespace {

constexpr int deepest = 1'000;  // folders in folders; git's own limit is 2,048
constexpr std::uint32_t tree_mode = 0040000;

struct Entry {
  std::string_view name;
  FileSide side;
  bool is_tree() const { return side.mode == tree_mode; }
};

// Reads one entry after the other: "mode name\0id". `ok` false: the bytes are no tree.
class TreeReader {
 public:
  explicit TreeReader(std::string_view bytes) : bytes_(bytes) { advance(); }

  bool at_end() const { return ended_; }
  bool ok() const { return ok_; }
  const Entry& entry() const { return entry_; }

  void advance() {
    if (bytes_.empty()) {
      ended_ = true;
      return;
    }
    const std::size_t space = bytes_.find(' ');
    const std::size_t end = space == std::string_view::npos ? space : bytes_.find('\0', space);
    if (end == std::string_view::npos || bytes_.size() - end - 1 < ObjectId::size) return fail();
    entry_ = {};
    for (const char digit : bytes_.substr(0, space)) {
      if (!letters::is_octal_digit(digit)) return fail();
      entry_.side.mode = entry_.side.mode * 8 + static_cast<std::uint32_t>(digit - '0');
    }
    entry_.name = bytes_.substr(space + 1, end - space - 1);
    if (entry_.name.empty() || entry_.side.mode == 0) return fail();
    entry_.side.id = id_of_bytes(bytes_.substr(end + 1, ObjectId::size));
    bytes_.remove_prefix(end + 1 + ObjectId::size);
  }

 private:
  void fail() {
    ok_ = false;
    ended_ = true;
  }

  std::string_view bytes_;
  Entry entry_;
  bool ok_ = true, ended_ = false;
};

// git sorts a folder as if its name ended with a slash.
int compare_names(const Entry& one, const Entry& other) {
  const std::size_t both = std::min(one.name.size(), other.name.size());
  if (const int order = one.name.substr(0, both).compare(other.name.substr(0, both)); order != 0) return order;
  const auto next = [&](const Entry& entry) {
    if (entry.name.size() > both) return static_cast<unsigned char>(entry.name[both]);
    return static_cast<unsigned char>(entry.is_tree() ? '/' : '\0');
  };
  return static_cast<int>(next(one)) - static_cast<int>(next(other));
}

class Comparison {
 public:
  explicit Comparison(ObjectStore& store) : store_(store) {}

  void compare(const ObjectId& before, const ObjectId& after, const std::string& folder, int depth) {
    const ContentPointer old_tree = tree(before), new_tree = tree(after);
    if (depth > deepest || (!before.is_null() && !old_tree) || (!after.is_null() && !new_tree)) {
      found.lost.push_back(folder);
      return;
    }
    TreeReader left(old_tree ? old_tree->bytes : std::string_view());
    TreeReader right(new_tree ? new_tree->bytes : std::string_view());
    while (!left.at_end() || !right.at_end()) {
      if (found.is_too_large || ++entries_ > most_files_compared) {
        found.is_too_large = true;
        return;
      }
      const int order = left.at_end() ? 1 : right.at_end() ? -1 : compare_names(left.entry(), right.entry());
      const Entry* gone = order <= 0 ? &left.entry() : nullptr;
      const Entry* come = order >= 0 ? &right.entry() : nullptr;
      if (gone == nullptr || come == nullptr || gone->side.id != come->side.id || gone->side.mode != come->side.mode)
        differ(gone, come, folder, depth);
      if (gone != nullptr) left.advance();
      if (come != nullptr) right.advance();
    }
    if (!left.ok() || !right.ok()) found.lost.push_back(folder);
  }

  TreeChanges found;

 private:
  ContentPointer tree(const ObjectId& id) { return id.is_null() ? nullptr : store_.read(id, ObjectKind::tree); }

  void differ(const Entry* gone, const Entry* come, const std::string& folder, int depth) {
    const std::string path = folder + std::string((gone != nullptr ? gone : come)->name);
    const bool old_is_tree = gone != nullptr && gone->is_tree(), new_is_tree = come != nullptr && come->is_tree();
    if (old_is_tree || new_is_tree)
      compare(old_is_tree ? gone->side.id : ObjectId{}, new_is_tree ? come->side.id : ObjectId{}, path + "/",
              depth + 1);
    ChangedPath changed;
    if (gone != nullptr && !old_is_tree) changed.before = gone->side;
    if (come != nullptr && !new_is_tree) changed.after = come->side;
    if (!changed.before.is_there() && !changed.after.is_there()) return;
    changed.path = path;
    found.paths.push_back(std::move(changed));
  }

  ObjectStore& store_;
  std::size_t entries_ = 0;
};

constexpr std::size_t least_run = 3, least_letters = 20, most_candidates = 16, longest_skipped = 64;

LineMark mark_of(std::string_view line, std::string& buffer) {
  LineMark mark;
  buffer.clear();
  for (const char c : line) {
    if (letters::is_space(c)) continue;
    buffer.push_back(c);
    mark.letters += letters::is_letter_or_digit(c) ? 1 : 0;
  }
  mark.hash = std::max<std::uint64_t>(hash::hash64(buffer), 1);
  return mark;
}

void mark_all(std::string_view bytes, std::vector<LineMark>& lines) {
  std::string buffer;
  for (const std::string_view line : letters::lines(bytes)) lines.push_back(mark_of(line, buffer));
}

// Whether white space and line ends aside both are one text. Lines that moved within it make it another.
bool is_same_text(std::string_view one, std::string_view other) {
  const auto next = [](std::string_view text, std::size_t at) {
    while (at < text.size() && letters::is_space(text[at])) ++at;
    return at;
  };
  std::size_t here = next(one, 0), there = next(other, 0);
  while (here < one.size() && there < other.size() && one[here] == other[there]) {
    here = next(one, here + 1);
    there = next(other, there + 1);
  }
  return here == one.size() && there == other.size();
}

struct Reading {
  LineChanges changes;
  std::string buffer;
};

int take_hunk(const git_diff_delta*, const git_diff_hunk* hunk, void* given) {
  LineChanges& changes = static_cast<Reading*>(given)->changes;
  const auto number = [](int value) { return static_cast<std::uint32_t>(value); };
  changes.hunks.push_back(
      {number(hunk->old_start), number(hunk->old_lines), number(hunk->new_start), number(hunk->new_lines)});
  changes.deleted += number(hunk->old_lines);
  changes.added += number(hunk->new_lines);
  changes.deleted_lines.push_back({});
  changes.added_lines.push_back({});
  return 0;
}

int take_line(const git_diff_delta*, const git_diff_hunk*, const git_diff_line* line, void* given) {
  Reading& reading = *static_cast<Reading*>(given);
  if (line->origin != GIT_DIFF_LINE_ADDITION && line->origin != GIT_DIFF_LINE_DELETION) return 0;
  const bool is_new = line->origin == GIT_DIFF_LINE_ADDITION;
  auto& lines = is_new ? reading.changes.added_lines : reading.changes.deleted_lines;
  lines.push_back(mark_of({line->content, line->content_len}, reading.buffer));
  return 0;
}

// libgit2 takes a blob's name for its hash; of bytes it computes one.
int compare(const Content* before, const Content* after, const git_diff_options& options, git_diff_hunk_cb on_hunk,
            git_diff_line_cb on_line, void* given) {
  if ((before == nullptr || before->blob != nullptr) && (after == nullptr || after->blob != nullptr))
    return git_diff_blobs(before == nullptr ? nullptr : before->blob, nullptr, after == nullptr ? nullptr : after->blob,
                          nullptr, &options, nullptr, nullptr, on_hunk, on_line, given);
  const std::string_view old_bytes = before == nullptr ? "" : before->bytes;
  const std::string_view new_bytes = after == nullptr ? "" : after->bytes;
  return git_diff_buffers(old_bytes.data(), old_bytes.size(), nullptr, new_bytes.data(), new_bytes.size(), nullptr,
                          &options, nullptr, nullptr, on_hunk, on_line, given);
}

git_diff_options options_with(std::uint32_t context) {
  git_diff_options options;
  git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
  options.context_lines = context;
  options.flags = GIT_DIFF_FORCE_TEXT | GIT_DIFF_INDENT_HEURISTIC;
  return options;
}

int take_patch_line(const git_diff_delta*, const git_diff_hunk*, const git_diff_line* line, void* given) {
  std::string& text = *static_cast<std::string*>(given);
  if (line->origin != GIT_DIFF_LINE_ADDITION && line->origin != GIT_DIFF_LINE_DELETION &&
      line->origin != GIT_DIFF_LINE_CONTEXT)
    return 0;
  text.push_back(line->origin);
  for (const char c : std::string_view(line->content, line->content_len))
    if (!letters::is_space(c)) text.push_back(c);
  return 0;
}

}  // namespace

TreeChanges compare_trees(ObjectStore& store, const ObjectId& before, const ObjectId& after) {
  Comparison comparison(store);
  if (before != after) comparison.compare(before, after, "", 0);
  return std::move(comparison.found);
}

bool is_binary(std::string_view bytes) {
  constexpr std::size_t looked_at = 8'000;
  return bytes.substr(0, looked_at).find('\0') != std::string_view::npos;
}

LineChanges compare_lines(const Content* before, const Content* after) {
  const bool all_new = before == nullptr || before->bytes.empty(), all_old = after == nullptr || after->bytes.empty();
  Reading reading;
  LineChanges& changes = reading.changes;
  if (!all_new && !all_old) {
    const git_diff_options options = options_with(0);
    compare(before, after, options, take_hunk, take_line, &reading);
    changes.same_text = changes.added + changes.deleted > 0 && is_same_text(before->bytes, after->bytes);
    return std::move(changes);
  }
  if (!all_new) mark_all(before->bytes, changes.deleted_lines);
  if (!all_old) mark_all(after->bytes, changes.added_lines);
  changes.deleted = static_cast<std::uint32_t>(changes.deleted_lines.size());
  changes.added = static_cast<std::uint32_t>(changes.added_lines.size());
  if (changes.deleted + changes.added > 0)
    changes.hunks.push_back(
        {changes.deleted > 0 ? 1U : 0U, changes.deleted, changes.added > 0 ? 1U : 0U, changes.added});
  return std::move(changes);
}

MovedLines::MovedLines(const std::vector<LineMark>& deleted) : deleted_(deleted), taken_(deleted.size()) {
  for (std::uint32_t at = 0; at < deleted.size(); ++at)
    if (deleted[at].hash != 0) places_.emplace_back(deleted[at].hash, at);
  std::ranges::sort(places_);
}

MovedLines::Found MovedLines::longest(const std::vector<LineMark>& added, std::size_t from) const {
  Found best;
  auto place = std::lower_bound(places_.begin(), places_.end(), std::pair(added[from].hash, std::uint32_t{0}));
  for (std::size_t tried = 0; place != places_.end() && place->first == added[from].hash && tried < most_candidates;
       ++place) {
    if (taken_[place->second]) continue;
    ++tried;
    std::size_t lines = 0;
    for (std::size_t at = place->second; from + lines < added.size() && at < deleted_.size(); ++at, ++lines)
      if (taken_[at] || deleted_[at].hash == 0 || deleted_[at].hash != added[from + lines].hash) break;
    if (lines > best.lines) best = {place->second, lines};
  }
  return best;
}

std::uint32_t MovedLines::count(const std::vector<LineMark>& added) {
  std::uint32_t moved = 0;
  for (std::size_t from = 0; from < added.size();) {
    const Found run = added[from].hash == 0 ? Found{} : longest(added, from);
    std::size_t letters = 0;
    for (std::size_t i = 0; i < run.lines; ++i) letters += added[from + i].letters;
    if (run.lines < least_run || letters < least_letters) {
      from += run.lines > longest_skipped ? run.lines : 1;  // a run of brackets must not be tried at each of its lines
      continue;
    }
    std::fill_n(taken_.begin() + static_cast<std::ptrdiff_t>(run.at), run.lines, true);
    moved += static_cast<std::uint32_t>(run.lines);
    from += run.lines;
  }
  return moved;
}

void write_patch(const Content* before, const Content* after, std::string& text) {
  const git_diff_options options = options_with(3);
  compare(before, after, options, nullptr, take_patch_line, &text);
}

}  // namespace cascade::git
