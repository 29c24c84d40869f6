#include "cli/memory_place.h"

#include "files/paths.h"
#include "files/tree.h"

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
  return recall::place_of(directory, environment.home, config, files::DiskTree());
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
