#include "metrics/report.h"

#include <algorithm>
#include <utility>

namespace cascade::metrics {
namespace {

// Of one repository alone.
RepositoryRow row_of(const std::vector<Repository>& alone, const Question& question) {
  const History& history = alone.front().history;
  return {history.name,
          history.branch,
          history.head,
          history.format,
          alone.front().gaps.list(),
          figures_of(alone, question),
          0};
}

std::uint64_t count_elsewhere(const Measures& measures) {
  return static_cast<std::uint64_t>(std::count_if(measures.commits.begin(), measures.commits.end(),
                                                  [](const Measured& one) { return one.is_elsewhere; }));
}

CostShare share_of(const Cost& cost, std::string key, const Figure& figure) {
  if (figure.value == 0 || figure.grade > Grade::approximate) return {std::move(key), ""};
  constexpr std::uint64_t largest = 1'000'000'000'000'000;
  const std::uint64_t parts = std::min(cost.hundredths, largest) * 100;
  const std::uint64_t share = (2 * parts + figure.value) / (2 * figure.value);
  const std::string places = std::to_string(10'000 + share % 10'000);
  return {std::move(key), std::to_string(share / 10'000) + "." + places.substr(1)};
}

}  // namespace

bool Report::is_incomplete() const {
  return std::any_of(figures.begin(), figures.end(),
                     [](const Figure& figure) { return figure.grade == Grade::incomplete && !figure.of; });
}

Report report_of(std::vector<History> histories, const Outside& outside, const Question& asked) {
  Question question = asked;
  question.forge = outside.forge ? &*outside.forge : nullptr;
  std::vector<Repository> repositories;
  Report report;
  for (History& history : histories) {
    Measures measures = measure(history);
    Gaps gaps(history);
    std::vector<Repository> alone;
    alone.push_back({std::move(history), std::move(measures), std::move(gaps)});
    report.repositories.push_back(row_of(alone, question));
    Repository& repository = alone.front();
    for (const Repository& earlier : repositories)
      mark_elsewhere(earlier.history, earlier.measures, repository.history, repository.measures);
    report.repositories.back().elsewhere = count_elsewhere(repository.measures);
    repositories.push_back(std::move(repository));
  }
  report.question = question;
  report.range = range_of(repositories, question);
  report.figures = repositories.size() == 1 ? report.repositories.front().figures : figures_of(repositories, question);
  const std::uint64_t whole_days = whole_range(repositories, question).days();
  report.equivalents =
      equivalents_of(report.figures, report.range, std::min<std::uint64_t>(question.window, whole_days));
  report.inflation = inflation_of(repositories, question);
  report.delivery = delivery_of(repositories, outside.deployments ? &*outside.deployments : nullptr, question);
  report.assimilation = assimilation_of(repositories, question.forge, question);
  report.cost = outside.cost;
  if (report.cost)
    for (const auto& [key, name] : {std::pair("per_commit", "commits_distinct"),
                                    {"per_authored_line", "lines_authored"},
                                    {"per_pull_request", "pull_requests"}})
      report.cost->shares.push_back(share_of(*report.cost, key, *find_figure(report.figures, name)));
  if (outside.claims)
    report.judgements = judge(*outside.claims, repositories, report.figures, report.assimilation, question);
  report.question.forge = nullptr;
  return report;
}

}  // namespace cascade::metrics
