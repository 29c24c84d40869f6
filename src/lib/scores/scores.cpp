#include "scores/scores.h"

namespace cascade::scores {
namespace {

const store::Module& score_tables() {
  static const store::Module module = {
      "scores",
      {"CREATE TABLE audit_score(root TEXT NOT NULL, head TEXT NOT NULL, with_runs INTEGER NOT NULL,"
       " at INTEGER NOT NULL, score INTEGER NOT NULL, PRIMARY KEY(root, head, with_runs));"
       "CREATE TABLE audit_consent(root TEXT PRIMARY KEY, plan TEXT NOT NULL)",
       "DROP TABLE audit_score"},
      {"CREATE TABLE audit_score(root TEXT NOT NULL, head TEXT NOT NULL, with_runs BIGINT NOT NULL,"
       " at BIGINT NOT NULL, score BIGINT NOT NULL, PRIMARY KEY(root, head, with_runs));"
       "CREATE TABLE audit_consent(root TEXT PRIMARY KEY, plan TEXT NOT NULL)",
       "DROP TABLE audit_score"}};
  return module;
}

}  // namespace

Result<Scores> Scores::open(const store::Options& options) {
  auto store = store::Store::open(options);
  if (!store) return store.error();
  if (auto ready = store->migrate(score_tables()); !ready) return ready.error();
  return Scores(*std::move(store));
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
