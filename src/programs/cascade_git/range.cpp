#include "cascade_git/range.h"

#include <git2.h>

#include <algorithm>
#include <cstdlib>

#include "cascade_git/commit_changes.h"
#include "cascade_git/open_repository.h"
#include "hash/content_hash.h"
#include "syntax/put.h"
#include "text/ascii.h"
#include "text/words.h"

namespace cascade::git {
namespace {

using syntax::JsonWriter;

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
  return made_by<DiffPointer>(git_diff_tree_to_tree, repository, before, after, &options);
}

DiffPointer difference_to_parent(git_repository* repository, git_commit* commit) {
  const RangeTree before = tree_of_commit(parent_of(commit).get()), after = tree_of_commit(commit);
  return difference_of(repository, before.get(), after.get());
}

DiffPointer difference_to_files(git_repository* repository, git_tree* before) {
  if (is_too_large(repository, nullptr, before)) return nullptr;
  git_diff_options options = line_options();
  options.flags |= GIT_DIFF_INCLUDE_UNTRACKED | GIT_DIFF_RECURSE_UNTRACKED_DIRS | GIT_DIFF_SHOW_UNTRACKED_CONTENT;
  options.ignore_submodules = GIT_SUBMODULE_IGNORE_ALL;
  return made_by<DiffPointer>(git_diff_tree_to_workdir_with_index, repository, before, &options);
}

// `limit` 0: libgit2's own.
void find_renamed(git_diff* diff, std::size_t limit) {
  git_diff_find_options options;
  git_diff_find_options_init(&options, GIT_DIFF_FIND_OPTIONS_VERSION);
  options.flags = GIT_DIFF_FIND_RENAMES | GIT_DIFF_FIND_FOR_UNTRACKED;
  options.rename_limit = limit;
  git_diff_find_similar(diff, &options);
}

std::string note_of(git_repository* repository, const git_oid* id) {
  const auto note = made_by<Held<git_note, git_note_free>>(git_note_read, repository, ai_notes, id);
  const char* message = note ? git_note_message(note.get()) : nullptr;
  return std::string(std::string_view(message == nullptr ? "" : message).substr(0, longest_message));
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

// Writes lines and counts them.
class RangeLines {
 public:
  explicit RangeLines(const WriteLine& write) : write_(write) {}
  void line(JsonWriter& json) {
    write_(json.take());
    ++lines_;
  }
  void end() { write_end(lines_, write_); }

  void commit(git_repository* repository, git_commit* commit) {
    const git_oid* id = git_commit_id(commit);
    const git_signature* author = git_commit_author(commit);
    const char* message = git_commit_message(commit);
    const unsigned parents = git_commit_parentcount(commit);
    JsonWriter json(JsonWriter::Style::compact);
    json.begin_object().key("commit").begin_array().string(git_oid_tostr_s(id)).string(std::to_string(parents));
    json.string(author == nullptr ? "" : author->name).string(author == nullptr ? "" : author->email);
    json.string(std::string_view(message == nullptr ? "" : message).substr(0, longest_message));
    json.string(note_of(repository, id)).end_array().key("files").begin_array();
    if (parents < 2)
      if (const DiffPointer diff = difference_to_parent(repository, commit))
        for (std::size_t i = 0; i < git_diff_num_deltas(diff.get()); ++i)
          json.string(git_diff_get_delta(diff.get(), i)->new_file.path);
    json.end_array().end_object();
    line(json);
  }

  void diff(git_diff* diff, bool with_text) {
    find_renamed(diff, renames_compared);
    for (std::size_t i = 0; i < git_diff_num_deltas(diff); ++i) {
      const auto patch = made_by<Held<git_patch, git_patch_free>>(git_patch_from_diff, diff, i);
      const git_diff_delta& delta = *(patch ? git_patch_get_delta(patch.get()) : git_diff_get_delta(diff, i));
      file(delta);
      std::vector<HunkPiece> pieces;
      for (std::size_t at = 0; patch && at < git_patch_num_hunks(patch.get()); ++at)
        add_pieces(hunk_of(patch.get(), at), pieces);
      for (const HunkPiece& piece : pieces) hunk(piece, with_text);
      const std::string before = git_oid_tostr_s(&delta.old_file.id), after = git_oid_tostr_s(&delta.new_file.id);
      if (pieces.empty() && before != after) fact("content", before, after);
      if (changes_mode(delta)) fact("mode", std::to_string(delta.old_file.mode), std::to_string(delta.new_file.mode));
    }
  }

 private:
  void file(const git_diff_delta& delta) {
    JsonWriter json(JsonWriter::Style::compact);
    const char* path = delta.status == GIT_DELTA_DELETED ? delta.old_file.path : delta.new_file.path;
    json.begin_object().key("file").begin_array().string(path).string(delta.old_file.path);
    json.string(std::string(1, status_letter(delta.status))).end_array().end_object();
    line(json);
  }

  void hunk(const HunkPiece& piece, bool with_text) {
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

  void fact(std::string_view what, const std::string& before, const std::string& after) {
    HunkPiece piece;
    piece.id = id_of_fact(what, before, after);
    piece.inverse = id_of_fact(what, after, before);
    hunk(piece, false);
  }

  void texts(JsonWriter& json, std::string_view key, const std::vector<std::string_view>& lines) {
    json.key(key).begin_array();
    for (std::size_t i = 0; i < std::min(lines.size(), most_lines); ++i) {
      std::string_view text = lines[i];
      while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
      json.string(text.substr(0, longest_line));
      text_ += std::min(text.size(), longest_line);
    }
    json.end_array();
  }

  const WriteLine& write_;
  std::size_t lines_ = 0, text_ = 0;
};

// Every commit of `head` that `base` does not have, newest first.
void write_range_commits(git_repository* repository, git_commit* base, git_commit* head, RangeLines& lines) {
  const auto walk = made_by<Held<git_revwalk, git_revwalk_free>>(git_revwalk_new, repository);
  if (!walk) return;
  git_revwalk_sorting(walk.get(), GIT_SORT_TOPOLOGICAL | GIT_SORT_TIME);
  if (git_revwalk_push(walk.get(), git_commit_id(head)) != 0) return;
  if (base != nullptr && git_revwalk_hide(walk.get(), git_commit_id(base)) != 0) return;
  git_oid id;
  for (std::size_t count = 0; count < most_range_commits && git_revwalk_next(&id, walk.get()) == 0; ++count)
    if (const auto commit = made_by<RangeCommit>(git_commit_lookup, repository, &id))
      lines.commit(repository, commit.get());
}

// Where `head` branched off from `from`. Null: they have nothing in common.
RangeCommit merge_base(git_repository* repository, git_commit* from, git_commit* head) {
  git_oid id;
  if (git_merge_base(&id, repository, git_commit_id(from), git_commit_id(head)) != 0) return nullptr;
  return made_by<RangeCommit>(git_commit_lookup, repository, &id);
}

// Writes the files of a tree that a pattern matches, but for binary and large ones.
struct TreeWalk {
  git_repository* repository;
  std::vector<std::string> patterns;
  const WriteLine& write;
  std::size_t files = 0, lines = 0;
};

int write_entry(const char* folder, const git_tree_entry* entry, void* given) {
  constexpr std::size_t largest = 1 << 20, most_files = 200'000;
  TreeWalk& walk = *static_cast<TreeWalk*>(given);
  if (git_tree_entry_type(entry) != GIT_OBJECT_BLOB || git_tree_entry_filemode(entry) == GIT_FILEMODE_LINK) return 0;
  if (++walk.files > most_files) return -1;
  const std::string path = std::string(folder) + git_tree_entry_name(entry);
  const auto fits = [&](const std::string& pattern) { return letters::matches_wildcard(pattern, path); };
  if (std::ranges::none_of(walk.patterns, fits)) return 0;
  const auto blob = made_by<Held<git_blob, git_blob_free>>(git_blob_lookup, walk.repository, git_tree_entry_id(entry));
  if (!blob) return 0;
  const std::string_view bytes(static_cast<const char*>(git_blob_rawcontent(blob.get())),
                               static_cast<std::size_t>(git_blob_rawsize(blob.get())));
  if (bytes.size() > largest || is_binary(bytes)) return 0;
  JsonWriter json(JsonWriter::Style::compact);
  json.begin_object().key("file").begin_array().string(path).string(bytes).end_array().end_object();
  walk.write(json.take());
  ++walk.lines;
  return 0;
}

constexpr std::size_t longest_whole = 24;  // lines of a block that is never cut
constexpr std::size_t longest_part = 120;  // lines after which it is cut wherever it is
constexpr std::uint64_t one_in = 3;        // so many beginnings of paragraphs are a cut

using Lines = std::vector<std::string_view>;
using Hashes = std::vector<std::uint64_t>;

// Where the smallest rotation begins: two pointers, each of which skips what the other has beaten. Linear.
std::size_t smallest_rotation(const Hashes& hashes) {
  const std::size_t size = hashes.size();
  std::size_t first = 0, second = 1, same = 0;
  while (first < size && second < size && same < size) {
    const std::uint64_t a = hashes[(first + same) % size], b = hashes[(second + same) % size];
    if (a == b) {
      ++same;
      continue;
    }
    (a > b ? first : second) += same + 1;
    if (first == second) ++second;
    same = 0;
  }
  return std::min(first, second);
}

Hashes hashes_of(const Lines& lines) {
  Hashes hashes;
  hashes.reserve(lines.size());
  for (const std::string_view line : lines) hashes.push_back(hash::hash64(line));
  return hashes;
}

void add_hash(std::string& text, std::uint64_t number) {
  text.append(reinterpret_cast<const char*>(&number), sizeof number);
}

std::uint64_t id_of_lines(const Hashes& removed, const Hashes& added, bool may_slide) {
  std::string text;
  text.reserve((removed.size() + added.size() + 2) * sizeof(std::uint64_t));
  for (const Hashes* side : {&removed, &added}) {
    add_hash(text, side->size());
    const std::size_t begin = may_slide && side->size() > 1 ? smallest_rotation(*side) : 0;
    for (std::size_t i = 0; i < side->size(); ++i) add_hash(text, (*side)[(begin + i) % side->size()]);
  }
  return std::max<std::uint64_t>(hash::hash64(text), 1);
}

void identify(HunkPiece& piece, bool may_slide) {
  const Hashes removed = hashes_of(piece.removed), added = hashes_of(piece.added);
  piece.id = id_of_lines(removed, added, may_slide);
  piece.inverse = id_of_lines(added, removed, may_slide);
}

bool is_blank_line(std::string_view line) { return letters::trim(line).empty(); }

// A paragraph that begins at the margin, chosen by its first line alone.
bool is_cut(const Lines& lines, std::size_t at) {
  if (at == 0 || !is_blank_line(lines[at - 1]) || is_blank_line(lines[at])) return false;
  const char first = lines[at].front();
  if (letters::is_blank(first) || first == '}' || first == ')') return false;
  return hash::hash64(lines[at]) % one_in == 0;
}

// The work tree is compared with the tree of the revision, renames included; new files that git does not ignore count
// as added. A renamed file is two entries, the old path that is gone and the new one with `from`, because the reader
// takes the change back path by path. Blobs come filtered as git would check them out, a mebibyte an answer.

using ObjectPointer = Held<git_object, git_object_free>;

constexpr std::size_t most_changes = 12'000;  // a line of an answer is limited to 4 MiB
constexpr std::size_t piece = std::size_t{1} << 20;

// Returns the object of a revision; with "..." after it, the commit where HEAD branched off.
ObjectPointer object_named(git_repository* repository, std::string revision) {
  constexpr std::string_view dots = "...";
  if (revision.size() <= dots.size() || !revision.ends_with(dots))
    return made_by<ObjectPointer>(git_revparse_single, repository, revision.c_str());
  revision.resize(revision.size() - dots.size());
  const RangeCommit commit = commit_named(repository, revision), head = commit_named(repository, "HEAD");
  if (!commit || !head) return nullptr;
  return ObjectPointer(reinterpret_cast<git_object*>(merge_base(repository, commit.get(), head.get()).release()));
}

bool is_file(const git_diff_file& file) {
  return file.mode == GIT_FILEMODE_BLOB || file.mode == GIT_FILEMODE_BLOB_EXECUTABLE;
}

void write_file(JsonWriter& json, const char* path, const git_diff_file* before, const char* from) {
  put(json.begin_object(), "path", path);
  if (before != nullptr)
    put(json, "id", git_oid_tostr_s(&before->id), "executable", before->mode == GIT_FILEMODE_BLOB_EXECUTABLE);
  if (from != nullptr) put(json, "from", from);
  json.end_object();
}

void write_delta(JsonWriter& json, const git_diff_delta& delta) {
  const bool was_there = delta.status != GIT_DELTA_ADDED && delta.status != GIT_DELTA_UNTRACKED;
  const git_diff_file* before = was_there && is_file(delta.old_file) ? &delta.old_file : nullptr;
  if (delta.status != GIT_DELTA_RENAMED) return write_file(json, delta.new_file.path, before, nullptr);
  write_file(json, delta.old_file.path, before, nullptr);
  write_file(json, delta.new_file.path, nullptr, delta.old_file.path);
}

// libgit2 compares a commit with the index by reading every folder's tree; each loose one costs five system calls. git
// itself records in the index which tree it matches: after a commit or checkout, the commit's. If that is the tree
// asked for, nothing is staged, and no tree needs to be read.

// libgit2 cannot report an index's tree, but it can "write" it, which is only a look-up if the index has it recorded.
// Otherwise it would create trees, which fails because this repository has nowhere to write.
std::optional<git_oid> tree_of(git_index* index) {
  const auto nowhere = made_by<Held<git_odb, git_odb_free>>(git_odb_new);
  if (!nowhere) return std::nullopt;
  const auto repository = made_by<RangeRepository>(git_repository_wrap_odb, nowhere.get());
  git_oid id;
  if (!repository || git_index_write_tree_to(&id, index, repository.get()) != 0) return std::nullopt;
  return id;
}

// Null: something may be staged that differs from `tree`.
DiffPointer unstaged(git_repository* repository, git_tree* tree, const git_diff_options& options) {
  if (tree == nullptr) return nullptr;
  const auto index = made_by<Held<git_index, git_index_free>>(git_repository_index, repository);
  const auto indexed = index ? tree_of(index.get()) : std::nullopt;
  if (!indexed || git_oid_equal(&*indexed, git_tree_id(tree)) == 0) return nullptr;
  return made_by<DiffPointer>(git_diff_index_to_workdir, repository, index.get(), &options);
}

ObjectId id_of(const git_tree* tree) {
  if (tree == nullptr) return {};
  const git_oid* id = git_tree_id(tree);
  return id_of_bytes({reinterpret_cast<const char*>(id->id), sizeof id->id});
}

}  // namespace

void write_range(const syntax::Node& question, const WriteLine& write) {
  const RangeRepository repository = open_for_range(question, write);
  if (!repository) return;
  const std::string from = syntax::text_of(question, "from"), to = syntax::text_of(question, "to");
  const RangeCommit head = commit_named(repository.get(), to == "-" ? "HEAD" : to);
  const RangeCommit begin = from.empty() ? nullptr : commit_named(repository.get(), from);
  if (!head || (!from.empty() && !begin)) return write_error(head ? "from" : "to", write);
  const RangeCommit base = begin ? merge_base(repository.get(), begin.get(), head.get()) : nullptr;
  if (begin && !base) return write_error("unrelated", write);
  const RangeTree before = tree_of_commit(base.get()), after = tree_of_commit(head.get());
  if (is_too_large(repository.get(), before.get(), after.get())) return write_error("large", write);
  RangeLines lines(write);
  const char* top = git_repository_workdir(repository.get());
  JsonWriter json(JsonWriter::Style::compact);
  json.begin_object().key("range").begin_array().string(base ? git_oid_tostr_s(git_commit_id(base.get())) : "");
  json.string(git_oid_tostr_s(git_commit_id(head.get()))).end_array();
  put(json, "top", top == nullptr ? "" : top).end_object();
  lines.line(json);
  write_range_commits(repository.get(), begin.get(), head.get(), lines);
  const DiffPointer diff = to == "-" ? difference_to_files(repository.get(), before.get())
                                     : difference_of(repository.get(), before.get(), after.get());
  if (!diff) return write_error("broken", write);
  lines.diff(diff.get(), true);
  lines.end();
}

void write_tree(const syntax::Node& question, const WriteLine& write) {
  const RangeRepository repository = open_for_range(question, write);
  if (!repository) return;
  const std::string revision = syntax::text_of(question, "revision");
  const RangeCommit commit = commit_named(repository.get(), revision == "-" ? "HEAD" : revision);
  const RangeTree tree = tree_of_commit(commit.get());
  if (!tree) return write_error("revision", write);
  TreeWalk walk{repository.get(), syntax::texts_of(question, "patterns"), write};
  git_tree_walk(tree.get(), GIT_TREEWALK_PRE, write_entry, &walk);
  write_end(walk.lines, write);
}

void write_hunks_of(const syntax::Node& question, const WriteLine& write) {
  const RangeRepository repository = open_for_range(question, write);
  if (!repository) return;
  const RangeCommit commit = commit_named(repository.get(), syntax::text_of(question, "revision"));
  if (!commit) return write_error("revision", write);
  RangeLines lines(write);
  if (const DiffPointer diff = difference_to_parent(repository.get(), commit.get())) lines.diff(diff.get(), false);
  lines.end();
}

// Writes the files of one commit into an empty folder. libgit2 starts no filter, hook or other program for it, whatever
// the repository and its attributes say.
void write_export(const syntax::Node& question, const WriteLine& write) {
  const RangeRepository repository = open_for_range(question, write);
  if (!repository) return;
  const RangeCommit commit = commit_named(repository.get(), syntax::text_of(question, "revision"));
  const RangeTree tree = tree_of_commit(commit.get());
  const std::string into = syntax::text_of(question, "into");
  if (!tree || into.empty()) return write_error("revision", write);
  git_checkout_options options;
  git_checkout_options_init(&options, GIT_CHECKOUT_OPTIONS_VERSION);
  options.checkout_strategy = GIT_CHECKOUT_FORCE | GIT_CHECKOUT_DONT_UPDATE_INDEX | GIT_CHECKOUT_DISABLE_PATHSPEC_MATCH;
  options.target_directory = into.c_str();
  if (git_checkout_tree(repository.get(), reinterpret_cast<const git_object*>(tree.get()), &options) != 0)
    return write_error("broken", write);
  write_end(0, write);
}

void add_pieces(const HunkPiece& hunk, std::vector<HunkPiece>& pieces) {
  const bool one_sided = hunk.removed.empty() || hunk.added.empty();
  const Lines& lines = hunk.added.empty() ? hunk.removed : hunk.added;
  if (!one_sided || lines.size() <= longest_whole) {
    identify(pieces.emplace_back(hunk), one_sided);
    return;
  }
  for (std::size_t begin = 0; begin < lines.size();) {
    std::size_t end = begin + 1;
    while (end < lines.size() && end - begin < longest_part && !is_cut(lines, end)) ++end;
    HunkPiece& piece = pieces.emplace_back();
    const bool adds = hunk.removed.empty();
    const auto offset = static_cast<std::uint32_t>(begin);
    piece.old_at = hunk.old_at + (adds ? 0 : offset);
    piece.new_at = hunk.new_at + (adds ? offset : 0);
    (adds ? piece.added : piece.removed)
        .assign(lines.begin() + static_cast<std::ptrdiff_t>(begin), lines.begin() + static_cast<std::ptrdiff_t>(end));
    identify(piece, false);
    begin = end;
  }
}

std::uint64_t id_of_fact(std::string_view what, std::string_view before, std::string_view after) {
  const std::string text = std::string(what) + '\0' + std::string(before) + '\0' + std::string(after);
  return std::max<std::uint64_t>(hash::hash64(text), 1);
}

void write_changes(JsonWriter& json, git_repository* repository, const std::string& work_tree,
                   const std::string& revision) {
  const ObjectPointer object = object_named(repository, revision);
  const auto tree = object ? made_by<ObjectPointer>(git_object_peel, object.get(), GIT_OBJECT_TREE) : nullptr;
  if (!tree) return write_error(json, "revision");
  const DiffPointer diff =
      difference_to_work_tree(repository, reinterpret_cast<git_tree*>(tree.get()), GIT_DIFF_INCLUDE_TYPECHANGE);
  if (diff) find_renamed(diff.get(), 0);
  if (!diff || work_tree.empty()) return write_error(json, "broken");
  const std::size_t count = git_diff_num_deltas(diff.get());
  if (count > most_changes) return write_error(json, "many");
  put(json, "work_tree", work_tree).key("files").begin_array();
  for (std::size_t i = 0; i < count; ++i) {
    const git_diff_delta* delta = git_diff_get_delta(diff.get(), i);
    if (delta != nullptr && delta->status != GIT_DELTA_UNMODIFIED) write_delta(json, *delta);
  }
  json.end_array();
}

void write_blob(JsonWriter& json, git_repository* repository, const std::string& id, const std::string& path,
                const std::string& from) {
  git_oid oid;
  if (git_oid_fromstr(&oid, id.c_str()) != 0) return write_error(json, "broken");
  const auto blob = made_by<Held<git_blob, git_blob_free>>(git_blob_lookup, repository, &oid);
  if (!blob) return write_error(json, "broken");
  git_blob_filter_options options;
  git_blob_filter_options_init(&options, GIT_BLOB_FILTER_OPTIONS_VERSION);
  git_buf filtered = {nullptr, 0, 0};
  const bool good = git_blob_filter(&filtered, blob.get(), path.c_str(), &options) == 0;
  const std::string_view text = good ? std::string_view(filtered.ptr, filtered.size)
                                     : std::string_view(static_cast<const char*>(git_blob_rawcontent(blob.get())),
                                                        static_cast<std::size_t>(git_blob_rawsize(blob.get())));
  const std::size_t begin = std::min<std::size_t>(std::strtoull(from.c_str(), nullptr, 10), text.size());
  put(json, "size", text.size(), "hex", letters::bytes_to_hex(text.substr(begin, piece)));
  git_buf_dispose(&filtered);
}

void free_difference(git_diff* diff) { git_diff_free(diff); }

DiffPointer difference_to_work_tree(git_repository* repository, git_tree* tree, std::uint32_t more) {
  git_diff_options options;
  git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
  options.flags = GIT_DIFF_INCLUDE_UNTRACKED | GIT_DIFF_RECURSE_UNTRACKED_DIRS | GIT_DIFF_SKIP_BINARY_CHECK | more;
  options.ignore_submodules = GIT_SUBMODULE_IGNORE_ALL;
  if (DiffPointer diff = unstaged(repository, tree, options)) return diff;
  if (is_too_large(repository, nullptr, tree)) return nullptr;
  return made_by<DiffPointer>(git_diff_tree_to_workdir_with_index, repository, tree, &options);
}

bool is_too_large(git_repository* repository, const git_tree* before, const git_tree* after) {
  const std::unique_ptr<ObjectStore> store = cached(view_library(repository), std::size_t{16} << 20);
  return compare_trees(*store, id_of(before), id_of(after)).is_too_large;
}

}  // namespace cascade::git
