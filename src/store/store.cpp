#include "store/store.h"

#include <sqlite3.h>

#include "files/atomic_write.h"
#include "files/network_folder.h"
#include "files/paths.h"
#include "files/private_file.h"
#include "files/tree.h"

// SQLite's archive can load extensions. We load none, and a static program cannot: CMake has the linker call this.
extern "C" void* __wrap_dlopen(const char*, int) { return nullptr; }  // NOLINT(bugprone-reserved-identifier)

namespace cascade::store {
namespace {

constexpr const char* repair_help = "cascade doctor --repair saves what is readable";

sqlite3* of(void* connection) { return static_cast<sqlite3*>(connection); }
sqlite3_stmt* statement_of(void* statement) { return static_cast<sqlite3_stmt*>(statement); }

Error error_of(int code, const std::string& path, const std::string& words) {
  switch (code & 0xFF) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return {ErrorCode::malformed, "the store is damaged", path, repair_help};
    case SQLITE_FULL:
      return {ErrorCode::unwritable, "the disk is full: the store was not changed", path, "free some space"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorCode::unwritable, "other processes write to the store for too long", path, "try again"};
    case SQLITE_READONLY:
    case SQLITE_IOERR:
    case SQLITE_PERM: return {ErrorCode::unwritable, "the store cannot be written: " + words, path, "cascade doctor"};
    case SQLITE_CANTOPEN:
      return {ErrorCode::unreadable, "the store cannot be opened: " + words, path, "cascade doctor"};
    default: return {ErrorCode::unreadable, "the store failed: " + words, path, "cascade doctor"};
  }
}

// What the file's head says (SQLite's file format, offsets 18 and 60): read before SQLite touches anything.
struct Head {
  std::uint32_t version = 0;
  bool has_log = false;  // a write-ahead log is kept
};

Head read_head(const std::string& path) {
  Head head;
  const auto bytes = files::read_head(path, 64);
  if (!bytes || bytes->size() < 64) return head;
  for (std::size_t i = 60; i < 64; ++i) head.version = head.version << 8 | static_cast<unsigned char>((*bytes)[i]);
  head.has_log = (*bytes)[18] == 2 && (*bytes)[19] == 2;
  return head;
}

// The first process to open the store reads the whole log. Hooks do not fold it into the file, but for one that finds
// it long: else each would cost more than the one before.
bool is_long(const files::Tree& tree, const std::string& path) {
  constexpr std::uint64_t long_bytes = 256 * 1024;
  const auto log = tree.stat(path + "-wal");
  return log && log->size > long_bytes;
}

Error newer(std::int64_t found, const std::string& path) {
  return {ErrorCode::unsupported, "a newer cascade wrote the store (version " + std::to_string(found) + ")", path,
          "install that cascade; this one leaves the store as it is"};
}

// Processes on one machine share memory through a file beside a write-ahead log; over a network that does not work, and
// a rollback journal is kept. Only one process can change from one to the other, and SQLite does not wait for it.
int choose_journal(sqlite3* connection, const Head& head, bool far, int patience_ms) {
  const char* wanted = far            ? "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL"
                       : head.has_log ? "PRAGMA synchronous=NORMAL"
                                      : "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL";
  constexpr int pause_ms = 5;
  int code = sqlite3_exec(connection, wanted, nullptr, nullptr, nullptr);
  for (int waited = 0; (code & 0xFF) == SQLITE_BUSY && waited < patience_ms; waited += pause_ms) {
    sqlite3_sleep(pause_ms);
    code = sqlite3_exec(connection, wanted, nullptr, nullptr, nullptr);
  }
  return code;
}

}  // namespace

void Statement::End::operator()(void* statement) const noexcept { sqlite3_finalize(statement_of(statement)); }

Statement& Statement::bind(std::int64_t value) {
  failed_ = sqlite3_bind_int64(statement_of(statement_.get()), ++bound_, value) != SQLITE_OK || failed_;
  return *this;
}

Statement& Statement::bind(std::string_view value) {
  failed_ = sqlite3_bind_text64(statement_of(statement_.get()), ++bound_, value.data(), value.size(), SQLITE_TRANSIENT,
                                SQLITE_UTF8) != SQLITE_OK ||
            failed_;
  return *this;
}

Statement& Statement::bind_nothing() {
  failed_ = sqlite3_bind_null(statement_of(statement_.get()), ++bound_) != SQLITE_OK || failed_;
  return *this;
}

Result<bool> Statement::step() {
  if (failed_) return Error{ErrorCode::misuse, "a value fits no place of the statement", path_, ""};
  const int code = sqlite3_step(statement_of(statement_.get()));
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  sqlite3* connection = sqlite3_db_handle(statement_of(statement_.get()));
  return error_of(code, path_, sqlite3_errmsg(connection));
}

void Statement::reset() {
  sqlite3_reset(statement_of(statement_.get()));
  sqlite3_clear_bindings(statement_of(statement_.get()));
  bound_ = 0;
  failed_ = false;
}

std::int64_t Statement::number(int column) const {
  return sqlite3_column_int64(statement_of(statement_.get()), column);
}

std::string Statement::text(int column) const {
  const unsigned char* text = sqlite3_column_text(statement_of(statement_.get()), column);
  if (text == nullptr) return {};
  return {reinterpret_cast<const char*>(text),
          static_cast<std::size_t>(sqlite3_column_bytes(statement_of(statement_.get()), column))};
}

int Statement::columns() const { return sqlite3_column_count(statement_of(statement_.get())); }

void Store::Close::operator()(void* connection) const noexcept {
  if (checkpoints) {
    sqlite3_busy_timeout(of(connection), 0);  // who is in the way does it another time
    sqlite3_wal_checkpoint_v2(of(connection), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  }
  sqlite3_close_v2(of(connection));
}

Error Store::fault(int code) const { return error_of(code, path_, sqlite3_errmsg(of(connection_.get()))); }

Result<Store> Store::open(const Options& options) {
  if (options.folder.empty())
    return Error{ErrorCode::unwritable, "there is no folder for the store", "", "set HOME or XDG_STATE_HOME"};
  const files::DiskTree tree;
  if (options.creates)
    if (auto made = files::make_directories(options.folder); !made) return made.error();
  auto folder = tree.real_path(options.folder);
  if (!folder) return folder.error();
  Store store;
  store.path_ = files::join(*folder, file_name);
  if (!tree.stat(store.path_)) {
    if (!options.creates) return Error{ErrorCode::not_found, "there is no store yet", store.path_, ""};
    if (auto made = files::make_private_file(store.path_); !made) return made.error();
  }
  const Head head = read_head(store.path_);
  if (head.version > version) return newer(head.version, store.path_);
  sqlite3* connection = nullptr;
  const int opened = sqlite3_open_v2(store.path_.c_str(), &connection,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW, nullptr);
  store.connection_ =
      std::unique_ptr<void, Close>(connection, Close{options.checkpoints || is_long(tree, store.path_)});
  if (opened != SQLITE_OK) return store.fault(opened);
  sqlite3_busy_timeout(connection, options.patience_ms);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_wal_autocheckpoint(connection, options.checkpoints ? 1'000 : 0);
  const bool far = files::is_on_network(*folder);
  if (const int set = choose_journal(connection, head, far, options.patience_ms); set != SQLITE_OK)
    return store.fault(set);
  auto found = store.prepare("PRAGMA user_version");
  if (!found) return found.error();
  const auto row = found->step();
  if (!row) return row.error();
  if (found->number(0) > version) return newer(found->number(0), store.path_);
  return store;
}

Result<void> Store::migrate(const Module& module) {
  const auto has = [&]() -> Result<std::int64_t> {
    auto look = prepare("SELECT version FROM module WHERE name = ?");
    if (!look) return look.error().code == ErrorCode::misuse ? Result<std::int64_t>(0) : look.error();
    const auto row = look->bind(module.name).step();
    if (!row) return row.error();
    return *row ? look->number(0) : 0;
  };
  const auto wanted = static_cast<std::int64_t>(module.steps.size());
  const auto now = has();
  if (!now) return now.error();
  if (*now == wanted) return {};
  if (*now > wanted)
    return Error{ErrorCode::unsupported, "a newer cascade wrote the tables of " + module.name, path_,
                 "install that cascade; this one leaves them as they are"};
  return transaction([&]() -> Result<void> {
    if (auto made = run("CREATE TABLE IF NOT EXISTS module(name TEXT PRIMARY KEY, version INTEGER NOT NULL);"
                        "PRAGMA user_version = " +
                        std::to_string(version));
        !made)
      return made;
    const auto held = has();  // another process may have been quicker
    if (!held) return held.error();
    for (std::int64_t i = *held; i < wanted; ++i)
      if (auto done = run(module.steps[static_cast<std::size_t>(i)]); !done) return done;
    auto keep = prepare("INSERT OR REPLACE INTO module VALUES (?, ?)");
    if (!keep) return keep.error();
    const auto kept = keep->bind(module.name).bind(wanted).step();
    return kept ? Result<void>() : kept.error();
  });
}

Result<Statement> Store::prepare(std::string_view sql) {
  sqlite3_stmt* made = nullptr;
  const int code = sqlite3_prepare_v2(of(connection_.get()), sql.data(), static_cast<int>(sql.size()), &made, nullptr);
  // A table that is not there is the caller's fault, not the file's.
  if (code == SQLITE_ERROR) return Error{ErrorCode::misuse, sqlite3_errmsg(of(connection_.get())), path_, ""};
  if (code != SQLITE_OK) return fault(code);
  Statement statement;
  statement.statement_.reset(made);
  statement.path_ = path_;
  return statement;
}

Result<void> Store::run(std::string_view sql) {
  const int code = sqlite3_exec(of(connection_.get()), std::string(sql).c_str(), nullptr, nullptr, nullptr);
  return code == SQLITE_OK ? Result<void>() : fault(code);
}

Result<void> Store::transaction(const std::function<Result<void>()>& body) {
  if (auto begun = run("BEGIN IMMEDIATE"); !begun) return begun;
  if (auto done = body(); !done) {
    static_cast<void>(run("ROLLBACK"));
    return done;
  }
  auto ended = run("COMMIT");
  if (!ended) static_cast<void>(run("ROLLBACK"));
  return ended;
}

Result<void> Store::checkpoint() {
  const int code =
      sqlite3_wal_checkpoint_v2(of(connection_.get()), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  return code == SQLITE_OK || code == SQLITE_BUSY ? Result<void>() : fault(code);
}

}  // namespace cascade::store
