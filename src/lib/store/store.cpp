// migrate() runs the steps that a module's tables lack. The version is read before the transaction, because usually
// there is nothing to do, and again inside it, because another process may have been faster. transaction() repeats its
// body only where the engine says that another transaction was in the way, a little later each time.
#include "store/store.h"

#include <algorithm>
#include <chrono>
#include <thread>

namespace cascade::store {

Statement& Statement::bind(std::int64_t value) {
  cursor_->bind(value);
  return *this;
}

Statement& Statement::bind(std::string_view value) {
  cursor_->bind(value);
  return *this;
}

Statement& Statement::bind_nothing() {
  cursor_->bind_nothing();
  return *this;
}

Result<Store> Store::open(const Options& options) {
  Store store;
  if (!options.server.empty()) {
    auto server = open_server(options);
    if (!server) return server.error();
    store.engine_ = *std::move(server);
    store.path_ = shown_address(options.server);
    store.is_on_server_ = store.is_shared_ = true;
    return store;
  }
  auto file = open_file(options);
  if (!file) return file.error();
  store.engine_ = std::move(file->engine);
  store.path_ = std::move(file->path);
  store.is_shared_ = file->is_far;
  return store;
}

// 0: the module has no tables yet, or is unknown.
Result<std::int64_t> Store::version_of(const std::string& module) {
  auto look = prepare("SELECT version FROM module WHERE name = ?");
  if (!look) return look.error().code == ErrorCode::misuse ? Result<std::int64_t>(0) : look.error();
  const auto row = look->bind(module).step();
  if (!row) return row.error().code == ErrorCode::misuse ? Result<std::int64_t>(0) : row.error();
  return *row ? look->number(0) : 0;
}

Result<void> Store::migrate(const Module& module) {
  const std::vector<std::string>& steps = is_on_server_ ? module.server_steps : module.steps;
  const auto wanted = static_cast<std::int64_t>(steps.size());
  const auto now = version_of(module.name);
  if (!now) return now.error();
  if (*now == wanted) return {};
  if (*now > wanted)
    return Error{ErrorCode::unsupported, "a newer cascade wrote the tables of " + module.name, path_,
                 "install that cascade; this one leaves them as they are"};
  return transaction([&]() -> Result<void> {
    if (auto made = run("CREATE TABLE IF NOT EXISTS module(name TEXT PRIMARY KEY, version INTEGER NOT NULL)"); !made)
      return made;
    if (!is_on_server_)
      if (auto set = run("PRAGMA user_version = " + std::to_string(version)); !set) return set;
    // Another process may have migrated already, or be doing so: on a server we wait for its row.
    auto guard = prepare("INSERT INTO module VALUES (?, 0) ON CONFLICT(name) DO UPDATE SET version = module.version");
    if (!guard) return guard.error();
    if (const auto done = guard->bind(module.name).step(); !done) return done.error();
    const auto held = version_of(module.name);
    if (!held) return held.error();
    for (std::int64_t i = *held; i < wanted; ++i)
      if (auto done = run(steps[static_cast<std::size_t>(i)]); !done) return done;
    auto keep = prepare("UPDATE module SET version = ? WHERE name = ?");
    if (!keep) return keep.error();
    const auto kept = keep->bind(std::max(wanted, *held)).bind(module.name).step();
    return kept ? Result<void>() : kept.error();
  });
}

Result<Statement> Store::prepare(std::string_view sql) {
  auto cursor = engine_->prepare(sql);
  if (!cursor) return cursor.error();
  Statement statement;
  statement.cursor_ = *std::move(cursor);
  return statement;
}

Result<void> Store::run(std::string_view sql) { return engine_->run(sql); }

Result<bool> Store::change(std::string_view sql, const std::vector<std::string>& texts,
                           const std::vector<std::int64_t>& numbers) {
  auto statement = prepare(sql);
  if (!statement) return statement.error();
  for (const std::string& text : texts) statement->bind(text);
  for (const std::int64_t number : numbers) statement->bind(number);
  return statement->step();
}

Result<void> Store::transaction(const std::function<Result<void>()>& body) {
  constexpr int most_tries = 10;
  for (int tried = 1;; ++tried) {
    if (auto begun = engine_->begin(); !begun) return begun;
    auto done = body();
    if (done) done = engine_->run("COMMIT");
    if (done) return done;
    const bool again = engine_->may_try_again() && tried < most_tries;
    static_cast<void>(engine_->run("ROLLBACK"));
    if (!again) return done;
    std::this_thread::sleep_for(std::chrono::milliseconds(5 * tried));
  }
}

Result<std::int64_t> Store::server_milliseconds() {
  auto ask = prepare("SELECT CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS BIGINT)");
  if (!ask) return ask.error();
  const auto row = ask->step();
  if (!row) return row.error();
  return ask->number(0);
}

}  // namespace cascade::store
