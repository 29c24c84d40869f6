// cascade-git, a program of its own so that the others need no libgit2, answers lines of JSON. An answer that cannot be
// read is an error and never "nothing found": a guard must not take silence for consent.
#include "git/git_program.h"

#include <algorithm>
#include <cstdlib>

#include "syntax/put.h"
#include "text/ascii.h"
#include "text/hex.h"
#include "text/names.h"

namespace cascade::repository {
namespace {

using syntax::Node, syntax::NodeKind;

// The longer time is for questions that read the work tree or many commits.
constexpr int most_milliseconds = 5'000, most_for_changes = 120'000;
constexpr std::size_t largest_file = std::size_t{64} << 20;

bool is_true(const Node& object, std::string_view key) {
  const Node* node = object.find(key);
  return node != nullptr && node->text == "true";
}

Facts facts_of(const Node& answer) {
  Facts facts{text_of(answer, "git_dir"), text_of(answer, "common_dir"), text_of(answer, "work_tree"),
              text_of(answer, "branch"),  texts_of(answer, "branches"),  {}};
  if (std::string folder = text_of(answer, "folder"); folder != facts.work_tree) facts.folder = std::move(folder);
  if (const Node* config = answer.find("config"))
    for (const Node& entry : config->items)
      if (entry.items.size() == 2) facts.config.emplace_back(entry.items[0].text, entry.items[1].text);
  return facts;
}

Error no_such(std::string_view error, const std::string& directory, const std::string& revision) {
  if (error == "none") return {ErrorCode::not_found, "not in a git repository", directory, "--since needs one"};
  if (error == "many")
    return {ErrorCode::unsupported, "more than 12,000 files differ from " + revision, directory, "take a later commit"};
  return {ErrorCode::not_found, "there is no revision '" + revision + "' here", directory,
          revision.find("..") != std::string::npos
              ? "name one commit, not a range"
              : "a shallow clone has only its newest commits: fetch it, or check out with more depth"};
}

}  // namespace

// An answer whose key "error" is "none" means that there is no repository; any other error is an error.
Result<Node> GitProgram::ask(std::string_view what, const Place& place, const Words& more) {
  if (!child_) {
    if (path_.empty())
      return Error{ErrorCode::not_found, "cascade-git is not there", "", "install all of Cascade, with libgit2"};
    auto started = files::ChildProcess::start({path_});
    if (!started) return started.error();
    child_ = *std::move(started);
  }
  syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
  put(json.begin_object(), "ask", what, "directory", place.directory, "git_dir", place.git_dir, "work_tree",
      place.work_tree);
  for (const auto& [key, value] : more) put(json, key, value);
  json.end_object();
  auto answer = child_->ask(
      json.take(), what == "changes" || what == "history" || what == "checkout" ? most_for_changes : most_milliseconds);
  if (!answer) return answer.error();
  syntax::NodeLimits limits{std::size_t{4} << 20, 8, 200'000, 0};
  syntax::Parsed parsed = syntax::parse_json(*answer, limits);
  if (parsed.root.kind != NodeKind::map)
    return Error{ErrorCode::malformed, "cascade-git did not answer with JSON", path_, ""};
  const std::string error = text_of(parsed.root, "error");
  if (!error.empty() && error != "none" && error != "revision" && error != "many")
    return Error{ErrorCode::unreadable, "the repository cannot be read: " + text_of(parsed.root, "message"),
                 place.directory,
                 error == "owner" ? "it belongs to another user; see safe.directory in git's manual" : ""};
  return std::move(parsed.root);
}

// Each place is asked for once; later looks give the same facts.
Result<std::optional<Facts>> GitProgram::look(const Place& place) {
  for (const auto& [known, facts] : looked_)
    if (known == place) return facts;
  const auto answer = ask("repository", place);
  if (!answer) return answer.error();
  std::optional<Facts> facts;
  if (answer->find("error") == nullptr) facts = facts_of(*answer);
  looked_.emplace_back(place, facts);
  return facts;
}

Result<bool> GitProgram::knows_author(const Place& place, const std::string& email) {
  const auto answer = ask("author", place, {{"email", email}});
  if (!answer) return answer.error();
  return is_true(*answer, "known");
}

Result<std::string> GitProgram::previous_branch(const Place& place) {
  const auto answer = ask("previous", place);
  if (!answer) return answer.error();
  return text_of(*answer, "branch");
}

Result<std::vector<std::string>> GitProgram::submodules(const Place& place) {
  const auto answer = ask("submodules", place);
  if (!answer) return answer.error();
  return texts_of(*answer, "submodules");
}

Result<bool> GitProgram::descends(const Place& place, const std::string& from, const std::string& to) {
  const auto answer = ask("descends", place, {{"from", from}, {"to", to}});
  if (!answer) return answer.error();
  return is_true(*answer, "known");
}

// Piece by piece, because an answer is one line of limited length.
Result<std::string> GitProgram::blob(const Place& place, const std::string& id, const std::string& path) {
  std::string bytes;
  for (std::size_t size = 1; bytes.size() < std::min(size, largest_file);) {
    const auto answer = ask("blob", place, {{"id", id}, {"path", path}, {"from", std::to_string(bytes.size())}});
    if (!answer) return answer.error();
    const std::string hex = text_of(*answer, "hex");  // since JSON holds no arbitrary bytes
    if (!letters::is_hex(hex))
      return Error{ErrorCode::malformed, "cascade-git did not answer with hexadecimal digits", "", ""};
    const std::string piece = letters::bytes_of_hex(hex);
    if (piece.empty()) break;
    bytes += piece;
    const Node* node = answer->find("size");
    size = node == nullptr ? 0 : std::strtoull(node->text.c_str(), nullptr, 10);
  }
  return bytes;
}

Result<bool> GitProgram::has_changes(const std::string& directory) {
  const auto answer = ask("changes", {directory, {}, {}}, {{"revision", "HEAD"}});
  if (!answer) return answer.error();
  const std::string error = text_of(*answer, "error");
  if (error == "many") return true;
  if (!error.empty()) return no_such(error, directory, "HEAD");
  const Node* files = answer->find("files");
  return files != nullptr && !files->items.empty();
}

Result<GitProgram::State> GitProgram::state(const std::string& directory) {
  const auto answer = ask("state", {directory, {}, {}});
  if (!answer) return answer.error();
  if (const std::string error = text_of(*answer, "error"); !error.empty()) return no_such(error, directory, "HEAD");
  return State{text_of(*answer, "head"), text_of(*answer, "state")};
}

Result<History> GitProgram::history(const std::string& directory, const std::string& since, bool states) {
  const auto answer = ask("history", {directory, {}, {}}, {{"since", since}, {"states", states ? "yes" : "no"}});
  if (!answer) return answer.error();
  if (const std::string error = text_of(*answer, "error"); !error.empty()) return no_such(error, directory, since);
  std::vector<Commit> commits;
  const Node* list = answer->find("commits");
  for (const Node& item : list == nullptr ? std::vector<Node>() : list->items) {
    const Node* time = item.find("time");
    commits.push_back({text_of(item, "id"), text_of(item, "tree"), text_of(item, "subject"), texts_of(item, "parents"),
                       time == nullptr ? 0 : std::strtoll(time->text.c_str(), nullptr, 10), texts_of(item, "names"),
                       text_of(item, "state")});
  }
  return History(std::move(commits));
}

Result<void> GitProgram::check_out(const std::string& directory, const std::string& commit, const std::string& into) {
  const auto answer = ask("export", {directory, {}, {}}, {{"revision", commit}, {"into", into}});
  if (!answer) return answer.error();
  if (const std::string error = text_of(*answer, "error"); !error.empty()) return no_such(error, directory, commit);
  return {};
}

Result<Changes> GitProgram::changes(const std::string& directory, const std::string& revision) {
  const Place place{directory, {}, {}};
  const auto answer = ask("changes", place, {{"revision", revision}});
  if (!answer) return answer.error();
  if (const std::string error = text_of(*answer, "error"); !error.empty()) return no_such(error, directory, revision);
  Changes changes;
  changes.work_tree = text_of(*answer, "work_tree");
  const Node* files = answer->find("files");
  if (files == nullptr) return changes;
  for (const Node& item : files->items) {
    ChangedFile& file = changes.files.emplace_back();
    file.path = text_of(item, "path");
    file.from = text_of(item, "from");
    file.executable = is_true(item, "executable");
    if (item.find("id") == nullptr) continue;
    auto before = blob(place, text_of(item, "id"), file.path);
    if (!before) return before.error();
    file.text = *std::move(before);
  }
  return changes;
}

// A commit undoes another if its message names the commit's id in a line about reverting or fixing, else its subject is
// `Revert "..."` or "fixup! ...", else its files equal those before its parent. A second pass from the newest on skips
// reverts that were reverted themselves.
namespace {

std::string_view reverted_subject(std::string_view subject) {
  constexpr std::string_view opening = "Revert \"";
  if (!subject.starts_with(opening) || subject.size() <= opening.size() || subject.back() != '"') return {};
  return subject.substr(opening.size(), subject.size() - opening.size() - 1);
}

std::string_view mended_subject(std::string_view subject) {
  constexpr std::string_view opening = "fixup! ";
  return subject.starts_with(opening) ? subject.substr(opening.size()) : std::string_view();
}

void add(std::vector<Undone>& all, std::string id, bool reverted) {
  if (id.empty() || letters::find_first(all, &Undone::id, id) != nullptr) return;
  all.push_back({std::move(id), reverted});
}

}  // namespace

History::History(std::vector<Commit> commits) : commits_(std::move(commits)) {
  std::vector<std::vector<Undone>> undone;  // by each commit; usually none
  for (std::size_t i = 0; i < commits_.size(); ++i) {
    places_.emplace(commits_[i].id, i);
    if (!commits_[i].parents.empty()) children_.emplace(commits_[i].parents.front(), i);
    undone.push_back(read_undone(i));
    subjects_[commits_[i].subject] = i;
  }
  for (std::size_t i = commits_.size(); i-- > 0;) {
    const auto own = ends_.find(commits_[i].id);
    if (own != ends_.end() && own->second.second) continue;  // it was reverted itself
    for (const Undone& one : undone[i]) ends_[one.id] = {i, one.reverted};
  }
}

const Commit* History::find(std::string_view id) const {
  const auto found = places_.find(id);
  return found == places_.end() ? nullptr : &commits_[found->second];
}

const Commit* History::child_of(std::string_view parent) const {
  const auto found = children_.find(parent);
  return found == children_.end() ? nullptr : &commits_[found->second];
}

History::End History::end_of(std::string_view id) const {
  const auto found = ends_.find(id);
  if (found == ends_.end()) return {};
  return {&commits_[found->second.first], found->second.second};
}

// Returns the commit before `before` whose id begins with a word of the line.
std::string History::named_in(std::string_view line, std::size_t before) const {
  for (std::size_t at = 0; at < line.size();) {
    const std::string_view word = letters::next_commit_id(line, at);
    const auto found = word.empty() ? places_.end() : places_.lower_bound(word);
    if (found != places_.end() && found->second < before && found->first.starts_with(word)) return found->first;
  }
  return {};
}

std::string History::with_subject(std::string_view subject, std::size_t before) const {
  const auto found = subject.empty() ? subjects_.end() : subjects_.find(subject);
  return found == subjects_.end() || found->second >= before ? std::string() : commits_[found->second].id;
}

std::vector<Undone> History::read_undone(std::size_t index) const {
  const Commit& commit = commits_[index];
  std::vector<Undone> all;
  const bool fixes = letters::starts_with_lower(commit.subject, "fix");
  for (const std::string& line : commit.names) {
    const std::string lower = letters::to_lower(line);
    if (lower.find("revert") != std::string::npos)
      add(all, named_in(line, index), true);
    else if (lower.starts_with("fixes:") || lower.starts_with("fixes ") || (fixes && line == commit.subject))
      add(all, named_in(line, index), false);
  }
  if (all.empty()) add(all, with_subject(reverted_subject(commit.subject), index), true);
  if (all.empty()) add(all, with_subject(mended_subject(commit.subject), index), false);
  if (!all.empty() || commit.parents.size() != 1) return all;
  // Reverted by hand: the files are as they were before the last commit.
  const Commit* const last = find(commit.parents.front());
  const Commit* const before = last == nullptr || last->parents.size() != 1 ? nullptr : find(last->parents.front());
  if (before != nullptr && before->tree == commit.tree && last->tree != commit.tree) add(all, last->id, true);
  return all;
}

}  // namespace cascade::repository
