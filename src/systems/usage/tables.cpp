#include "usage/tables.h"

#include <algorithm>
#include <utility>

namespace cascade::usage {

Row& Rows::operator[](const std::string& name) {
  Row& row = rows_[name];
  row.name = name;
  return row;
}

std::vector<Row> Rows::by_name() {
  std::vector<Row> all;
  for (auto& [name, row] : rows_) {
    std::sort(row.sessions.begin(), row.sessions.end());
    row.sessions.erase(std::unique(row.sessions.begin(), row.sessions.end()), row.sessions.end());
    all.push_back(std::move(row));
  }
  rows_.clear();
  return all;
}

std::vector<Row> Rows::by_tokens() {
  std::vector<Row> all = by_name();
  std::stable_sort(all.begin(), all.end(),
                   [](const Row& a, const Row& b) { return a.figures.tokens > b.figures.tokens; });
  return all;
}

std::vector<Row*> Tables::rows_of(const std::string& manifest, std::int64_t at) {
  return {&manifests_[manifest], &by_week_[week_of(at)][manifest]};
}

void Tables::add(const Session& session, const Fate& fate, const Figures& figures) {
  std::vector<Row*> rows = rows_of(fate.manifest, fate.at);
  rows.push_back(&projects_[session.directory]);
  rows.push_back(&weeks_[week_of(fate.at)]);
  for (Row* row : rows) {
    row->figures += figures;
    row->sessions.push_back(session.id);
  }
}

void Tables::add_load(const Session& session, const Delivery& delivery, bool ignored) {
  for (Row* row : rows_of(delivery.root, delivery.at)) {
    row->sessions.push_back(session.id);
    ++row->loads;
    row->ignored += ignored ? 1 : 0;
  }
}

void Tables::add_offer(const Session& session, const Named& offer, bool taken) {
  for (Row* row : rows_of(offer.root, offer.at)) {
    row->sessions.push_back(session.id);
    ++row->offers;
    row->taken += taken ? 1 : 0;
  }
}

void Tables::add_refusal(const Named& refusal) {
  for (Row* row : rows_of(refusal.root, refusal.at)) ++row->refused;
}

void Tables::give(Report& report) {
  report.manifests = manifests_.by_tokens();
  report.projects = projects_.by_tokens();
  report.weeks = weeks_.by_name();
  for (auto& [week, rows] : by_week_) report.by_week[week] = rows.by_name();
  by_week_.clear();
}

}  // namespace cascade::usage
