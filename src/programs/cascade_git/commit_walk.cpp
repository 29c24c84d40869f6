#include "cascade_git/commit_walk.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <queue>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "text/ascii.h"

namespace cascade::git {
namespace {

using Places = std::unordered_map<ObjectId, std::uint32_t, ObjectIdHash>;
constexpr std::uint32_t not_here = 0xffffffff;

// Depth first, in the order in which commits are met; `parents` count in that order.
class Collector {
 public:
  Collector(ObjectStore& store, const ObjectIds& shallow) : store_(store), shallow_(shallow) {}

  std::vector<WalkedCommit> collect(const ObjectId& head) {
    if (place_of(head) == not_here) return {};
    for (std::uint32_t at = 0; at < commits_.size(); ++at) {  // grows while it is read
      if (commits_[at].is_cut) continue;
      const std::vector<ObjectId> parents = commits_[at].text.parents;
      for (const ObjectId& parent : parents) {
        const std::uint32_t place = place_of(parent);
        if (place == not_here)
          commits_[at].missing.push_back(parent);
        else
          commits_[at].parents.push_back(place);
      }
    }
    return std::move(commits_);
  }

 private:
  std::uint32_t place_of(const ObjectId& id) {
    const auto [known, is_new] = places_.emplace(id, not_here);
    if (!is_new) return known->second;
    const ContentPointer content = store_.read(id, ObjectKind::commit);
    if (!content) return not_here;
    auto text = read_commit(content->bytes);
    if (!text) return not_here;
    known->second = static_cast<std::uint32_t>(commits_.size());
    WalkedCommit& commit = commits_.emplace_back();
    commit.id = id;
    commit.text = *std::move(text);
    commit.is_cut = shallow_.count(id) != 0 && !commit.text.parents.empty();
    if (commit.is_cut) commit.missing = commit.text.parents;
    return known->second;
  }

  ObjectStore& store_;
  const ObjectIds& shallow_;
  Places places_;
  std::vector<WalkedCommit> commits_;
};

// Objects are named by their content, so no commit is its own ancestor; a repository with broken names may pretend it,
// and those commits come last.
std::vector<std::uint32_t> order_of(const std::vector<WalkedCommit>& commits) {
  std::vector<std::vector<std::uint32_t>> children(commits.size());
  std::vector<std::uint32_t> waits(commits.size());
  using Ready = std::tuple<std::int64_t, ObjectId, std::uint32_t>;
  std::priority_queue<Ready, std::vector<Ready>, std::greater<>> ready;
  const auto add = [&](std::uint32_t at) { ready.emplace(commits[at].text.committer.time, commits[at].id, at); };
  for (std::uint32_t at = 0; at < commits.size(); ++at) {
    waits[at] = static_cast<std::uint32_t>(commits[at].parents.size());
    for (const std::uint32_t parent : commits[at].parents) children[parent].push_back(at);
    if (waits[at] == 0) add(at);
  }
  std::vector<std::uint32_t> order;
  std::vector<bool> done(commits.size());
  while (!ready.empty()) {
    const std::uint32_t at = std::get<2>(ready.top());
    ready.pop();
    order.push_back(at);
    done[at] = true;
    for (const std::uint32_t child : children[at])
      if (--waits[child] == 0) add(child);
  }
  for (std::uint32_t at = 0; at < commits.size(); ++at)
    if (!done[at]) order.push_back(at);
  return order;
}

constexpr std::size_t longest_subject = 300, longest_note = 300, most_notes = 20;

bool take(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

std::string_view take_line(std::string_view& text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  return line;
}

// "Name <mail> seconds zone". A time that cannot be read is 0, as git takes it.
Signature signature_of(std::string_view line) {
  Signature signature;
  const std::size_t open = line.find('<'), close = line.find('>', open == std::string_view::npos ? 0 : open);
  signature.name = letters::trim(line.substr(0, open));
  if (open == std::string_view::npos || close == std::string_view::npos) return signature;
  signature.mail = letters::trim(line.substr(open + 1, close - open - 1));
  const std::string_view rest = letters::trim(line.substr(line.rfind('>') + 1));
  std::from_chars(rest.data(), rest.data() + rest.size(), signature.time);
  return signature;
}

// "This reverts commit …", "(cherry picked from commit …)", "See merge request …!7".
bool names_change(std::string_view line) {
  for (const std::string_view start : {"This reverts commit ", "(cherry picked from commit ", "See merge request "})
    if (line.substr(0, start.size()) == start) return true;
  return false;
}

// "Reviewed-by: …".
bool names_person(std::string_view line) {
  const std::size_t colon = line.find(": ");
  if (colon == std::string_view::npos || colon < 3 || colon > 30) return false;
  const std::string_view key = line.substr(0, colon);
  return key.find('-') != std::string_view::npos &&
         std::ranges::all_of(key, [](char c) { return letters::is_letter(c) || c == '-'; });
}

void read_message(std::string_view message, CommitText& commit) {
  while (!message.empty() && message.front() == '\n') message.remove_prefix(1);
  commit.subject = take_line(message).substr(0, longest_subject);
  // Counted apart: a hundred people must not hide the revert behind them.
  std::size_t changes = 0, people = 0;
  while (!message.empty()) {
    const std::string_view line = letters::trim(take_line(message));
    if ((names_change(line) && changes++ < most_notes) || (names_person(line) && people++ < most_notes))
      commit.notes.emplace_back(line.substr(0, longest_note));
  }
}

}  // namespace

std::vector<WalkedCommit> walk(ObjectStore& store, const ObjectId& head, const ObjectIds& shallow) {
  std::vector<WalkedCommit> met = Collector(store, shallow).collect(head);
  const std::vector<std::uint32_t> order = order_of(met);
  std::vector<std::uint32_t> place(met.size());
  for (std::uint32_t at = 0; at < order.size(); ++at) place[order[at]] = at;
  std::vector<WalkedCommit> commits;
  commits.reserve(met.size());
  for (const std::uint32_t at : order) {
    commits.push_back(std::move(met[at]));
    for (std::uint32_t& parent : commits.back().parents) parent = place[parent];
  }
  return commits;
}

std::optional<CommitText> read_commit(std::string_view text) {
  CommitText commit;
  if (!take(text, "tree ")) return std::nullopt;
  const auto tree = id_of_hex(take_line(text));
  if (!tree) return std::nullopt;
  commit.tree = *tree;
  while (take(text, "parent ")) {
    const auto parent = id_of_hex(take_line(text));
    if (!parent) return std::nullopt;
    commit.parents.push_back(*parent);
  }
  while (!text.empty() && text.front() != '\n') {
    std::string_view line = take_line(text);
    if (take(line, "author "))
      commit.author = signature_of(line);
    else if (take(line, "committer "))
      commit.committer = signature_of(line);
  }
  read_message(text, commit);
  return commit;
}

}  // namespace cascade::git
