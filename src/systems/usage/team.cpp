#include "usage/team.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace cascade::team {
namespace {

constexpr std::string_view columns[] = {"sent",         "judged",        "used",    "placebos",      "placebo_used",
                                        "tokens",       "wasted_tokens", "loads",   "loads_ignored", "offers",
                                        "offers_taken", "refused",       "sessions"};
static_assert(std::size(columns) == counted);

std::string table_of(std::string_view number) {
  std::string sql = "CREATE TABLE usage_figures(member TEXT NOT NULL, week TEXT NOT NULL, manifest TEXT NOT NULL";
  for (const std::string_view column : columns)
    sql += ", " + std::string(column) + " " + std::string(number) + " NOT NULL";
  return sql + ", PRIMARY KEY(member, week, manifest))";
}

const store::Module& usage_tables() {
  static const store::Module module = {"usage", {table_of("INTEGER")}, {table_of("BIGINT")}};
  return module;
}

std::string column_list() {
  std::string list;
  for (const std::string_view column : columns) list += ", " + std::string(column);
  return list;
}

std::string upsert() {
  std::string places, updates;
  std::size_t place = 4;
  for (const std::string_view column : columns) {
    places += ", ?" + std::to_string(place++);
    updates += (updates.empty() ? "" : ", ") + std::string(column) + " = excluded." + std::string(column);
  }
  return "INSERT INTO usage_figures(member, week, manifest" + column_list() + ") VALUES (?1, ?2, ?3" + places +
         ") ON CONFLICT(member, week, manifest) DO UPDATE SET " + updates +
         " WHERE excluded.judged >= usage_figures.judged AND excluded.sent >= usage_figures.sent";
}

std::int64_t limited(std::uint64_t count) {
  return static_cast<std::int64_t>(std::min(count, std::uint64_t{1} << 50U));
}

}  // namespace

std::string_view to_string(Counted what) noexcept { return columns[static_cast<std::size_t>(what)]; }

Result<Team> Team::open(const store::Options& options) {
  auto store = store::Store::open(options);
  if (!store) return store.error();
  if (auto ready = store->migrate(usage_tables()); !ready) return ready.error();
  return Team(*std::move(store));
}

Result<void> Team::share(const std::string& member, const std::vector<Line>& lines) {
  const std::string sql = upsert();
  return store_.transaction([&]() -> Result<void> {
    for (const Line& line : lines) {
      std::vector<std::int64_t> numbers;
      for (const std::uint64_t count : line.counts) numbers.push_back(limited(count));
      if (const auto done = store_.change(sql, {member, line.week, line.manifest}, numbers); !done) return done.error();
    }
    return {};
  });
}

Result<Joined> Team::joined(const std::string& first, const std::string& last) {
  // Added up here: what the sum of a column is, databases do not agree about.
  auto look = store_.prepare("SELECT member, week, manifest" + column_list() +
                             " FROM usage_figures WHERE week >= ?1 AND week <= ?2");
  if (!look) return look.error();
  look->bind(first);
  look->bind(last);
  std::map<std::string, Line> lines;
  std::set<std::string> members;
  while (true) {
    const auto row = look->step();
    if (!row) return row.error();
    if (!*row) break;
    members.insert(look->text(0));
    Line& line = lines[look->text(2)];
    line.manifest = look->text(2);
    for (std::size_t i = 0; i < counted; ++i)
      line.counts[i] += static_cast<std::uint64_t>(std::max<std::int64_t>(look->number(static_cast<int>(3 + i)), 0));
  }
  Joined joined;
  joined.members = members.size();
  for (auto& [name, line] : lines) joined.lines.push_back(std::move(line));
  return joined;
}

Result<void> Team::withdraw(const std::string& member) {
  const auto done = store_.change("DELETE FROM usage_figures WHERE member = ?1", {member});
  return done ? Result<void>() : done.error();
}

}  // namespace cascade::team
