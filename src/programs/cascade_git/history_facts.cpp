// Two threads compare trees and contents, each with its own view of the repository; this one puts the results in order.
// Comparing is nine tenths of the work, and every commit can be compared without the others.
#include "cascade_git/history_facts.h"

#include <git2.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "cascade_git/range.h"
#include "hash/content_hash.h"
#include "syntax/put.h"
#include "text/ascii.h"
#include "text/lines.h"

namespace cascade::git {
namespace {

constexpr std::size_t threads = 2;
// Long pieces: what a thread has read it needs again soon, and the other thread would have to read it, too.
constexpr std::size_t shortest_piece = 128, longest_piece = 16'384, pieces_wanted = 8;
constexpr std::size_t cached_bytes = std::size_t{96} << 20;  // by each thread

// The files .gitattributes of the head, those of deeper folders last.
Attributes attributes_of(ObjectStore& store, const TreeChanges& tip) {
  constexpr std::string_view name = ".gitattributes";
  constexpr std::size_t largest = 1 << 20;
  std::vector<const ChangedPath*> files;
  for (const ChangedPath& file : tip.paths) {
    const std::size_t at = file.path.rfind('/') + 1;
    if (std::string_view(file.path).substr(at) == name && !file.after.is_link() && !file.after.is_module())
      files.push_back(&file);
  }
  std::ranges::stable_sort(files, [](const ChangedPath* a, const ChangedPath* b) {
    return std::ranges::count(a->path, '/') < std::ranges::count(b->path, '/');
  });
  Attributes attributes;
  for (const ChangedPath* file : files)
    if (const ContentPointer content = store.read(file->after.id, ObjectKind::blob))
      attributes.add(file->path.substr(0, file->path.size() - name.size()), content->bytes.substr(0, largest));
  return attributes;
}

// People as the head's .mailmap names them, numbered as they appear.
class People {
 public:
  People(ObjectStore& store, const TreeChanges& tip) {
    for (const ChangedPath& file : tip.paths) {
      if (file.path != ".mailmap" || file.after.is_link()) continue;
      if (const ContentPointer content = store.read(file.after.id, ObjectKind::blob))
        mailmap_ = made_by<Mailmap>(git_mailmap_from_buffer, content->bytes.data(), content->bytes.size());
    }
  }

  std::uint32_t number(const Signature& who) {
    const char *name = who.name.c_str(), *mail = who.mail.c_str();
    if (mailmap_) git_mailmap_resolve(&name, &mail, mailmap_.get(), who.name.c_str(), who.mail.c_str());
    const auto [known, is_new] = numbers_.emplace(std::pair(std::string(name), std::string(mail)), numbers_.size());
    if (is_new) names_and_mails.insert(names_and_mails.end(), {name, mail});
    return static_cast<std::uint32_t>(known->second);
  }

  std::vector<std::string> names_and_mails;

 private:
  using Mailmap = Held<git_mailmap, git_mailmap_free>;
  Mailmap mailmap_;
  std::map<std::pair<std::string, std::string>, std::size_t> numbers_;
};

// Commits whose changed lines occur more than once, with the patch's hash that tells whether the context agrees.
std::vector<std::pair<std::uint32_t, std::uint64_t>> patches_of(ChangeReader& reader,
                                                                const std::vector<WalkedCommit>& commits,
                                                                const std::vector<std::uint64_t>& patches) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> sorted;
  for (std::uint32_t at = 0; at < patches.size(); ++at)
    if (patches[at] != 0) sorted.emplace_back(patches[at], at);
  std::ranges::sort(sorted);
  std::vector<std::pair<std::uint32_t, std::uint64_t>> found;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const bool again = (i > 0 && sorted[i - 1].first == sorted[i].first) ||
                       (i + 1 < sorted.size() && sorted[i + 1].first == sorted[i].first);
    if (again) found.emplace_back(sorted[i].second, reader.patch_id(commits[sorted[i].second]));
  }
  std::ranges::sort(found);
  return found;
}

struct Surroundings {
  std::vector<WalkedCommit> commits;
  TreeChanges tip;
  Attributes attributes;
};

// What is asked about when all commits are known.
struct Open {
  std::vector<std::uint64_t> patches;  // of each commit
  std::vector<RenameCandidate> candidates;
  std::string too_large;  // the first commit that changes too many files; nothing behind it was written
};

Open write_commits(const RepositoryState& state, const Surroundings& around, People& people, FactLines& lines) {
  std::vector<std::unique_ptr<ObjectStore>> stores;
  std::vector<ChangeReader> readers;
  for (std::size_t i = 0; i < threads; ++i) {
    stores.push_back(cached(open_library(state.git_dir), cached_bytes));
    readers.emplace_back(*stores.back(), around.commits, around.attributes);
  }
  Open open;
  const std::size_t commits_a_piece = std::clamp(around.commits.size() / pieces_wanted, shortest_piece, longest_piece);
  const std::size_t pieces = (around.commits.size() + commits_a_piece - 1) / commits_a_piece;
  make_in_order<std::vector<CommitChanges>>(
      threads, pieces,
      [&](std::size_t thread, std::size_t piece) {
        std::vector<CommitChanges> changes;
        const std::size_t first = piece * commits_a_piece;
        for (std::size_t at = first; at < std::min(first + commits_a_piece, around.commits.size()); ++at)
          changes.push_back(readers[thread].changes_of(around.commits[at]));
        return changes;
      },
      [&](std::size_t piece, std::vector<CommitChanges> changes) {
        for (std::size_t i = 0; i < changes.size(); ++i) {
          const WalkedCommit& commit = around.commits[piece * commits_a_piece + i];
          if (changes[i].is_too_large && open.too_large.empty()) open.too_large = commit.id.hex();
          if (!open.too_large.empty()) return;
          lines.commit(commit, people.number(commit.text.author), people.number(commit.text.committer), changes[i]);
          open.patches.push_back(changes[i].patch);
          const auto place = static_cast<std::uint32_t>(piece * commits_a_piece + i);
          if (may_rename(changes[i])) open.candidates.push_back(candidate_of(place, commit.id, changes[i]));
        }
      });
  return open;
}

using syntax::JsonWriter;

constexpr std::size_t longest_list = 1 << 20, most_items = 10'000;  // of one line; the reader takes 4 MiB
constexpr std::size_t most_hunks = 20'000;

void add(std::string& text, std::uint64_t number, char after) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  text.append(digits, end).push_back(after);
}

std::string flags_of(const ChangedFile& file) {
  const PathAttributes& said = file.attributes;
  const std::pair<bool, char> known[] = {{file.is_binary, 'b'},
                                         {file.is_pointer, 'l'},
                                         {file.before.is_module() || file.after.is_module(), 's'},
                                         {file.before.is_link() || file.after.is_link(), 'y'},
                                         {file.is_lost, 'x'},
                                         {file.says_generated, 'n'},
                                         {file.same_text, 'w'},
                                         {said.generated == Said::yes, 'G'},
                                         {said.generated == Said::no, 'g'},
                                         {said.vendored == Said::yes, 'V'},
                                         {said.vendored == Said::no, 'v'}};
  std::string flags;
  for (const auto& [is_set, flag] : known)
    if (is_set) flags.push_back(flag);
  return flags.empty() ? "-" : flags;
}

char status_of(const ChangedFile& file) {
  if (!file.before.is_there()) return 'A';
  if (!file.after.is_there()) return 'D';
  constexpr std::uint32_t type = 0170000;
  return (file.before.mode & type) == (file.after.mode & type) ? 'M' : 'T';
}

// One hunk over all where there are too many: who asks for the origin of a line then gets the whole file's.
void add_hunks(std::string& text, const std::vector<Hunk>& hunks) {
  const auto add_hunk = [&](const Hunk& hunk) {
    add(text, hunk.old_at, ',');
    add(text, hunk.old_lines, ',');
    add(text, hunk.new_at, ',');
    add(text, hunk.new_lines, ';');
  };
  if (hunks.size() <= most_hunks) {
    for (const Hunk& hunk : hunks) add_hunk(hunk);
    return;
  }
  const Hunk &first = hunks.front(), &last = hunks.back();
  add_hunk({first.old_at, last.old_at + last.old_lines - first.old_at, first.new_at,
            last.new_at + last.new_lines - first.new_at});
}

// Commits for the record of checks: their messages, parents, trees, and the state that each made, as a hash of the
// files that differ. A working tree has the same kind of hash, so a check of uncommitted files can be matched with the
// commit that was made of them later. Numbers of commits, files and lines are bounded, since an answer is one line.

constexpr std::size_t most_commits = 5'000, most_files = 2'000, most_names = 3, longest_shown = 120;

git_diff_options options_of_state() {
  git_diff_options options;
  git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
  options.flags = GIT_DIFF_INCLUDE_UNTRACKED | GIT_DIFF_RECURSE_UNTRACKED_DIRS | GIT_DIFF_SKIP_BINARY_CHECK;
  options.ignore_submodules = GIT_SUBMODULE_IGNORE_ALL;
  return options;
}

// Returns the id of a file's content on disk as git would store it; for a deleted file, zeros.
git_oid content_of(git_repository* repository, const git_diff_delta& delta) {
  git_oid id{};
  if (delta.status == GIT_DELTA_DELETED) return id;
  if ((delta.new_file.flags & GIT_DIFF_FLAG_VALID_ID) != 0) return delta.new_file.id;
  if (git_repository_hashfile(&id, repository, delta.new_file.path, GIT_OBJECT_BLOB, nullptr) != 0) id = git_oid{};
  return id;
}

// Hashes paths and contents, in the order of paths, as git hashes a file. Empty: nothing differs.
std::string state_of(git_repository* repository, git_diff* diff) {
  std::vector<std::string> lines;
  const std::size_t count = std::min(git_diff_num_deltas(diff), most_files);
  for (std::size_t i = 0; i < count; ++i) {
    const git_diff_delta* delta = git_diff_get_delta(diff, i);
    if (delta == nullptr || delta->status == GIT_DELTA_UNMODIFIED) continue;
    const git_oid id = content_of(repository, *delta);
    lines.push_back(std::string(delta->new_file.path) + '\0' + git_oid_tostr_s(&id) + '\n');
  }
  if (lines.empty()) return {};
  std::ranges::sort(lines);
  std::string all;
  for (const std::string& line : lines) all += line;
  git_oid id;
  if (git_odb_hash(&id, all.data(), all.size(), GIT_OBJECT_BLOB) != 0) return {};
  return git_oid_tostr_s(&id);
}

std::string committed_state(git_repository* repository, git_commit* commit) {
  const RangeTree own = tree_of_commit(commit);
  const RangeCommit parent = parent_of(commit);
  const RangeTree before = tree_of_commit(parent.get());
  if (!own || (parent && !before)) return {};
  const git_diff_options options = options_of_state();
  if (is_too_large(repository, before.get(), own.get())) return {};
  const auto diff = made_by<DiffPointer>(git_diff_tree_to_tree, repository, before.get(), own.get(), &options);
  return diff ? state_of(repository, diff.get()) : std::string();
}

// Whether a line holds a word that may be a commit id. A word without a decimal digit is English ("defaced").
bool names_commit(std::string_view line) {
  for (std::size_t at = 0; at < line.size();) {
    const std::string_view id = letters::next_commit_id(line, at);
    if (std::ranges::any_of(id, letters::is_digit)) return true;
  }
  return false;
}

void write_message(JsonWriter& json, const char* message) {
  const std::string_view text = message == nullptr ? "" : message;
  const std::string_view subject = text.substr(0, text.find('\n'));
  put(json, "subject", subject.substr(0, longest_shown)).key("names").begin_array();
  std::size_t names = 0;
  for (std::string_view line : letters::lines(text)) {
    line = line.substr(0, longest_shown);
    if (!names_commit(line)) continue;
    json.string(line);
    if (++names == most_names) break;
  }
  json.end_array();
}

void write_commit(JsonWriter& json, git_repository* repository, git_commit* commit, bool states) {
  put(json.begin_object(), "id", git_oid_tostr_s(git_commit_id(commit))).key("parents").begin_array();
  for (unsigned i = 0; i < git_commit_parentcount(commit) && i < 2; ++i)
    json.string(git_oid_tostr_s(git_commit_parent_id(commit, i)));
  put(json.end_array(), "time", git_commit_time(commit), "tree", git_oid_tostr_s(git_commit_tree_id(commit)));
  write_message(json, git_commit_message_raw(commit));
  if (states) put(json, "state", committed_state(repository, commit));
  json.end_object();
}

}  // namespace

void write_facts(const syntax::Node& question, const WriteLine& write) {
  const std::string directory = syntax::text_of(question, "directory");
  git_libgit2_opts(GIT_OPT_ENABLE_CACHING, 0);  // what is worth keeping, this keeps itself
  // As git reads packed objects: checking each name again would take a sixth of the time.
  git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
  const RepositoryState state = look_at(directory, syntax::text_of(question, "branch"));
  if (!state.error.empty()) return write_error(state.error, write);
  auto opened = open_library(state.git_dir);
  if (!opened) return write_error("broken", write, "cannot read objects");
  const std::unique_ptr<ObjectStore> store = cached(std::move(opened), cached_bytes);
  Surroundings around;
  around.commits = walk(*store, state.head, state.shallow);
  if (around.commits.empty()) return write_error("broken", write, "the newest commit is missing or broken");
  for (const WalkedCommit& commit : around.commits)
    if (commit.id == state.head) around.tip = files_of(*store, commit.text.tree);
  if (around.tip.is_too_large) return write_error("large", write, state.head.hex());
  around.attributes = attributes_of(*store, around.tip);
  FactLines lines(write);
  lines.repository(state, around.commits.size());
  lines.tags(state.tags);
  People people(*store, around.tip);
  const Open open = write_commits(state, around, people, lines);
  if (!open.too_large.empty()) return write_error("large", write, open.too_large);
  lines.people(people.names_and_mails);
  lines.tip(around.tip);
  std::vector<LostObject> lost;
  for (const std::string& folder : around.tip.lost) lost.push_back({"tree", "", folder});
  lines.lost("tip_lost", lost);
  ChangeReader reader(*store, around.commits, around.attributes);
  lines.patches(patches_of(reader, around.commits, open.patches));
  lines.renames(find_renames(state, open.candidates));
  lines.end();
}

void FactLines::line(const std::string& text) {
  ++lines_;
  write_(text);
}

void FactLines::list(std::string_view key, const std::vector<std::string>& items) {
  for (std::size_t at = 0; at < items.size();) {
    JsonWriter json(JsonWriter::Style::compact);
    json.begin_object().key(key).begin_array();
    std::size_t bytes = 0;
    for (std::size_t count = 0; at < items.size() && bytes < longest_list && count < most_items; ++at, ++count) {
      json.string(items[at]);
      bytes += items[at].size();
    }
    json.end_array().end_object();
    line(json.take());
  }
}

void FactLines::repository(const RepositoryState& state, std::size_t commits) {
  JsonWriter json(JsonWriter::Style::compact);
  json.begin_object().key("repository").begin_array();
  json.string(state.git_dir).string(state.branch).string(state.head.hex());
  json.string("sha1").end_array();
  put(json, "commits", commits, "cut", state.shallow.size(), "grafts", state.grafts, "replaced", state.replaced,
      "partial", state.is_partial)
      .end_object();
  line(json.take());
}

void FactLines::people(const std::vector<std::string>& names_and_mails) {
  for (std::size_t at = 0; at + 1 < names_and_mails.size(); at += 2)
    list("people", {names_and_mails[at], names_and_mails[at + 1]});
}

std::uint32_t FactLines::path(const std::string& path) {
  const auto [known, is_new] = paths_.emplace(path, static_cast<std::uint32_t>(paths_.size()));
  if (is_new) new_paths_.push_back(path);
  return known->second;
}

std::uint32_t FactLines::blob(const FileSide& side) {
  if (!side.is_there()) return 0;
  return blobs_.emplace(side.id, static_cast<std::uint32_t>(blobs_.size() + 1)).first->second;
}

std::string FactLines::text_of(const ChangedFile& file) {
  std::string text;
  add(text, path(file.path), ' ');
  text.append({status_of(file), ' '});
  add(text, blob(file.before), ' ');
  add(text, blob(file.after), ' ');
  add(text, file.added, ' ');
  add(text, file.deleted, ' ');
  add(text, file.moved, ' ');
  text.append(flags_of(file)).push_back(' ');
  add_hunks(text, file.hunks);
  return text;
}

void FactLines::lost(std::string_view key, const std::vector<LostObject>& objects) {
  std::vector<std::string> items;
  for (const LostObject& object : objects) {
    items.insert(items.end(), {object.what, object.id, object.path});
    if (items.size() < most_items - 3) continue;
    list(key, items);
    items.clear();
  }
  list(key, items);
}

void FactLines::commit(const WalkedCommit& commit, std::uint32_t author, std::uint32_t committer,
                       const CommitChanges& changes) {
  std::vector<std::string> files;
  for (const ChangedFile& file : changes.files) files.push_back(text_of(file));
  list("paths", new_paths_);
  new_paths_.clear();
  std::string parents;
  for (const std::uint32_t parent : commit.parents) add(parents, parent, ' ');
  const CommitText& text = commit.text;
  const std::string numbers = std::to_string(text.committer.time) + ' ' + std::to_string(text.author.time) + ' ' +
                              std::to_string(author) + ' ' + std::to_string(committer) + ' ' +
                              std::to_string(text.parents.size());
  std::vector<std::string> items = {commit.id.hex(), parents, numbers,
                                    hash::to_hex(changes.patch) + ' ' + hash::to_hex(changes.inverse), text.subject};
  items.insert(items.end(), text.notes.begin(), text.notes.end());
  list("commit", items);
  list("files", files);
  lost("lost", changes.lost);
}

void FactLines::tip(const TreeChanges& files) {
  std::vector<std::string> items;
  for (const ChangedPath& file : files.paths) {
    const std::uint32_t number = path(file.path);
    items.push_back(std::to_string(number) + ' ' + std::to_string(blob(file.after)));
  }
  list("paths", new_paths_);
  new_paths_.clear();
  list("tip", items);
}

void FactLines::patches(const std::vector<std::pair<std::uint32_t, std::uint64_t>>& patches) {
  std::vector<std::string> items;
  for (const auto& [commit, patch] : patches) items.push_back(std::to_string(commit) + ' ' + hash::to_hex(patch));
  list("patches", items);
}

void FactLines::renames(const Renames& renames) {
  std::vector<std::string> items;
  for (const RenamedLines& one : renames.commits)
    items.push_back(std::to_string(one.commit) + ' ' + std::to_string(one.added) + ' ' + std::to_string(one.deleted));
  list("renamed", items);
  if (renames.unknown > 0) list("renames_unknown", {std::to_string(renames.unknown)});
}

void write_state(JsonWriter& json, git_repository* repository, const std::string& work_tree) {
  if (work_tree.empty()) return write_error(json, "broken");
  git_oid head;
  RangeTree tree;
  std::string id;
  if (git_reference_name_to_id(&head, repository, "HEAD") == 0) {
    tree = tree_of_commit(made_by<RangeCommit>(git_commit_lookup, repository, &head).get());
    if (!tree) return write_error(json, "broken");
    id = git_oid_tostr_s(&head);
  }
  const DiffPointer diff = difference_to_work_tree(repository, tree.get());
  if (!diff) return write_error(json, "broken");
  put(json, "head", id, "state", state_of(repository, diff.get()));
}

void write_history(JsonWriter& json, git_repository* repository, const std::string& since, bool states) {
  const auto walk = made_by<Held<git_revwalk, git_revwalk_free>>(git_revwalk_new, repository);
  if (!walk) return write_error(json, "broken");
  git_revwalk_sorting(walk.get(), GIT_SORT_TOPOLOGICAL | GIT_SORT_TIME);
  if (!since.empty()) {
    const RangeCommit start = commit_named(repository, since);
    if (!start || git_revwalk_hide(walk.get(), git_commit_id(start.get())) != 0) return write_error(json, "revision");
  }
  std::vector<RangeCommit> commits;
  if (git_revwalk_push_head(walk.get()) == 0) {
    git_oid id;
    while (commits.size() < most_commits && git_revwalk_next(&id, walk.get()) == 0) {
      commits.push_back(made_by<RangeCommit>(git_commit_lookup, repository, &id));
      if (!commits.back()) return write_error(json, "broken");
    }
  }
  json.key("commits").begin_array();
  for (auto commit = commits.rbegin(); commit != commits.rend(); ++commit)
    write_commit(json, repository, commit->get(), states);
  json.end_array();
}

}  // namespace cascade::git
