// How figures add up, and the week that a time is in.
#include "usage/figures.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

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

// A week belongs to the year of its Thursday.
std::string week_of(std::int64_t at) {
  namespace calendar = std::chrono;
  const auto day = calendar::floor<calendar::days>(calendar::sys_seconds{calendar::seconds{at}});
  const auto of_week = static_cast<int>(calendar::weekday{day}.iso_encoding());  // 1: Monday
  const auto thursday = day + calendar::days{4 - of_week};
  const calendar::year year = calendar::year_month_day{thursday}.year();
  const auto week = (thursday - calendar::sys_days{year / calendar::January / 1}).count() / 7 + 1;
  return std::to_string(static_cast<int>(year)) + "-W" + (week < 10 ? "0" : "") + std::to_string(week);
}

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

Row& Tables::row_of(const Session& session, const std::string& manifest) {
  Row& row = manifests_[manifest];
  row.sessions.push_back(session.id);
  return row;
}

void Tables::add(const Session& session, const Fate& fate, const Figures& figures) {
  row_of(session, fate.manifest).figures += figures;
  for (Row* row : {&projects_[session.directory], &weeks_[week_of(fate.at)]}) {
    row->figures += figures;
    row->sessions.push_back(session.id);
  }
}

void Tables::add_load(const Session& session, const Delivery& delivery, bool ignored) {
  Row& row = row_of(session, delivery.root);
  ++row.loads;
  row.ignored += ignored ? 1 : 0;
}

void Tables::add_offer(const Session& session, const Named& offer, bool taken) {
  Row& row = row_of(session, offer.root);
  ++row.offers;
  row.taken += taken ? 1 : 0;
}

void Tables::add_refusal(const Named& refusal) { ++manifests_[refusal.root].refused; }

void Tables::give(Report& report) {
  report.manifests = manifests_.by_tokens();
  report.projects = projects_.by_tokens();
  report.weeks = weeks_.by_name();
}

namespace {

constexpr std::uint64_t unit = 1'000'000, most = 1'000'000;
constexpr std::uint64_t z = 1'959'964, z_squared = 3'841'459;  // of 95 %, in millionths

// The largest number whose square is not above `value`.
std::uint64_t root_of(std::uint64_t value) noexcept {
  std::uint64_t root = 0;
  for (std::uint64_t bit = std::uint64_t{1} << 31; bit > 0; bit >>= 1)
    if ((root + bit) * (root + bit) <= value) root += bit;
  return root;
}

std::int64_t signed_of(std::uint64_t value) noexcept { return static_cast<std::int64_t>(value); }

}  // namespace

Share share_of(Count count) noexcept {
  if (count.of == 0) return {};
  while (count.of > most) count = {count.hits / 2, count.of / 2};
  if (count.hits > count.of) count.hits = count.of;
  const std::uint64_t n = count.of, x = count.hits;
  Share share;
  share.value = signed_of(x * unit / n);
  // (2x + z^2 -+ z sqrt(z^2 + 4x(n-x)/n)) / 2(n + z^2), above and below the line in millionths
  const std::uint64_t under_root = z_squared + 4 * x * (n - x) / n * unit + 4 * x * (n - x) % n * unit / n;
  const std::uint64_t root = under_root <= unit * unit ? root_of(under_root * unit) : root_of(under_root) * 1'000;
  const std::uint64_t spread = z * (root / 1'000) / 1'000 + z * (root % 1'000) / unit;
  const std::uint64_t middle = 2 * x * unit + z_squared, below = 2 * (n * unit + z_squared);
  const auto part = [&](std::uint64_t top) {  // top / below in millionths; the line below is at most 2 * 10^12
    return signed_of(top / below * unit + top % below * (unit / 1'000) / below * 1'000 +
                     top % below * (unit / 1'000) % below * 1'000 / below);
  };
  share.low = x == 0 ? 0 : part(middle > spread ? middle - spread : 0);
  share.high = x == n ? signed_of(unit) : part(middle + spread);
  return share;
}

}  // namespace cascade::usage
