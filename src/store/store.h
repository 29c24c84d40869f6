// What outlives a session: one SQLite file in the state folder, shared by every process of the user. Modules bring
// their tables; nothing is opened until one of them is used.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::store {

constexpr std::string_view file_name = "store.db";
constexpr std::int64_t version = 1;  // of the file: PRAGMA user_version

struct Options {
  std::string folder;        // the state folder; made when it is not there
  bool creates = true;       // false: not_found where there is no store yet
  bool checkpoints = false;  // verbs do when they close it, hooks only where the log has grown long
  int patience_ms = 10'000;  // how long another writer is waited for
};

// The tables of one module: what each version of them adds to the one before. Steps are never changed, only added to.
struct Module {
  std::string name;
  std::vector<std::string> steps;
};

// A prepared statement. Values are bound in order, then it is stepped through; reset() makes it ready for the next use.
// It must not outlive its store.
class Statement {
 public:
  Statement& bind(std::int64_t value);
  Statement& bind(std::string_view value);
  Statement& bind_nothing();
  Result<bool> step();  // true: there is a row. Errors as of Store.
  void reset();
  std::int64_t number(int column) const;
  std::string text(int column) const;
  int columns() const;

 private:
  friend class Store;
  struct End {
    void operator()(void* statement) const noexcept;
  };
  std::unique_ptr<void, End> statement_;
  std::string path_;
  int bound_ = 0;
  bool failed_ = false;  // a value could not be bound
};

// Errors of all operations: malformed (the file is damaged), unwritable (the disk is full, the folder is read-only,
// another process wrote for longer than the patience), unreadable, unsupported (a newer cascade wrote it).
class Store {
 public:
  // A store of a newer version is left as it is: unsupported.
  static Result<Store> open(const Options& options);

  // Brings the module's tables up to its last step. unsupported: a newer cascade added steps.
  Result<void> migrate(const Module& module);

  Result<Statement> prepare(std::string_view sql);
  Result<void> run(std::string_view sql);  // one or more statements without values
  // All of it or nothing: `body`'s error undoes what it did. No other process writes meanwhile. Not nested.
  Result<void> transaction(const std::function<Result<void>()>& body);
  Result<void> checkpoint();  // writes what was appended into the file itself

  const std::string& path() const noexcept { return path_; }

 private:
  struct Close {
    bool checkpoints = false;
    void operator()(void* connection) const noexcept;
  };
  Error fault(int code) const;
  std::unique_ptr<void, Close> connection_{nullptr, Close{}};
  std::string path_;
};

}  // namespace cascade::store
