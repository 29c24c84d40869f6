// Each question opens the repository that git itself would use for this directory, git_dir and work_tree, answers, and
// closes it. What libgit2 reads lazily (submodules, the reflog, authors) is a question of its own, because most calls
// of the guard need none of it. Amounts are limited, so that no repository makes the guard late.
#include "cascade_git/repository_facts.h"

#include <git2.h>
#include <climits>
#include <cstdlib>

#include "cascade_git/history_facts.h"
#include "cascade_git/range.h"
#include "files/tree.h"
#include "syntax/put.h"
#include "text/ascii.h"

namespace cascade::git {

namespace {

using syntax::JsonWriter, syntax::Node, syntax::NodeKind;
using ConfigPointer = Held<git_config, git_config_free>;
using ReferencePointer = Held<git_reference, git_reference_free>;
using Entries = Held<git_config_iterator, git_config_iterator_free>;

constexpr std::size_t most_branches = 20'000;
constexpr int most_facts_commits = 5'000;

// The settings that facts hold.
bool is_told(std::string_view key) {
  for (const std::string_view prefix : {"remote.", "url.", "branch.", "alias.", "user.", "author.", "push."})
    if (key.starts_with(prefix)) return true;
  return key == "core.hookspath";
}

// Resolves links; returns the path itself if that fails.
std::string real(std::string path) {
  char buffer[PATH_MAX];
  if (::realpath(path.c_str(), buffer) != nullptr) path = buffer;
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

std::string below(const std::string& directory, const std::string& path) {
  return path.empty() || path.front() == '/' ? path : directory + "/" + path;
}

struct Opened {
  RangeRepository repository;
  std::string work_tree;  // that the repository itself has; empty: bare
  std::string folder;     // where the call's files go
  std::string error;      // why there is no repository
};

bool has_configured_work_tree(git_repository* repository) {
  const char* configured = nullptr;
  const auto config = made_by<ConfigPointer>(git_repository_config_snapshot, repository);
  return config && git_config_get_string(&configured, config.get(), "core.worktree") == 0;
}

// HEAD and the index tell one work tree of a repository from another, wherever a call puts its files: with GIT_DIR
// alone that is the folder in which it runs, unless another one is configured.
Opened open(const Node& question) {
  const std::string directory = text_of(question, "directory");
  const std::string git_dir = below(directory, text_of(question, "git_dir"));
  const std::string work_tree = below(directory, text_of(question, "work_tree"));
  Opened opened;
  git_repository* found = open_as_git(directory, git_dir, opened.error);
  opened.repository.reset(found);
  if (found == nullptr) return opened;
  const char* own = git_repository_workdir(found);
  if (own != nullptr) opened.work_tree = opened.folder = real(own);
  if (own != nullptr && !git_dir.empty() && !has_configured_work_tree(found)) {
    opened.folder = real(directory);
    const std::string path = real(git_repository_path(found));
    if (git_repository_is_worktree(found) == 0)
      opened.work_tree = path.ends_with("/.git") ? path.substr(0, path.rfind('/')) : opened.folder;
  }
  if (!work_tree.empty()) opened.folder = real(work_tree);
  return opened;
}

// A work tree's own file comes last (extensions.worktreeConfig), which libgit2 1.5 does not read by itself.
void write_configuration(JsonWriter& json, git_repository* repository) {
  json.key("config").begin_array();
  if (const auto config = made_by<ConfigPointer>(git_repository_config, repository)) {
    int has_own = 0;
    const std::string own = std::string(git_repository_path(repository)) + "config.worktree";
    if (git_config_get_bool(&has_own, config.get(), "extensions.worktreeconfig") == 0 && has_own != 0)
      git_config_add_file_ondisk(config.get(), own.c_str(), GIT_CONFIG_LEVEL_APP, repository, 0);
    const auto entries = made_by<Entries>(git_config_iterator_new, config.get());
    for (git_config_entry* entry = nullptr; entries && git_config_next(&entry, entries.get()) == 0;)
      if (is_told(entry->name))
        json.begin_array().string(entry->name).string(entry->value == nullptr ? "" : entry->value).end_array();
  }
  json.end_array();
}

void write_branches(JsonWriter& json, git_repository* repository) {
  json.key("branches").begin_array();
  using Branches = Held<git_branch_iterator, git_branch_iterator_free>;
  if (const auto branches = made_by<Branches>(git_branch_iterator_new, repository, GIT_BRANCH_LOCAL)) {
    git_reference* reference = nullptr;
    git_branch_t kind = GIT_BRANCH_LOCAL;
    for (std::size_t count = 0; count < most_branches && git_branch_next(&reference, &kind, branches.get()) == 0;
         ++count)
      json.string(git_reference_shorthand(ReferencePointer(reference).get()));
  }
  json.end_array();
}

void write_repository(JsonWriter& json, const Opened& opened) {
  git_repository* repository = opened.repository.get();
  put(json, "git_dir", real(git_repository_path(repository)), "common_dir", real(git_repository_commondir(repository)),
      "work_tree", opened.work_tree, "folder", opened.folder, "branch", current_branch(repository));
  write_branches(json, repository);
  write_configuration(json, repository);
}

// Reads the newest "checkout: moving from X to Y" in the reflog.
std::string previous_branch(git_repository* repository) {
  const auto log = made_by<Held<git_reflog, git_reflog_free>>(git_reflog_read, repository, "HEAD");
  if (!log) return {};
  std::string name;
  constexpr std::string_view mark = "checkout: moving from ";
  for (std::size_t i = 0; i < git_reflog_entrycount(log.get()) && name.empty(); ++i) {
    const char* message = git_reflog_entry_message(git_reflog_entry_byindex(log.get(), i));
    if (message == nullptr || std::strncmp(message, mark.data(), mark.size()) != 0) continue;
    const std::string_view rest = std::string_view(message).substr(mark.size());
    name = rest.substr(0, rest.find(' '));
  }
  return name;
}

void write_submodules(JsonWriter& json, const Opened& opened) {
  json.key("submodules").begin_array();
  const std::string file = opened.work_tree + "/.gitmodules";
  const auto config = opened.work_tree.empty() ? nullptr : made_by<ConfigPointer>(git_config_open_ondisk, file.c_str());
  if (config) {
    const auto entries = made_by<Entries>(git_config_iterator_glob_new, config.get(), "^submodule\\..*\\.path$");
    for (git_config_entry* entry = nullptr; entries && git_config_next(&entry, entries.get()) == 0;)
      if (entry->value != nullptr) json.string(real(below(opened.work_tree, entry->value)));
  }
  json.end_array();
}

bool has_address(const git_signature* who, const std::string& email) {
  return who != nullptr && who->email != nullptr && ::strcasecmp(who->email, email.c_str()) == 0;
}

// In a history without commits every author counts as known.
bool knows_author(git_repository* repository, const std::string& email) {
  const auto walk = made_by<Held<git_revwalk, git_revwalk_free>>(git_revwalk_new, repository);
  if (!walk) return false;
  bool known = git_revwalk_push_head(walk.get()) != 0;
  git_oid id;
  for (int count = 0; !known && count < most_facts_commits && git_revwalk_next(&id, walk.get()) == 0; ++count)
    if (const auto commit = made_by<RangeCommit>(git_commit_lookup, repository, &id))
      known =
          has_address(git_commit_author(commit.get()), email) || has_address(git_commit_committer(commit.get()), email);
  return known;
}

bool descends(git_repository* repository, const std::string& from, const std::string& to) {
  using ObjectPointer = Held<git_object, git_object_free>;
  const auto first = made_by<ObjectPointer>(git_revparse_single, repository, from.c_str());
  const auto second = made_by<ObjectPointer>(git_revparse_single, repository, to.c_str());
  if (!first || !second) return false;
  const git_oid *older = git_object_id(first.get()), *newer = git_object_id(second.get());
  return git_oid_equal(older, newer) != 0 || git_graph_descendant_of(repository, newer, older) == 1;
}

// One call of git for each kind of fact, in the place that the question names. git itself looks for the repository, so
// whatever it opens is known here: names of another hash, references in tables, extensions of its newer versions. This
// costs some processes, which is why libgit2 is asked first.

std::vector<std::string> pieces(std::string_view text, char end) {
  std::vector<std::string> all;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t stop = std::min(text.find(end, at), text.size());
    all.emplace_back(text.substr(at, stop - at));
    at = stop + 1;
  }
  return all;
}

// The lines that git prints; none: it failed.
std::vector<std::string> lines_of(const GitPlace& place, std::vector<std::string> words) {
  const GitAnswer answer = run_git(place, std::move(words));
  return answer.exit == 0 ? pieces(answer.output, '\n') : std::vector<std::string>();
}

std::string line_of(const GitPlace& place, std::vector<std::string> words) {
  std::vector<std::string> lines = lines_of(place, std::move(words));
  return lines.empty() ? std::string() : std::move(lines.front());
}

// What the line's own environment sets is of the command scope, and no setting of the repository.
void write_configuration(JsonWriter& json, const GitPlace& place) {
  json.key("config").begin_array();
  const std::vector<std::string> all = pieces(run_git(place, {"config", "--list", "-z", "--show-scope"}).output, '\0');
  for (std::size_t i = 0; i + 1 < all.size(); i += 2) {
    const std::size_t end = std::min(all[i + 1].find('\n'), all[i + 1].size());
    const std::string key = all[i + 1].substr(0, end);
    if (all[i] == "command" || !is_told(key)) continue;
    json.begin_array().string(key).string(end < all[i + 1].size() ? all[i + 1].substr(end + 1) : "").end_array();
  }
  json.end_array();
}

bool write_repository(JsonWriter& json, const GitPlace& place) {
  const std::vector<std::string> folders =
      lines_of(place, {"rev-parse", "--path-format=absolute", "--git-dir", "--git-common-dir"});
  if (folders.size() != 2) return false;
  put(json, "git_dir", folders[0], "common_dir", folders[1]);
  const std::string folder = line_of(place, {"rev-parse", "--show-toplevel"});
  std::string work_tree = folder;
  if (!folder.empty() && folders[0].ends_with("/.git"))
    work_tree = folders[0].substr(0, folders[0].rfind('/'));
  else if (const auto link = files::DiskTree().read(folders[0] + "/gitdir", PATH_MAX); link && !folder.empty())
    work_tree = link->substr(0, link->rfind('/'));
  put(json, "work_tree", work_tree, "folder", folder, "branch",
      branch_named(line_of(place, {"symbolic-ref", "--quiet", "HEAD"})));
  json.key("branches").begin_array();
  for (const std::string& name :
       lines_of(place, {"for-each-ref", "--count=20000", "--format=%(refname:strip=2)", "refs/heads"}))
    json.string(name);
  json.end_array();
  write_configuration(json, place);
  return true;
}

// A submodule's folder is absolute, since the guard compares it.
bool write_submodules(JsonWriter& json, const GitPlace& place) {
  const std::string top = line_of(place, {"rev-parse", "--show-toplevel"});
  json.key("submodules").begin_array();
  for (const std::string& entry :
       lines_of(place, {"config", "--file", top + "/.gitmodules", "--get-regexp", "^submodule\\..*\\.path$"}))
    if (const std::size_t blank = entry.find(' '); blank != std::string::npos)
      json.string(top + "/" + entry.substr(blank + 1));
  json.end_array();
  return true;
}

// In a history without commits every author counts as known.
bool write_author(JsonWriter& json, const GitPlace& place, const std::string& email) {
  bool known = run_git(place, {"rev-parse", "--verify", "--quiet", "HEAD"}).exit != 0;
  if (!known)
    for (const std::string& line : lines_of(place, {"log", "-5000", "--format=%ae%n%ce", "HEAD"}))
      known = known || letters::to_lower(line) == letters::to_lower(email);
  put(json, "known", known);
  return true;
}

// Writes the answer to "repository", "previous", "submodules", "author" or "descends" (repository_facts.h) into an open
// object. False: it is another question, or git cannot tell either; nothing is written.
bool write_asked(JsonWriter& json, const Node& question) {
  const GitPlace place{text_of(question, "directory"), text_of(question, "git_dir"), text_of(question, "work_tree")};
  const std::string ask = text_of(question, "ask");
  if (ask == "repository") return write_repository(json, place);
  if (run_git(place, {"rev-parse", "--git-dir"}).exit != 0) return false;
  if (ask == "submodules") return write_submodules(json, place);
  if (ask == "author") return write_author(json, place, text_of(question, "email"));
  if (ask == "descends") {
    const GitAnswer answer =
        run_git(place, {"merge-base", "--is-ancestor", text_of(question, "from"), text_of(question, "to")});
    put(json, "known", answer.exit == 0);
    return true;
  }
  if (ask != "previous") return false;
  put(json, "branch", branch_named(line_of(place, {"rev-parse", "--symbolic-full-name", "@{-1}"})));
  return true;
}

}  // namespace

// What these extensions change libgit2 need not know: objects that a partial clone lacks are those of files, and a work
// tree's own configuration is read here. Who owns a repository is asked by open_as_git().
Library::Library() {
  git_libgit2_init();
  const char* known[] = {"worktreeconfig", "partialclone", "preciousobjects"};
  git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, known, std::size(known));
  git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
  if (std::getenv("GIT_CONFIG_NOSYSTEM") != nullptr)
    git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_SYSTEM, "");
}

Library::~Library() { git_libgit2_shutdown(); }

std::string answer(std::string_view question) {
  const syntax::Parsed parsed = syntax::parse_json(question);
  JsonWriter json(JsonWriter::Style::compact);
  json.begin_object();
  const std::string ask = text_of(parsed.root, "ask");
  const Opened opened = parsed.root.kind == NodeKind::map ? open(parsed.root) : Opened{{}, {}, {}, "broken"};
  if (opened.error == "broken" && write_asked(json, parsed.root)) {
    // libgit2 cannot read it; git can
  } else if (!opened.error.empty()) {
    write_error(json, opened.error);
  } else if (ask == "repository") {
    write_repository(json, opened);
  } else if (ask == "previous") {
    put(json, "branch", previous_branch(opened.repository.get()));
  } else if (ask == "submodules") {
    write_submodules(json, opened);
  } else if (ask == "author") {
    put(json, "known", knows_author(opened.repository.get(), text_of(parsed.root, "email")));
  } else if (ask == "descends") {
    put(json, "known", descends(opened.repository.get(), text_of(parsed.root, "from"), text_of(parsed.root, "to")));
  } else if (ask == "changes") {
    write_changes(json, opened.repository.get(), opened.work_tree, text_of(parsed.root, "revision"));
  } else if (ask == "state") {
    write_state(json, opened.repository.get(), opened.work_tree);
  } else if (ask == "history") {
    write_history(json, opened.repository.get(), text_of(parsed.root, "since"),
                  text_of(parsed.root, "states") == "yes");
  } else if (ask == "blob") {
    write_blob(json, opened.repository.get(), text_of(parsed.root, "id"), text_of(parsed.root, "path"),
               text_of(parsed.root, "from"));
  } else {
    put(json, "error", "broken", "message", "no such question");
  }
  json.end_object();
  return json.take();
}

void reply(std::string_view question, const WriteLine& write) {
  const syntax::Parsed parsed = syntax::parse_json(question);
  const std::string ask = parsed.root.kind == NodeKind::map ? text_of(parsed.root, "ask") : std::string();
  if (ask == "facts") return write_facts(parsed.root, write);
  if (ask == "range") return write_range(parsed.root, write);
  if (ask == "tree") return write_tree(parsed.root, write);
  if (ask == "hunks_of") return write_hunks_of(parsed.root, write);
  if (ask == "export") return write_export(parsed.root, write);
  write(answer(question));
}

}  // namespace cascade::git
