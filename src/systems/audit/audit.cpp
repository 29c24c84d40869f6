#include "audit/audit.h"

#include <array>

#include "files/paths.h"
#include "text/names.h"

namespace cascade::audit {
namespace {

constexpr std::uint64_t whole = 1'000, levels = 3;

std::vector<Judgement> judge_all(const Subject& subject) {
  std::vector<Judgement> judgements;
  for (const Check& check : checks())
    for (const Package& package : subject.packages) {
      const bool is_of_all = check.scope == Scope::repository;
      Judgement judgement{&check, is_of_all ? "" : package.folder, Level::absent, {}, 0};
      judgement.level = check.judge(subject, package, judgement.finding);
      // The rule of the whole: no point without evidence.
      if (judgement.finding.evidence.empty()) judgement.level = Level::absent;
      if (judgement.level == Level::shown) judgement.finding.lacks.clear();
      judgements.push_back(std::move(judgement));
      if (is_of_all) break;
    }
  return judgements;
}

void score(Report& report) {
  std::map<const Check*, std::uint32_t> counts;  // how many judgements of a check apply; its weight is shared by them
  for (const Judgement& judgement : report.judgements)
    if (judgement.finding.applies) ++counts[judgement.check];
  std::map<std::string_view, std::pair<std::uint64_t, std::uint32_t>> by_family;  // points × 1,000, weights
  std::uint32_t all = 0;
  for (const auto& [check, count] : counts) {
    by_family[check->family].second += check->weight;
    all += check->weight;
  }
  if (all == 0) return;
  std::uint64_t total = 0;
  for (Judgement& judgement : report.judgements) {
    if (!judgement.finding.applies) continue;
    const std::uint64_t weight = judgement.check->weight, count = counts[judgement.check];
    const auto level = static_cast<std::uint32_t>(judgement.level);
    by_family[judgement.check->family].first += weight * level * whole / count;
    total += weight * level * whole / count;
    const std::uint32_t next = judgement.level < Level::consistent ? 2 - level : 3 - level;
    judgement.worth = static_cast<std::uint32_t>(weight * next * whole / (levels * count * all));
  }
  report.score = static_cast<std::uint32_t>(total / (levels * all));
  for (const Check& check : checks()) {
    if (letters::find_first(report.families, &FamilyScore::name, check.family) != nullptr) continue;
    const auto [points, weights] = by_family[check.family];
    report.families.push_back(
        {check.family, weights == 0 ? 0 : static_cast<std::uint32_t>(points / (levels * weights)), weights});
  }
}

// What is harmful comes first, then what adds most for its effort.
void choose_first(Report& report) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < report.judgements.size(); ++i)
    if (report.judgements[i].worth > 0 && report.judgements[i].level < Level::consistent) order.push_back(i);
  if (order.size() < 3)
    for (std::size_t i = 0; i < report.judgements.size(); ++i)
      if (report.judgements[i].worth > 0 && report.judgements[i].level == Level::consistent) order.push_back(i);
  const auto rank = [&](std::size_t i) {
    const Judgement& one = report.judgements[i];
    return std::pair(one.finding.is_at_fault ? 0 : 1, -static_cast<std::int64_t>(one.worth) * 12 / one.check->effort);
  };
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
  for (const std::size_t i : order) {
    const bool same = std::ranges::any_of(
        report.first, [&](std::size_t other) { return report.judgements[other].check == report.judgements[i].check; });
    if (!same && report.first.size() < 3) report.first.push_back(i);
  }
}

// What its own manifest calls it, or else its folder.
std::string name_of(const Repository& repository, Rows rows) {
  for (const EcosystemRow* row : all_rows_of(rows, "name"))
    for (const std::string& path : repository.matching("", parts_of(row->subject)))
      for (const Value& value : values_of(repository, path, row->value))
        if (const auto words = parts_of(value.text); !words.empty()) return words.front();
  return std::string(files::file_name(repository.root()));
}

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
      if (std::ranges::find(known.packages, package) == known.packages.end()) known.packages.push_back(package);
      return;
    }
  if (plan.size() >= most_runs) return;
  planned.packages = {package};
  plan.push_back(std::move(planned));
}

// Which commands --run runs: those that the repository declares, set-up first, then build, linters and tests; at most
// 40. A command that several packages share is planned once.
std::vector<PlannedRun> plan_runs(const Subject& subject) {
  std::vector<PlannedRun> plan;
  for (const std::string_view purpose : in_order)
    for (const Package& package : subject.packages) {
      // Where building checks types, the build shows it.
      const auto inherent = rows_of(subject.rows, package.ecosystem, "inherent");
      if (std::ranges::any_of(inherent, [&](const EcosystemRow* row) { return row->subject == purpose; })) continue;
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

}  // namespace

Result<Report> audit(const files::Tree& tree, const std::string& root, Rows rows, const Around& around,
                     const RunPlanned& run) {
  auto repository = Repository::read(tree, root, rows);
  if (!repository) return repository.error();
  const Commands commands(*repository, rows);
  Report report;
  report.packages = find_packages(*repository, rows);
  const auto ci = read_ci(*repository, rows, commands);
  const Subject subject{*repository,     rows,        commands,        report.packages, ci, around.past,
                        around.outcomes, report.runs, around.manifests};
  report.plan = plan_runs(subject);
  if (run) {
    auto runs = run(report.plan);
    if (!runs) return runs.error();
    report.runs = *std::move(runs);
  }
  report.judgements = judge_all(subject);
  report.name = name_of(*repository, rows);
  for (const auto& [path, why] : repository->unread()) report.unread.push_back({path, why});
  report.is_whole = repository->is_whole();
  if (around.past) {
    report.head = around.past->head;
    report.has_whole_past = around.past->is_whole;
  }
  score(report);
  choose_first(report);
  return report;
}

std::string id_of(const Check& check) { return std::string(check.family) + "/" + std::string(check.name); }

const Check* find_check(std::string_view id) {
  for (const Check& check : checks())
    if (id_of(check) == id) return &check;
  return nullptr;
}

}  // namespace cascade::audit
