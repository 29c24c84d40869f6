#include "workspace/walk_report.h"

#include <cascade/registry.h>

#include "registry/tables.h"

namespace cascade::workspace {

// The report is stored as a registry with one unnamed document, whose aliases are the other files.
std::string write_walk_report(const WalkReport& report) {
  Manifest carrier;
  carrier.document = true;
  carrier.problems = report.problems;
  carrier.aliases = report.others;
  std::vector<Manifest> all;
  all.push_back(std::move(carrier));
  return std::string(RegistryTables::bytes(Registry::build(all)));
}

std::optional<WalkReport> read_walk_report(std::string_view bytes) {
  const auto carrier = RegistryTables::open(nullptr, bytes);
  if (!carrier || carrier->size() != 1) return std::nullopt;
  WalkReport report;
  report.problems = carrier->problems();
  for (const std::string_view other : carrier->aliases(ManifestId{0})) report.others.emplace_back(other);
  return report;
}

}  // namespace cascade::workspace
