#include "audit/audit.h"

#include <algorithm>
#include <map>

#include "audit/values.h"
#include "files/paths.h"

namespace cascade::audit {
namespace {

constexpr std::uint32_t whole = 1'000, levels = 3;

std::uint32_t points_of(Level level) { return static_cast<std::uint32_t>(level); }

// How many judgements of a check apply; its weight is shared by them.
using Counts = std::map<const Check*, std::uint32_t>;

// Thousandths of all weights that apply, of `steps` levels of one judgement.
std::uint32_t share_of(const Judgement& judgement, std::uint32_t steps, const Counts& counts, std::uint32_t all) {
  const std::uint64_t weight = judgement.check->weight;
  return static_cast<std::uint32_t>(weight * steps * whole /
                                    (std::uint64_t{levels} * counts.at(judgement.check) * all));
}

std::vector<Judgement> judge_all(const Subject& subject) {
  std::vector<Judgement> judgements;
  for (const Check& check : checks()) {
    if (check.scope == Scope::repository) {
      Judgement judgement{&check, "", Level::absent, {}, 0};
      judgement.level = check.judge(subject, subject.packages.front(), judgement.finding);
      judgements.push_back(std::move(judgement));
      continue;
    }
    for (const Package& package : subject.packages) {
      Judgement judgement{&check, package.folder, Level::absent, {}, 0};
      judgement.level = check.judge(subject, package, judgement.finding);
      judgements.push_back(std::move(judgement));
    }
  }
  // The rule of the whole: no point without evidence.
  for (Judgement& judgement : judgements) {
    if (judgement.finding.evidence.empty()) judgement.level = Level::absent;
    if (judgement.level == Level::shown) judgement.finding.lacks.clear();
  }
  return judgements;
}

void score(Report& report) {
  Counts counts;
  for (const Judgement& judgement : report.judgements)
    if (judgement.finding.applies) ++counts[judgement.check];
  std::uint32_t all = 0;
  for (const auto& [check, count] : counts) all += check->weight;
  if (all == 0) return;
  std::map<std::string_view, std::pair<std::uint64_t, std::uint32_t>> by_family;  // points × 1,000, weights
  std::uint64_t total = 0;
  for (const auto& [check, count] : counts) by_family[check->family].second += check->weight;
  for (Judgement& judgement : report.judgements) {
    if (!judgement.finding.applies) continue;
    const std::uint64_t points =
        std::uint64_t{judgement.check->weight} * points_of(judgement.level) * whole / counts[judgement.check];
    by_family[judgement.check->family].first += points;
    total += points;
    const std::uint32_t next =
        judgement.level < Level::consistent ? 2 - points_of(judgement.level) : 3 - points_of(judgement.level);
    judgement.worth = share_of(judgement, next, counts, all);
  }
  report.score = static_cast<std::uint32_t>(total / (std::uint64_t{levels} * all));
  for (const Check& check : checks()) {
    const bool known = std::any_of(report.families.begin(), report.families.end(),
                                   [&](const FamilyScore& family) { return family.name == check.family; });
    if (known) continue;
    const auto [points, weights] = by_family[check.family];
    report.families.push_back(
        {check.family, weights == 0 ? 0 : static_cast<std::uint32_t>(points / (std::uint64_t{levels} * weights)),
         weights});
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
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
  for (const std::size_t i : order) {
    const bool same = std::any_of(report.first.begin(), report.first.end(), [&](std::size_t other) {
      return report.judgements[other].check == report.judgements[i].check;
    });
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

}  // namespace cascade::audit
