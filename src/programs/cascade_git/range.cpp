#include "cascade_git/range.h"

#include <git2.h>

#include <algorithm>
#include <vector>

#include "cascade_git/hunk_pieces.h"
#include "cascade_git/opened_range.h"
#include "cascade_git/tree_limit.h"
#include "cascade_git/work_tree.h"
#include "hash/content_hash.h"
#include "syntax/json.h"
#include "syntax/members.h"

namespace cascade::git {
namespace {

using syntax::JsonWriter;
using PatchPointer = Held<git_patch, git_patch_free>;

constexpr std::size_t most_range_commits = 10'000, longest_message = 16 << 10, longest_line = 400, most_lines = 300;
constexpr std::size_t most_text = std::size_t{32} << 20;  // of all lines; later hunks come without theirs
constexpr std::size_t renames_compared = 300;
constexpr const char* ai_notes = "refs/notes/ai";  // where git-ai keeps what it knows of a commit

git_diff_options line_options() {
  git_diff_options options;
  git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
  options.context_lines = 0;
  options.interhunk_lines = 0;
  options.flags = GIT_DIFF_INDENT_HEURISTIC | GIT_DIFF_INCLUDE_TYPECHANGE;
  return options;
}

DiffPointer difference_of(git_repository* repository, git_tree* before, git_tree* after) {
  if (is_too_large(repository, before, after)) return nullptr;
  const git_diff_options options = line_options();
  git_diff* made = nullptr;
  return git_diff_tree_to_tree(&made, repository, before, after, &options) == 0 ? DiffPointer(made) : nullptr;
}

DiffPointer difference_to_files(git_repository* repository, git_tree* before) {
  if (is_too_large(repository, nullptr, before)) return nullptr;
  git_diff_options options = line_options();
  options.flags |= GIT_DIFF_INCLUDE_UNTRACKED | GIT_DIFF_RECURSE_UNTRACKED_DIRS | GIT_DIFF_SHOW_UNTRACKED_CONTENT;
  options.ignore_submodules = GIT_SUBMODULE_IGNORE_ALL;
  git_diff* made = nullptr;
  return git_diff_tree_to_workdir_with_index(&made, repository, before, &options) == 0 ? DiffPointer(made) : nullptr;
}

void find_renamed(git_diff* diff) {
  git_diff_find_options options;
  git_diff_find_options_init(&options, GIT_DIFF_FIND_OPTIONS_VERSION);
  options.flags = GIT_DIFF_FIND_RENAMES | GIT_DIFF_FIND_FOR_UNTRACKED;
  options.rename_limit = renames_compared;
  git_diff_find_similar(diff, &options);
}

// Writes lines and counts them.
class RangeLines {
 public:
  explicit RangeLines(const WriteLine& write) : write_(write) {}
  void line(JsonWriter& json) {
    write_(json.take());
    ++lines_;
  }
  void end() {
    JsonWriter json(JsonWriter::Style::compact);
    json.begin_object().key("end").string(std::to_string(lines_)).end_object();
    write_(json.take());
  }
  void commit(git_repository* repository, git_commit* commit);
  void diff(git_diff* diff, bool with_text);

 private:
  void file(const git_diff_delta& delta);
  void hunk(const HunkPiece& piece, bool with_text);
  void fact(std::string_view what, const std::string& before, const std::string& after);
  void texts(JsonWriter& json, std::string_view key, const std::vector<std::string_view>& lines);

  const WriteLine& write_;
  std::size_t lines_ = 0, text_ = 0;
};

std::string note_of(git_repository* repository, const git_oid* id) {
  git_note* note = nullptr;
  if (git_note_read(&note, repository, ai_notes, id) != 0) return {};
  const std::string text = git_note_message(note) == nullptr ? "" : git_note_message(note);
  git_note_free(note);
  return text.substr(0, longest_message);
}

void RangeLines::commit(git_repository* repository, git_commit* commit) {
  const git_oid* id = git_commit_id(commit);
  const git_signature* author = git_commit_author(commit);
  const char* message = git_commit_message(commit);
  const unsigned parents = git_commit_parentcount(commit);
  JsonWriter json(JsonWriter::Style::compact);
  json.begin_object().key("commit").begin_array().string(git_oid_tostr_s(id)).string(std::to_string(parents));
  json.string(author == nullptr ? "" : author->name).string(author == nullptr ? "" : author->email);
  json.string(std::string_view(message == nullptr ? "" : message).substr(0, longest_message));
  json.string(note_of(repository, id)).end_array().key("files").begin_array();
  git_commit* parent = nullptr;
  if (parents == 1 && git_commit_parent(&parent, commit, 0) != 0) parent = nullptr;
  const RangeCommit keep(parent);
  if (parents < 2)
    if (const DiffPointer diff = difference_of(repository, tree_of_commit(parent).get(), tree_of_commit(commit).get()))
      for (std::size_t i = 0; i < git_diff_num_deltas(diff.get()); ++i)
        json.string(git_diff_get_delta(diff.get(), i)->new_file.path);
  json.end_array().end_object();
  line(json);
}

char status_letter(git_delta_t status) {
  switch (status) {
    case GIT_DELTA_ADDED:
    case GIT_DELTA_UNTRACKED:
    case GIT_DELTA_COPIED: return 'A';
    case GIT_DELTA_DELETED: return 'D';
    case GIT_DELTA_RENAMED: return 'R';
    case GIT_DELTA_TYPECHANGE: return 'T';
    default: return 'M';
  }
}

bool changes_mode(const git_diff_delta& delta) {
  return delta.old_file.mode != 0 && delta.new_file.mode != 0 && delta.old_file.mode != delta.new_file.mode;
}

void RangeLines::file(const git_diff_delta& delta) {
  std::string flags;
  if ((delta.flags & GIT_DIFF_FLAG_BINARY) != 0) flags += 'b';
  if (changes_mode(delta)) flags += 'm';
  if (text_ > most_text) flags += 't';
  JsonWriter json(JsonWriter::Style::compact);
  const char* path = delta.status == GIT_DELTA_DELETED ? delta.old_file.path : delta.new_file.path;
  json.begin_object().key("file").begin_array().string(path).string(delta.old_file.path);
  json.string(std::string(1, status_letter(delta.status))).string(flags.empty() ? "-" : flags).end_array().end_object();
  line(json);
}

void RangeLines::texts(JsonWriter& json, std::string_view key, const std::vector<std::string_view>& lines) {
  json.key(key).begin_array();
  for (std::size_t i = 0; i < std::min(lines.size(), most_lines); ++i) {
    std::string_view text = lines[i];
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
    json.string(text.substr(0, longest_line));
    text_ += std::min(text.size(), longest_line);
  }
  json.end_array();
}

void RangeLines::hunk(const HunkPiece& piece, bool with_text) {
  JsonWriter json(JsonWriter::Style::compact);
  json.begin_object().key("hunk").begin_array().string(hash::to_hex(piece.id)).string(hash::to_hex(piece.inverse));
  for (const std::uint64_t number : {std::uint64_t{piece.old_at}, std::uint64_t{piece.removed.size()},
                                     std::uint64_t{piece.new_at}, std::uint64_t{piece.added.size()}})
    json.string(std::to_string(number));
  json.end_array();
  if (with_text && text_ <= most_text) {
    texts(json, "old", piece.removed);
    texts(json, "new", piece.added);
  }
  json.end_object();
  line(json);
}

void RangeLines::fact(std::string_view what, const std::string& before, const std::string& after) {
  HunkPiece piece;
  piece.id = id_of_fact(what, before, after);
  piece.inverse = id_of_fact(what, after, before);
  hunk(piece, false);
}

HunkPiece hunk_of(git_patch* patch, std::size_t index) {
  HunkPiece hunk;
  const git_diff_hunk* head = nullptr;
  std::size_t lines = 0;
  if (git_patch_get_hunk(&head, &lines, patch, index) != 0) return hunk;
  hunk.old_at = static_cast<std::uint32_t>(head->old_start);
  hunk.new_at = static_cast<std::uint32_t>(head->new_start);
  for (std::size_t i = 0; i < lines; ++i) {
    const git_diff_line* line = nullptr;
    if (git_patch_get_line_in_hunk(&line, patch, index, i) != 0) continue;
    if (line->origin == GIT_DIFF_LINE_ADDITION) hunk.added.emplace_back(line->content, line->content_len);
    if (line->origin == GIT_DIFF_LINE_DELETION) hunk.removed.emplace_back(line->content, line->content_len);
  }
  return hunk;
}

void RangeLines::diff(git_diff* diff, bool with_text) {
  find_renamed(diff);
  for (std::size_t i = 0; i < git_diff_num_deltas(diff); ++i) {
    git_patch* made = nullptr;
    if (git_patch_from_diff(&made, diff, i) != 0) made = nullptr;
    const PatchPointer patch(made);
    const git_diff_delta& delta = *(made == nullptr ? git_diff_get_delta(diff, i) : git_patch_get_delta(made));
    file(delta);
    std::vector<HunkPiece> pieces;
    for (std::size_t at = 0; made != nullptr && at < git_patch_num_hunks(made); ++at)
      add_pieces(hunk_of(made, at), pieces);
    for (const HunkPiece& piece : pieces) hunk(piece, with_text);
    const std::string before = git_oid_tostr_s(&delta.old_file.id), after = git_oid_tostr_s(&delta.new_file.id);
    if (pieces.empty() && before != after) fact("content", before, after);
    if (changes_mode(delta)) fact("mode", std::to_string(delta.old_file.mode), std::to_string(delta.new_file.mode));
  }
}

// Every commit of `head` that `base` does not have, newest first.
void write_range_commits(git_repository* repository, git_commit* base, git_commit* head, RangeLines& lines) {
  git_revwalk* walk = nullptr;
  if (git_revwalk_new(&walk, repository) != 0) return;
  const Held<git_revwalk, git_revwalk_free> keep(walk);
  git_revwalk_sorting(walk, GIT_SORT_TOPOLOGICAL | GIT_SORT_TIME);
  if (git_revwalk_push(walk, git_commit_id(head)) != 0) return;
  if (base != nullptr && git_revwalk_hide(walk, git_commit_id(base)) != 0) return;
  git_oid id;
  for (std::size_t count = 0; count < most_range_commits && git_revwalk_next(&id, walk) == 0; ++count) {
    git_commit* commit = nullptr;
    if (git_commit_lookup(&commit, repository, &id) != 0) continue;
    lines.commit(repository, commit);
    git_commit_free(commit);
  }
}

// Where `head` branched off from `from`. Null: they have nothing in common.
RangeCommit merge_base(git_repository* repository, git_commit* from, git_commit* head) {
  git_oid id;
  git_commit* found = nullptr;
  if (git_merge_base(&id, repository, git_commit_id(from), git_commit_id(head)) != 0) return nullptr;
  if (git_commit_lookup(&found, repository, &id) != 0) return nullptr;
  return RangeCommit(found);
}

}  // namespace

void write_range(const syntax::Node& question, const WriteLine& write) {
  const RangeRepository repository = open_for_range(question, write);
  if (!repository) return;
  const std::string from = syntax::text_of(question, "from"), to = syntax::text_of(question, "to");
  const RangeCommit head = commit_named(repository.get(), to == "-" ? "HEAD" : to);
  const RangeCommit begin = from.empty() ? nullptr : commit_named(repository.get(), from);
  if (!head || (!from.empty() && !begin)) return write_range_error(head ? "from" : "to", write);
  const RangeCommit base = begin ? merge_base(repository.get(), begin.get(), head.get()) : nullptr;
  if (begin && !base) return write_range_error("unrelated", write);
  const RangeTree before = tree_of_commit(base.get()), after = tree_of_commit(head.get());
  if (is_too_large(repository.get(), before.get(), after.get())) return write_range_error("large", write);
  RangeLines lines(write);
  const char* top = git_repository_workdir(repository.get());
  JsonWriter json(JsonWriter::Style::compact);
  json.begin_object().key("range").begin_array().string(base ? git_oid_tostr_s(git_commit_id(base.get())) : "");
  json.string(git_oid_tostr_s(git_commit_id(head.get()))).end_array();
  json.key("top").string(top == nullptr ? "" : top).end_object();
  lines.line(json);
  write_range_commits(repository.get(), begin.get(), head.get(), lines);
  const DiffPointer diff = to == "-" ? difference_to_files(repository.get(), before.get())
                                     : difference_of(repository.get(), before.get(), after.get());
  if (!diff) return write_range_error("broken", write);
  lines.diff(diff.get(), true);
  lines.end();
}

void write_hunks_of(const syntax::Node& question, const WriteLine& write) {
  const RangeRepository repository = open_for_range(question, write);
  if (!repository) return;
  const RangeCommit commit = commit_named(repository.get(), syntax::text_of(question, "revision"));
  if (!commit) return write_range_error("revision", write);
  git_commit* parent = nullptr;
  if (git_commit_parentcount(commit.get()) > 0 && git_commit_parent(&parent, commit.get(), 0) != 0) parent = nullptr;
  const RangeCommit keep(parent);
  RangeLines lines(write);
  if (const DiffPointer diff =
          difference_of(repository.get(), tree_of_commit(parent).get(), tree_of_commit(commit.get()).get()))
    lines.diff(diff.get(), false);
  lines.end();
}

}  // namespace cascade::git
