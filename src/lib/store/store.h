// Data that outlives a session: one SQLite file in the state folder, shared by all processes of the user, or one
// PostgreSQL database for several machines (cascade.yaml's `store`). Modules define their own tables; nothing is
// opened until one of them is used.
//
// Another system adds its tables in a file of its own: a Module with its steps, a class that holds a Store, and
// statements that both databases understand:
//   - `?` or `?3` for a value; bind() decides its type: a 64-bit integer or text, and nothing else;
//   - INSERT ... ON CONFLICT(...) DO UPDATE SET ..., RETURNING, CAST; not INSERT OR REPLACE, not LIMIT in a DELETE;
//   - no function of time: on a server use its clock, server_milliseconds();
//   - ORDER BY text only if the rows are sorted again afterwards: collations differ.
// transaction() excludes other writers of a file, but not of a server: there, first write to the row that guards the
// data the transaction reads (INSERT ... ON CONFLICT ... DO UPDATE locks it until the end). Its body may run several
// times.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "cli/environment.h"
#include "session/store_options.h"
#include "system/system.h"

namespace cascade::store {

// A prepared statement, as store.h's Statement describes it.
class Cursor {
 public:
  virtual ~Cursor() = default;
  virtual void bind(std::int64_t value) = 0;
  virtual void bind(std::string_view value) = 0;
  virtual void bind_nothing() = 0;
  virtual Result<bool> step() = 0;
  virtual void reset() = 0;
  virtual std::int64_t number(int column) const = 0;
  virtual std::string text(int column) const = 0;
};

// Errors of all operations: those of store.h's Store. A missing table is misuse.
class Engine {
 public:
  virtual ~Engine() = default;
  virtual Result<std::unique_ptr<Cursor>> prepare(std::string_view sql) = 0;
  virtual Result<void> run(std::string_view sql) = 0;
  virtual Result<void> begin() = 0;  // COMMIT and ROLLBACK are run()
  // Whether the last failure was a conflict with another transaction: the whole transaction may be tried again.
  virtual bool may_try_again() const = 0;
};

// The tables of one module: each step adds to the one before. Steps are never changed, only appended.
struct Module {
  std::string name;
  std::vector<std::string> steps;  // in SQLite's dialect; of its types INTEGER and TEXT, PostgreSQL gets its own
};

// A prepared statement. Bind values in order, then step through it; reset() prepares it for the next use. It must not
// outlive its store. On a server the first step() fetches all rows, 4 MiB at most.
class Statement {
 public:
  void bind(std::int64_t value) { cursor_->bind(value); }
  void bind(std::string_view value) { cursor_->bind(value); }
  void bind_nothing() { cursor_->bind_nothing(); }
  // True: there is a row. Errors as of Store.
  Result<bool> step() {
    auto row = cursor_->step();
    has_row_ = row && *row;
    return row;
  }
  bool has_row() const noexcept { return has_row_; }  // after the last step()
  void reset() { cursor_->reset(); }
  std::int64_t number(int column) const { return cursor_->number(column); }
  std::string text(int column) const { return cursor_->text(column); }

 private:
  friend class Store;
  std::unique_ptr<Cursor> cursor_;
  bool has_row_ = false;
};

// Errors of all operations: malformed (the file is damaged), unwritable (the disk is full, the folder is read-only, or
// another process wrote for longer than the patience), unreadable (the server cannot be reached), unsupported (written
// by a newer cascade). No error holds a password.
class Store {
 public:
  static Result<Store> open(const Options& options);  // a store of a newer version is left unchanged: unsupported

  // Brings the module's tables up to its last step. unsupported: a newer cascade has added steps.
  Result<void> migrate(const Module& module);

  Result<Statement> prepare(std::string_view sql);
  Result<void> run(std::string_view sql);  // one or more statements without values
  // One statement with these texts, then these numbers, stepped once.
  Result<Statement> ask(std::string_view sql, const std::vector<std::string>& texts,
                        const std::vector<std::int64_t>& numbers = {});
  Result<void> change(std::string_view sql, const std::vector<std::string>& texts,
                      const std::vector<std::int64_t>& numbers = {});
  // The same in a transaction's body, which need not look: a fault of it is what every later statement answers, and
  // what the transaction ends with.
  void apply(std::string_view sql, const std::vector<std::string>& texts,
             const std::vector<std::int64_t>& numbers = {});
  // The body's own fault, the same way: SQLite may have ended the transaction with it, so nothing may be written any
  // more.
  void fail(const Error& fault);
  // What `make` makes of each row of such a statement.
  template <typename Make, typename Made = std::invoke_result_t<Make, const Statement&>>
  Result<std::vector<Made>> rows(std::string_view sql, const std::vector<std::string>& texts,
                                 const std::vector<std::int64_t>& numbers, const Make& make) {
    std::vector<Made> made;
    auto statement = ask(sql, texts, numbers);
    if (!statement) return statement.error();
    while (statement->has_row()) {
      made.push_back(make(*statement));
      if (const auto more = statement->step(); !more) return more.error();
    }
    return made;
  }
  // All or nothing: an error of `body` undoes its changes. Not nested. In a file no other process writes meanwhile;
  // for a server see above.
  Result<void> transaction(const std::function<Result<void>()>& body);
  // The same with what the body returns.
  template <typename Body, typename Said = std::invoke_result_t<Body>>
  requires(!std::is_void_v<typename Said::value_type>) Said transaction(const Body& body) {
    std::optional<Said> said;
    const auto done = transaction([&]() -> Result<void> {
      said.emplace(body());
      return *said ? Result<void>() : said->error();
    });
    return done ? *std::move(said) : Said(done.error());
  }

  bool is_on_server() const noexcept { return is_on_server_; }
  bool is_shared() const noexcept { return is_shared_; }  // other machines may write: a server, or a network folder
  Result<std::int64_t> server_milliseconds();             // since 1970 by the server's clock. REQUIRES: is_on_server()

  const std::string& path() const noexcept { return path_; }  // for a server: its address without the user

 private:
  Result<std::int64_t> version_of(const std::string& module);
  std::unique_ptr<Engine> engine_;
  std::string path_;
  bool is_on_server_ = false, is_shared_ = false, in_transaction_ = false;
  std::optional<Error> fault_;  // of apply() and fail(), until the transaction ends
};

// The store as a PostgreSQL database, asked through cascade-postgres (src/programs/cascade_postgres): one line of JSON
// per statement. Nothing is kept on this machine, and nothing replaces the server if it cannot be reached.

// unreadable: unreachable, its certificate is not trusted, or it rejects us; misuse: not such an address.
Result<std::unique_ptr<Engine>> open_server(const Options& options);

// "postgresql://host:5432/cascade": without the user, the password, and the parameters, which may hold another
// password.
std::string shown_address(std::string_view address);

// The store as one SQLite file on the user's machine.

struct OpenedFile {
  std::unique_ptr<Engine> engine;
  std::string path;
  bool is_far = false;  // in a network folder
};

Result<OpenedFile> open_file(const Options& options);  // errors as of Store::open()

// Detects a damaged store and saves its readable rows.

// Reads every page. malformed: it is damaged; not_found: there is no store; other errors as Store::open().
Result<void> check(const std::string& folder);

struct Repaired {
  std::string damaged;     // the old file, kept next to the store
  std::string exported;    // its rows as lines of JSON: {"table": ..., "row": {...}}
  std::uint64_t rows = 0;  // the number that could be read; the new store holds them
};
// Sets a damaged store aside, writes its readable rows as lines of JSON, and creates a new store from them. REQUIRES:
// check() returned malformed. unwritable.
Result<Repaired> repair(const std::string& folder);

}  // namespace cascade::store

// Chooses the store for everything that outlives a session, from the user's configuration.

namespace cascade::cli {

// A file in the state folder, or the server at `address` (policy::Policy::store), accessed through the cascade-postgres
// next to this program.
store::Options store_at(const Environment& environment, const std::string& address, bool creates, bool checkpoints);

// The store for a verb, from the user's own cascade.yaml. misuse: the project's file names another one, which is not
// used (policy::Policy::project_with_store). Other errors are those of policy::read_policy.
Result<store::Options> configured_store(const Environment& environment, bool creates, bool checkpoints);

// What `cascade doctor` looks at on behalf of every system that keeps something there: the file, if there is one, which
// is set aside when it is damaged and that was asked for; and the server, if one is configured.
core::AddChecks check_store, check_server;
inline constexpr core::Examination store_examinations[] = {{core::Examined::store, check_store},
                                                           {core::Examined::server, check_server}};

}  // namespace cascade::cli
