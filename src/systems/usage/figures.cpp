// How figures add up, and the interval of a share.
#include "usage/figures.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "records/record.h"

namespace cascade::usage {

Figures& Figures::operator+=(const Figures& other) {
  sent += other.sent;
  unknown += other.unknown;
  tokens += other.tokens;
  used.hits += other.used.hits;
  used.of += other.used.of;
  for (const auto& [sign, count] : other.signs) signs[sign] += count;
  wasted += other.wasted;
  wasted_tokens += other.wasted_tokens;
  carried_tokens += other.carried_tokens;
  return *this;
}

Row& Row::operator+=(const Row& other) {
  figures += other.figures;
  loads += other.loads;
  ignored += other.ignored;
  offers += other.offers;
  taken += other.taken;
  refused += other.refused;
  std::vector<std::string> both;
  std::set_union(sessions.begin(), sessions.end(), other.sessions.begin(), other.sessions.end(),
                 std::back_inserter(both));
  sessions = std::move(both);
  return *this;
}

Row& Rows::row_of(const std::string& manifest) {
  Row& row = rows_[manifest];
  row.name = manifest;
  return row;
}

Row& Rows::row_of(const Session& session, const std::string& manifest) {
  Row& row = row_of(manifest);
  row.sessions.push_back(session.id);
  return row;
}

void Rows::add(const Session& session, const Fate& fate, const Figures& figures) {
  row_of(session, fate.manifest).figures += figures;
}

void Rows::add_load(const Session& session, const Delivery& delivery, bool ignored) {
  Row& row = row_of(session, delivery.root);
  ++row.loads;
  row.ignored += ignored ? 1 : 0;
}

void Rows::add_offer(const Session& session, const Named& offer, bool taken) {
  Row& row = row_of(session, offer.root);
  ++row.offers;
  row.taken += taken ? 1 : 0;
}

void Rows::add_refusal(const Named& refusal) { ++row_of(refusal.root).refused; }

std::vector<Row> Rows::take() {
  std::vector<Row> all;
  for (auto& [name, row] : rows_) {
    std::ranges::sort(row.sessions);
    row.sessions.erase(std::unique(row.sessions.begin(), row.sessions.end()), row.sessions.end());
    all.push_back(std::move(row));
  }
  rows_.clear();
  std::ranges::stable_sort(all, [](const Row& a, const Row& b) { return a.figures.tokens > b.figures.tokens; });
  return all;
}

Share share_of(Count count) noexcept {
  if (count.of == 0) return {};
  count.hits = std::min(count.hits, count.of);
  const gate::Interval around = gate::interval({count.hits, count.of - count.hits});
  const std::uint64_t many = count.of / 1'000'000'000'000 + 1;  // so that nothing overflows
  return {static_cast<std::int64_t>(count.hits / many * 1'000'000 / (count.of / many)), around.lower, around.upper};
}

}  // namespace cascade::usage
