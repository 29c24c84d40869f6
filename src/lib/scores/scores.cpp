#include "scores/scores.h"

#include <algorithm>
#include <tuple>

namespace cascade::scores {
namespace {

const store::Module& score_tables() {
  static const store::Module module = {
      "scores",
      {"CREATE TABLE audit_score(root TEXT NOT NULL, head TEXT NOT NULL, with_runs INTEGER NOT NULL,"
       " at INTEGER NOT NULL, score INTEGER NOT NULL, PRIMARY KEY(root, head, with_runs));"
       "CREATE TABLE audit_consent(root TEXT PRIMARY KEY, plan TEXT NOT NULL)"},
      {"CREATE TABLE audit_score(root TEXT NOT NULL, head TEXT NOT NULL, with_runs BIGINT NOT NULL,"
       " at BIGINT NOT NULL, score BIGINT NOT NULL, PRIMARY KEY(root, head, with_runs));"
       "CREATE TABLE audit_consent(root TEXT PRIMARY KEY, plan TEXT NOT NULL)"}};
  return module;
}

}  // namespace

Result<Scores> Scores::open(const store::Options& options) {
  auto store = store::Store::open(options);
  if (!store) return store.error();
  if (auto ready = store->migrate(score_tables()); !ready) return ready.error();
  return Scores(*std::move(store));
}

Result<void> Scores::note(const std::string& root, const Score& score) {
  const auto before = of(root, 1);
  if (!before) return before.error();
  const std::int64_t at = before->empty() ? score.at : std::max(score.at, before->front().at + 1);
  const auto done = store_.change(
      "INSERT INTO audit_score(root, head, with_runs, at, score) VALUES (?1, ?2, ?3, ?4, ?5)"
      " ON CONFLICT(root, head, with_runs) DO UPDATE SET at = excluded.at, score = excluded.score",
      {root, score.head}, {score.with_runs ? 1 : 0, at, static_cast<std::int64_t>(score.score)});
  return done ? Result<void>() : done.error();
}

Result<std::vector<Score>> Scores::of(const std::string& root, std::size_t most) {
  auto look = store_.prepare("SELECT head, with_runs, at, score FROM audit_score WHERE root = ? ORDER BY at DESC");
  if (!look) return look.error();
  look->bind(root);
  std::vector<Score> found;
  while (found.size() < most) {
    const auto row = look->step();
    if (!row) return row.error();
    if (!*row) break;
    found.push_back(
        {look->text(0), look->number(2), static_cast<std::uint32_t>(look->number(3)), look->number(1) != 0});
  }
  std::stable_sort(found.begin(), found.end(), [](const Score& a, const Score& b) {
    return std::tie(a.at, a.head, a.with_runs) < std::tie(b.at, b.head, b.with_runs);
  });
  return found;
}

Result<bool> Scores::is_allowed(const std::string& root, const std::string& plan) {
  auto look = store_.prepare("SELECT plan FROM audit_consent WHERE root = ?");
  if (!look) return look.error();
  const auto row = look->bind(root).step();
  if (!row) return row.error();
  return *row && look->text(0) == plan;
}

Result<void> Scores::allow(const std::string& root, const std::string& plan) {
  const auto done = store_.change(
      "INSERT INTO audit_consent VALUES (?, ?) ON CONFLICT(root) DO UPDATE SET plan = excluded.plan", {root, plan}, {});
  return done ? Result<void>() : done.error();
}

}  // namespace cascade::scores
