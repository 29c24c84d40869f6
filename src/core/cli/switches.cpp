#include "cli/switches.h"

#include "files/tree.h"

namespace cascade::cli {

client::SkillOverrides switches_here(const Call& call) {
  const files::DiskTree tree;
  return client::SkillOverrides::read(tree, call.environment().user, tree.real_path(".").value_or("."));
}

void withhold(const Call& call, const Registry& registry, Query& query) {
  listing::Withheld all = listing::withheld(registry, switches_here(call));
  query.only_by_name = std::move(all.by_name);
  query.hidden = std::move(all.off);
}

}  // namespace cascade::cli
