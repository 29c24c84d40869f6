// Runs a store's statements: on an SQLite file (sqlite_file.h) or a PostgreSQL server (server.h). Only store.cpp knows
// which.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

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
  virtual int columns() const = 0;
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

}  // namespace cascade::store
