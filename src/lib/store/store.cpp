// migrate() runs the steps that a module's tables lack. The version is read before the transaction, because usually
// there is nothing to do, and again inside it, because another process may have been faster. transaction() repeats its
// body only where the engine says that another transaction was in the way, a little later each time.
#include "store/store.h"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <thread>
#include <utility>

namespace cascade::store {

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
  const auto look = ask("SELECT version FROM module WHERE name = ?", {module});
  if (!look) return look.error().code == ErrorCode::misuse ? Result<std::int64_t>(0) : look.error();
  return look->has_row() ? look->number(0) : 0;
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
    apply("INSERT INTO module VALUES (?, 0) ON CONFLICT(name) DO UPDATE SET version = module.version", {module.name});
    const auto held = version_of(module.name);
    if (!held) return held.error();
    for (std::int64_t i = *held; i < wanted; ++i)
      if (auto done = run(steps[static_cast<std::size_t>(i)]); !done) return done;
    return change("UPDATE module SET version = ?2 WHERE name = ?1", {module.name}, {std::max(wanted, *held)});
  });
}

Result<Statement> Store::prepare(std::string_view sql) {
  auto cursor = engine_->prepare(sql);
  if (!cursor) return cursor.error();
  Statement statement;
  statement.cursor_ = *std::move(cursor);
  return statement;
}

Result<void> Store::run(std::string_view sql) { return fault_ ? Result<void>(*fault_) : engine_->run(sql); }

Result<Statement> Store::ask(std::string_view sql, const std::vector<std::string>& texts,
                             const std::vector<std::int64_t>& numbers) {
  if (fault_) return *fault_;
  auto statement = prepare(sql);
  if (!statement) return statement;
  for (const std::string& text : texts) statement->bind(text);
  for (const std::int64_t number : numbers) statement->bind(number);
  if (const auto row = statement->step(); !row) return row.error();
  return statement;
}

Result<void> Store::change(std::string_view sql, const std::vector<std::string>& texts,
                           const std::vector<std::int64_t>& numbers) {
  const auto done = ask(sql, texts, numbers);
  return done ? Result<void>() : done.error();
}

void Store::apply(std::string_view sql, const std::vector<std::string>& texts,
                  const std::vector<std::int64_t>& numbers) {
  if (const auto done = change(sql, texts, numbers); !done) fail(done.error());
}

void Store::fail(const Error& fault) {
  assert(in_transaction_);  // nothing else takes a fault away
  if (!fault_) fault_ = fault;
}

Result<void> Store::transaction(const std::function<Result<void>()>& body) {
  constexpr int most_tries = 10;
  assert(!in_transaction_);
  for (int tried = 1;; ++tried) {
    if (auto begun = engine_->begin(); !begun) return begun;
    in_transaction_ = true;
    auto done = body();
    in_transaction_ = false;
    if (fault_) done = *std::exchange(fault_, std::nullopt);
    if (done) done = engine_->run("COMMIT");
    if (done) return done;
    const bool again = engine_->may_try_again() && tried < most_tries;
    static_cast<void>(engine_->run("ROLLBACK"));
    if (!again) return done;
    std::this_thread::sleep_for(std::chrono::milliseconds(5 * tried));
  }
}

Result<std::int64_t> Store::server_milliseconds() {
  const auto clock = ask("SELECT CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS BIGINT)", {});
  return clock ? Result<std::int64_t>(clock->number(0)) : clock.error();
}

}  // namespace cascade::store
