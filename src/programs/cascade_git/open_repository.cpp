#include "cascade_git/open_repository.h"

#include <git2.h>

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <unordered_map>
#include <utility>

#include "files/run_program.h"
#include "files/tree.h"
#include "syntax/put.h"
#include "text/ascii.h"

namespace cascade::git {
namespace {

using ObjectPointer = Held<git_object, git_object_free>;
using ReferencePointer = Held<git_reference, git_reference_free>;

ObjectId id_of(const git_oid& id) { return id_of_bytes({reinterpret_cast<const char*>(id.id), sizeof id.id}); }

ObjectPointer peeled(git_object* object) {
  const ObjectPointer keep(object);
  return made_by<ObjectPointer>(git_object_peel, object, GIT_OBJECT_COMMIT);
}

// The commit that a revision names. A branch is not looked into: libgit2 refuses commits that git's log shows.
std::optional<ObjectId> commit_of(git_repository* repository, const std::string& revision) {
  if (const auto named = made_by<ReferencePointer>(git_reference_dwim, repository, revision.c_str())) {
    const auto direct = made_by<ReferencePointer>(git_reference_resolve, named.get());
    if (!direct) return std::nullopt;
    if (git_reference_is_tag(direct.get()) == 0) return id_of(*git_reference_target(direct.get()));
  }
  const RangeCommit commit = commit_named(repository, revision);
  return commit ? std::optional(id_of(*git_commit_id(commit.get()))) : std::nullopt;
}

struct TagsReading {
  git_repository* repository;
  std::vector<Tag>& tags;
};

int read_tag(const char* name, git_oid* id, void* given) {
  const TagsReading& reading = *static_cast<TagsReading*>(given);
  constexpr std::string_view prefix = "refs/tags/";
  git_object* object = nullptr;
  if (git_object_lookup(&object, reading.repository, id, GIT_OBJECT_ANY) != 0) return 0;
  Tag tag;
  tag.name = std::string_view(name).substr(prefix.size());
  if (git_object_type(object) == GIT_OBJECT_TAG)
    if (const git_signature* tagger = git_tag_tagger(reinterpret_cast<git_tag*>(object))) tag.time = tagger->when.time;
  if (const ObjectPointer commit = peeled(object)) {
    tag.commit = id_of(*git_object_id(commit.get()));
    reading.tags.push_back(std::move(tag));
  }
  return 0;
}

// Replacements are references that only git applies, which is why they are counted.
std::uint32_t count_replaced(git_repository* repository) {
  using Iterator = Held<git_reference_iterator, git_reference_iterator_free>;
  const auto references = made_by<Iterator>(git_reference_iterator_glob_new, repository, "refs/replace/*");
  std::uint32_t count = 0;
  for (const char* name = nullptr; references && git_reference_next_name(&name, references.get()) == 0;) ++count;
  return count;
}

bool is_partial(git_repository* repository) {
  constexpr const char* telling = "^(remote\\..*\\.(promisor|partialclonefilter)|extensions\\.partialclone)$";
  const auto config = made_by<Held<git_config, git_config_free>>(git_repository_config_snapshot, repository);
  if (!config) return false;
  using Iterator = Held<git_config_iterator, git_config_iterator_free>;
  const auto entries = made_by<Iterator>(git_config_iterator_glob_new, config.get(), telling);
  git_config_entry* entry = nullptr;
  return entries && git_config_next(&entry, entries.get()) == 0;
}

// libgit2 1.5 refuses repositories whose objects have longer names.
bool is_sha256(const std::string& git_dir) {
  for (const std::string& line : lines_of_file(git_dir + "/config"))
    if (letters::starts_with_lower(line, "objectformat") && letters::to_lower(line).find("sha256") != std::string::npos)
      return true;
  return false;
}

// Of what is not this user's git is asked, which also knows for whom root works. Its own tests say by a variable that
// nothing is.
bool is_own(const std::string& path) {
  if (std::getenv("GIT_TEST_ASSUME_DIFFERENT_OWNER") != nullptr) return false;
  const auto own = files::DiskTree().is_own(path);
  return own && *own;
}

// Why libgit2 does not open the repository of a directory.
std::string unopened(std::string error, const std::string& directory) {
  git_buf found = GIT_BUF_INIT;
  if (error != "broken" || git_repository_discover(&found, directory.c_str(), 1, nullptr) != 0) return error;
  const std::string git_dir(found.ptr, found.size);
  git_buf_dispose(&found);
  return is_sha256(git_dir) ? "sha256" : error;
}

bool is_own(git_repository* repository) {
  if (!is_own(git_repository_path(repository))) return false;
  const char* work_tree = git_repository_workdir(repository);
  return work_tree == nullptr || (is_own(work_tree) && is_own(std::string(work_tree) + ".git"));
}

void add_alternates(git_repository* repository) {
  const auto odb = made_by<Held<git_odb, git_odb_free>>(git_repository_odb, repository);
  if (!odb) return;
  for (const char* name : {"GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES"}) {
    const char* value = std::getenv(name);
    for (const std::string_view folder : letters::parts(value == nullptr ? "" : value, ':'))
      if (!folder.empty()) git_odb_add_disk_alternate(odb.get(), std::string(folder).c_str());
  }
}

constexpr int most_milliseconds = 120'000;

constexpr std::size_t most_bytes = std::size_t{64} << 20;

// What a hook's environment says of the repository that the hook is for holds for no other one.
std::vector<std::string> git_words(const GitPlace& place, std::vector<std::string> more) {
  std::vector<std::string> words = {"/usr/bin/env"};
  for (const char* unset : {"GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE"})
    words.insert(words.end(), {"-u", unset});
  words.insert(words.end(), {"GIT_ALLOW_PROTOCOL=none", "GIT_NO_LAZY_FETCH=1", "GIT_OPTIONAL_LOCKS=0",
                             "GIT_NO_REPLACE_OBJECTS=1", "GIT_GRAFT_FILE=/dev/null", "LC_ALL=C", "git", "--no-pager"});
  if (!place.directory.empty()) words.insert(words.end(), {"-C", place.directory});
  if (!place.git_dir.empty()) words.push_back("--git-dir=" + place.git_dir);
  if (!place.work_tree.empty()) words.push_back("--work-tree=" + place.work_tree);
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

class LibraryStore final : public ObjectStore {
 public:
  // Frees the repository if it is the store's own.
  LibraryStore(git_repository* repository, bool is_own)
      : owner_(is_own ? repository : nullptr),
        repository_(repository),
        objects_(made_by<Objects>(git_repository_odb, repository)) {}

  ContentPointer read(const ObjectId& id, ObjectKind kind) override {
    git_oid name;
    std::memcpy(name.id, id.bytes.data(), sizeof name.id);
    if (!objects_) return nullptr;
    return kind == ObjectKind::blob ? blob(name) : other(name, kind);
  }

 private:
  // The size is asked for first, because a small object of a hostile repository may inflate to any size.
  ContentPointer blob(const git_oid& name) {
    std::size_t size = 0;
    git_object_t type = GIT_OBJECT_ANY;
    if (git_odb_read_header(&size, &type, objects_.get(), &name) != 0 || type != GIT_OBJECT_BLOB) return nullptr;
    auto content = std::make_shared<Content>();
    if (size > largest_text) {
      content->is_large = true;
      return content;
    }
    git_blob* found = nullptr;
    if (git_blob_lookup(&found, repository_, &name) != 0) return nullptr;
    content->blob = found;
    content->bytes = {static_cast<const char*>(git_blob_rawcontent(found)), size};
    content->keep = std::shared_ptr<void>(found, [](void* blob) { git_blob_free(static_cast<git_blob*>(blob)); });
    return content;
  }

  ContentPointer other(const git_oid& name, ObjectKind kind) {
    git_odb_object* found = nullptr;
    if (git_odb_read(&found, objects_.get(), &name) != 0) return nullptr;
    auto content = std::make_shared<Content>();
    content->keep =
        std::shared_ptr<void>(found, [](void* object) { git_odb_object_free(static_cast<git_odb_object*>(object)); });
    if (git_odb_object_type(found) != (kind == ObjectKind::commit ? GIT_OBJECT_COMMIT : GIT_OBJECT_TREE))
      return nullptr;
    content->bytes = {static_cast<const char*>(git_odb_object_data(found)), git_odb_object_size(found)};
    return content;
  }

  using Objects = Held<git_odb, git_odb_free>;

  Held<git_repository, git_repository_free> owner_;
  git_repository* repository_;
  Objects objects_;
};

// Neighbouring commits share nearly all trees and each blob is compared twice (as the old and as the new content), so a
// cache in front of the repository halves what has to be inflated.
class CachedStore final : public ObjectStore {
 public:
  CachedStore(std::unique_ptr<ObjectStore> store, std::size_t most_bytes)
      : store_(std::move(store)), most_bytes_(most_bytes) {}

  ContentPointer read(const ObjectId& id, ObjectKind kind) override {
    if (const auto known = contents_.find(id); known != contents_.end())
      return known->second.kind == kind ? known->second.content : nullptr;
    ContentPointer content = store_->read(id, kind);
    if (!content) return nullptr;
    bytes_ += cost(*content);
    contents_.emplace(id, Known{kind, content});
    order_.push_back(id);
    while (bytes_ > most_bytes_ && order_.size() > 1) {
      const auto oldest = contents_.find(order_.front());
      bytes_ -= cost(*oldest->second.content);
      contents_.erase(oldest);
      order_.pop_front();
    }
    return content;
  }

 private:
  struct Known {
    ObjectKind kind;
    ContentPointer content;
  };
  static std::size_t cost(const Content& content) { return content.bytes.size() + 300; }

  std::unique_ptr<ObjectStore> store_;
  std::unordered_map<ObjectId, Known, ObjectIdHash> contents_;
  std::deque<ObjectId> order_;
  std::size_t bytes_ = 0, most_bytes_;
};

}  // namespace

git_repository* open_as_git(const std::string& directory, const std::string& git_dir, std::string& error) {
  git_repository* found = nullptr;
  const unsigned flags = git_dir.empty() ? GIT_REPOSITORY_OPEN_CROSS_FS : GIT_REPOSITORY_OPEN_NO_SEARCH;
  const int code =
      git_repository_open_ext(&found, git_dir.empty() ? directory.c_str() : git_dir.c_str(), flags, nullptr);
  error = code == 0 ? "" : code == GIT_ENOTFOUND ? "none" : "broken";
  // The one that is given git takes from whomever it is; others where the user's configuration trusts them
  // (safe.directory), which only git reads as git does.
  if (code != 0 || !git_dir.empty() || is_own(found) ||
      run_git({directory, {}, {}}, {"rev-parse", "--git-dir"}).exit == 0)
    return found;
  git_error_set_str(GIT_ERROR_CONFIG, (directory + " is owned by somebody else").c_str());
  git_repository_free(found);
  error = "owner";
  return nullptr;
}

RepositoryState look_at(const std::string& directory, const std::string& branch) {
  RepositoryState state;
  git_repository* made = open_as_git(directory, {}, state.error);
  const RangeRepository repository(made);
  if (made == nullptr) {
    state.error = unopened(std::move(state.error), directory);
    return state;
  }
  state.git_dir = git_repository_path(made);
  state.branch = branch.empty() ? current_branch(made) : branch;
  if (state.branch.empty()) state.branch = "HEAD";
  const auto head = commit_of(made, branch.empty() ? "HEAD" : branch);
  if (!head) {
    state.error = branch.empty() && git_repository_head_unborn(made) == 1 ? "empty" : "revision";
    return state;
  }
  state.head = *head;
  const std::string common = git_repository_commondir(made);
  for (const std::string& line : lines_of_file(common + "/shallow"))
    if (const auto id = id_of_hex(line)) state.shallow.insert(*id);
  state.grafts = static_cast<std::uint32_t>(lines_of_file(common + "/info/grafts").size());
  state.replaced = count_replaced(made);
  state.is_partial = is_partial(made);
  TagsReading reading{made, state.tags};
  git_tag_foreach(made, read_tag, &reading);
  std::ranges::sort(state.tags, [](const Tag& a, const Tag& b) { return a.name < b.name; });
  return state;
}

std::string branch_named(std::string_view ref) {
  constexpr std::string_view heads = "refs/heads/";
  return std::string(ref.starts_with(heads) ? ref.substr(heads.size()) : "");
}

std::string current_branch(git_repository* repository) {
  const auto head = made_by<ReferencePointer>(git_reference_lookup, repository, "HEAD");
  const char* target = head ? git_reference_symbolic_target(head.get()) : nullptr;
  return branch_named(target == nullptr ? "" : target);
}

void free_repository(git_repository* repository) { git_repository_free(repository); }
void free_commit(git_commit* commit) { git_commit_free(commit); }
void free_tree(git_tree* tree) { git_tree_free(tree); }

RangeRepository open_for_range(const syntax::Node& question, const WriteLine& write) {
  const std::string directory = syntax::text_of(question, "directory");
  std::string error;
  RangeRepository repository(open_as_git(directory, {}, error));
  if (repository == nullptr) {
    write_error(error, write);
    return nullptr;
  }
  add_alternates(repository.get());
  return repository;
}

RangeCommit commit_named(git_repository* repository, const std::string& revision) {
  git_object* found = nullptr;
  if (git_revparse_single(&found, repository, revision.c_str()) != 0) return nullptr;
  return RangeCommit(reinterpret_cast<git_commit*>(peeled(found).release()));
}

RangeCommit parent_of(git_commit* commit) {
  return git_commit_parentcount(commit) == 0 ? nullptr : made_by<RangeCommit>(git_commit_parent, commit, 0U);
}

RangeTree tree_of_commit(git_commit* commit) {
  return commit == nullptr ? nullptr : made_by<RangeTree>(git_commit_tree, commit);
}

std::vector<std::string> lines_of_file(const std::string& path) {
  std::vector<std::string> lines;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);)
    if (const std::string_view text = letters::trim(line); !text.empty() && text.front() != '#')
      lines.emplace_back(text);
  return lines;
}

GitAnswer run_git(const GitPlace& place, std::vector<std::string> words, const std::string& input) {
  files::ProgramCall call;
  call.words = git_words(place, std::move(words));
  call.input = input;
  call.environment = files::process_environment();
  call.milliseconds = most_milliseconds;
  call.max_bytes = most_bytes;
  auto run = files::run_program(call);
  if (!run) return {};
  return {run->exit_code, std::move(run->output), std::move(run->errors)};
}

std::optional<std::string> ask_git(const std::string& git_dir, std::vector<std::string> words,
                                   const std::string& input) {
  GitAnswer answer = run_git({{}, git_dir, {}}, std::move(words), input);
  if (answer.exit != 0 || answer.output.size() >= most_bytes) return std::nullopt;
  return std::move(answer.output);
}

std::unique_ptr<ObjectStore> open_library(const std::string& git_dir) {
  git_repository* repository = nullptr;
  if (git_repository_open(&repository, git_dir.c_str()) != 0) return nullptr;
  return std::make_unique<LibraryStore>(repository, true);
}

std::unique_ptr<ObjectStore> view_library(git_repository* repository) {
  return std::make_unique<LibraryStore>(repository, false);
}

std::unique_ptr<ObjectStore> cached(std::unique_ptr<ObjectStore> store, std::size_t most_bytes) {
  return std::make_unique<CachedStore>(std::move(store), most_bytes);
}

std::string_view last_message() {
  const git_error* last = git_error_last();
  return last == nullptr || last->message == nullptr ? "" : last->message;
}

void write_error(syntax::JsonWriter& json, std::string_view error) {
  put(json, "error", error, "message", last_message());
}

void write_error(std::string_view error, const WriteLine& write, std::string_view message) {
  syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
  write(put(json.begin_object(), "error", error, "message", message).end_object().take());
}

void write_end(std::size_t lines, const WriteLine& write) {
  syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
  write(put(json.begin_object(), "end", std::to_string(lines)).end_object().take());
}

}  // namespace cascade::git
