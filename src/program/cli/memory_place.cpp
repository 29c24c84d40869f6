#include "cli/memory_place.h"

#include "files/paths.h"
#include "files/tree.h"
#include "policy/policy.h"

namespace cascade::cli {
namespace {

Result<std::vector<recall::Fact>> live_facts(memory::Memory& memory) {
  memory::Filter filter;
  filter.states = {recall::State::live};
  return memory.list(filter);
}

}  // namespace

recall::Place memory_place(const Environment& environment, const std::string& directory) {
  std::string config(files::parent(files::parent(environment.users_configuration)));
  const files::DiskTree tree;
  recall::Place place = recall::place_of(directory, environment.home, config, tree);
  const auto policy =
      policy::read_policy(tree, environment.users_configuration, tree.real_path(directory).value_or("/"));
  if (policy) place.team = policy->team;
  return place;
}

Result<recall::Index> recall_index(const Environment& environment, bool waits) {
  auto index = recall::Index::open(environment.state);
  if (index) return index;
  auto memory = memory::Memory::open({environment.state, false});
  if (!memory) return memory.error();
  if (auto made = recall::make_index(
          environment.state, [&] { return live_facts(*memory); }, waits);
      !made)
    return made.error();
  return recall::Index::open(environment.state);
}

void refresh_recall(const Environment& environment, memory::Memory& memory) {
  static_cast<void>(recall::make_index(
      environment.state, [&] { return live_facts(memory); }, false));
}

}  // namespace cascade::cli
