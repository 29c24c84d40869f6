#include "audit/run_plan.h"

#include <algorithm>
#include <array>

namespace cascade::audit {
namespace {

constexpr std::size_t most_runs = 40;
constexpr std::array<std::string_view, 6> in_order = {"setup", "build", "format", "lint", "types", "test"};

bool can_be_defaulted(const Subject& subject, const Package& package, std::string_view purpose) {
  if (purpose == "test") return !package.tests.empty();
  if (purpose == "lint" || purpose == "format" || purpose == "types") {
    for (const EcosystemRow* row : rows_of(subject.rows, package.ecosystem, "tool"))
      if (row->subject == purpose) return true;
    return false;
  }
  return true;
}

// What people run in this ecosystem where nothing is declared.
std::optional<PlannedRun> default_run(const Subject& subject, const Package& package, std::string_view purpose) {
  if (package.manifest.empty() || !can_be_defaulted(subject, package, purpose)) return std::nullopt;
  for (const EcosystemRow* row : rows_of(subject.rows, package.ecosystem, "default")) {
    if (row->subject != purpose) continue;
    const auto clauses = clauses_of(row->value);
    const std::string line(clauses.front());
    if (clauses.size() > 1 && subject.repository.matching(package.folder, parts_of(clauses[1])).empty()) continue;
    if (subject.commands.judge(line, package.folder).missing() != nullptr) continue;
    return PlannedRun{std::string(purpose), line, package.folder, package.manifest, 1, {package.folder}};
  }
  return std::nullopt;
}

void add_run(PlannedRun planned, const std::string& package, std::vector<PlannedRun>& plan) {
  for (PlannedRun& known : plan)
    if (known.purpose == planned.purpose && known.line == planned.line && known.folder == planned.folder) {
      if (std::find(known.packages.begin(), known.packages.end(), package) == known.packages.end())
        known.packages.push_back(package);
      return;
    }
  if (plan.size() >= most_runs) return;
  planned.packages = {package};
  plan.push_back(std::move(planned));
}

}  // namespace

std::vector<PlannedRun> plan_runs(const Subject& subject) {
  std::vector<PlannedRun> plan;
  for (const std::string_view purpose : in_order)
    for (const Package& package : subject.packages) {
      const auto declared = declared_for(subject, package, purpose);
      if (declared && declared->judged.missing() == nullptr) {
        add_run(
            {std::string(purpose), declared->line, declared->folder, declared->place.path, declared->place.line, {}},
            package.folder, plan);
        continue;
      }
      // A formatter without a declared command would change files, not check them.
      if (auto planned = default_run(subject, package, purpose)) add_run(*std::move(planned), package.folder, plan);
    }
  return plan;
}

}  // namespace cascade::audit
