#include "memory/place.h"

#include "files/paths.h"
#include "files/tree.h"
#include "policy/policy.h"

namespace cascade::memory {
namespace {

Result<std::vector<recall::Fact>> live_facts(Memory& memory) {
  Filter filter;
  filter.states = {recall::State::live};
  return memory.list(filter);
}

}  // namespace

recall::Place place_at(const std::string& directory, const std::string& home, const std::string& users_file) {
  std::string config(files::parent(files::parent(users_file)));
  const files::DiskTree tree;
  recall::Place place = recall::place_of(directory, home, config, tree);
  const auto policy = policy::read_policy(tree, users_file, tree.real_path(directory).value_or("/"));
  if (policy) place.team = policy->team;
  return place;
}

Result<recall::Index> recall_index(const std::string& state, bool waits) {
  auto index = recall::Index::open(state);
  if (index) return index;
  auto memory = Memory::open({state, false});
  if (!memory) return memory.error();
  if (auto made = recall::make_index(
          state, [&] { return live_facts(*memory); }, waits);
      !made)
    return made.error();
  return recall::Index::open(state);
}

void refresh_recall(const std::string& state, Memory& memory) {
  static_cast<void>(recall::make_index(
      state, [&] { return live_facts(memory); }, false));
}

}  // namespace cascade::memory
