#include "cascade_git/commit_walk.h"

#include <functional>
#include <queue>
#include <tuple>
#include <unordered_map>
#include <utility>

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
    auto text = read_commit(content->bytes, store_.id_size());
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

}  // namespace cascade::git
