#include "audit/run_plan.h"

#include <algorithm>
#include <array>

namespace cascade::audit {
namespace {

constexpr std::size_t most_runs = 40;
constexpr std::array<std::string_view, 6> in_order = {"setup", "build", "format", "lint", "types", "test"};

bool can_be_defaulted(const Subject& subject, const Package& package, std::string_view purpose) {
  if (purpose == "test") return package.has_tests();
  if (purpose == "lint" || purpose == "format" || purpose == "types") {
    for (const EcosystemRow* row : rows_of(subject.rows, package.ecosystem, "tool"))
      if (row->subject == purpose) return true;
    return false;
  }
  return true;
}

// A row of a fact that fits: one of the files in its second clause is there, and none of those in its third.
std::optional<PlannedRun> run_by_row(const Subject& subject, const Package& package, std::string_view fact,
                                     std::string_view purpose) {
  if (package.manifest.empty() || !can_be_defaulted(subject, package, purpose)) return std::nullopt;
  for (const EcosystemRow* row : rows_of(subject.rows, package.ecosystem, fact)) {
    if (row->subject != purpose) continue;
    const auto clauses = clauses_of(row->value);
    const std::string line(clauses.front());
    const auto is_here = [&](std::string_view files) {
      return !subject.repository.matching(package.folder, parts_of(files)).empty();
    };
    if ((clauses.size() > 1 && !is_here(clauses[1])) || (clauses.size() > 2 && is_here(clauses[2]))) continue;
    if (subject.commands.judge(line, package.folder).missing() != nullptr) continue;
    return PlannedRun{std::string(purpose), line, package.folder, package.manifest, 1, {package.folder}};
  }
  return std::nullopt;
}

// What a document says, of tests alone: what it says of set-up and build may be meant for those who only use it.
std::optional<PlannedRun> named_run(const Subject& subject, const Package& package, std::string_view purpose) {
  if (purpose != "test" || !package.folder.empty() || !package.has_tests()) return std::nullopt;
  for (const std::string_view fact : {"instructions", "guide"})
    for (const std::string& path : documents_of(subject, fact))
      for (const Named& one : names_in(subject, path)) {
        const bool is_whole = one.text.find_first_of("$*;&|<>:") == std::string::npos;
        if (!one.is_command || one.missing || !is_whole || one.text.find("install") != std::string::npos) continue;
        const Started* doer = one.judged.find(purpose);
        if (doer == nullptr || doer->existence != Existence::there || doer->tool == "task") continue;
        return PlannedRun{std::string(purpose), one.text, "", one.place.path, one.place.line, {package.folder}};
      }
  return std::nullopt;
}

// The tests as CI runs them, in one line.
std::optional<PlannedRun> run_of_ci(const Subject& subject, const Package& package, std::string_view purpose) {
  if (purpose != "test" || !package.has_tests()) return std::nullopt;
  const CiStep* step = step_for(subject, purpose, &package);
  if (step == nullptr || step->is_action || step->line.find_first_of("$%{\n") != std::string::npos ||
      step->line.find("sudo ") != std::string::npos)
    return std::nullopt;
  return PlannedRun{std::string(purpose), step->line,       step->folder,
                    step->place.path,     step->place.line, {package.folder}};
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
      // Where building checks types, the build shows it.
      const auto inherent = rows_of(subject.rows, package.ecosystem, "inherent");
      if (std::any_of(inherent.begin(), inherent.end(),
                      [&](const EcosystemRow* row) { return row->subject == purpose; }))
        continue;
      auto planned = run_by_row(subject, package, "steps", purpose);
      if (!planned)
        if (auto untested = run_by_row(subject, package, "untested", purpose);
            untested && !declared_for(subject, package, "test"))
          planned = std::move(untested);
      const auto declared = planned ? std::nullopt : declared_for(subject, package, purpose);
      // What a test or a build needs may be made by another target.
      const bool may_be_made = purpose == "test" || purpose == "build";
      if (declared && (may_be_made || declared->judged.missing() == nullptr))
        planned = PlannedRun{std::string(purpose), declared->line,       declared->folder,
                             declared->place.path, declared->place.line, {}};
      if (!planned) planned = named_run(subject, package, purpose);
      // A formatter without a declared command would change files, not check them.
      if (!planned) planned = run_by_row(subject, package, "default", purpose);
      if (!planned) planned = run_of_ci(subject, package, purpose);
      if (planned) add_run(*std::move(planned), package.folder, plan);
    }
  return plan;
}

}  // namespace cascade::audit
