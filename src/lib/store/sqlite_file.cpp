// Opens the one SQLite file of the user: (1) the folder and an empty file that only the user can read are made if need
// be; (2) the version is read from the file's own header, before SQLite touches it, so a store of a newer Cascade stays
// as it is; (3) the journal is chosen. A hook reads a dozen pages, so what SQLite would reserve ahead is switched off,
// and checkpoints are left to verbs and to the hook that finds the log long.
#include "store/store.h"

#include <sqlite3.h>

#include "files/atomic_write.h"
#include "files/file_lock.h"
#include "files/folder.h"
#include "files/paths.h"
#include "files/tree.h"

// SQLite's archive can load extensions. We load none, and a static program cannot: CMake makes the linker call this
// instead.
extern "C" void* __wrap_dlopen(const char*, int) { return nullptr; }  // NOLINT(bugprone-reserved-identifier)

namespace cascade::store {
namespace {

constexpr const char* repair_help = "cascade doctor --repair saves what is readable";

Error error_of(int code, const std::string& path, const std::string& words) {
  switch (code & 0xFF) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return {ErrorCode::malformed, "the store is damaged", path, repair_help};
    case SQLITE_FULL:
      return {ErrorCode::unwritable, "the disk is full: the store was not changed", path, "free some space"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorCode::unwritable, "other processes keep the store busy for too long", path, "try again"};
    case SQLITE_NOLFS:
      return {ErrorCode::unwritable, "the file system of the store has no locks", path,
              "set XDG_STATE_HOME to a folder on a disk of this machine"};
    case SQLITE_READONLY:
    case SQLITE_IOERR:
    case SQLITE_PERM: return {ErrorCode::unwritable, "the store cannot be written: " + words, path, "cascade doctor"};
    case SQLITE_CANTOPEN:
      return {ErrorCode::unreadable, "the store cannot be opened: " + words, path, "cascade doctor"};
    default: return {ErrorCode::unreadable, "the store failed: " + words, path, "cascade doctor"};
  }
}

// What the file's own header says (SQLite's file format), read before SQLite touches the file.
struct Head {
  std::uint32_t version = 0;
  bool has_log = false;     // it uses a write-ahead log
  bool is_damaged = false;  // no SQLite of any version writes such a header
};

std::uint32_t number_at(const std::string& bytes, std::size_t at, std::size_t size) {
  std::uint32_t number = 0;
  for (std::size_t i = at; i < at + size; ++i) number = number << 8 | static_cast<unsigned char>(bytes[i]);
  return number;
}

// SQLite itself would take a wrong byte for a write-protected file, for one of a newer format, or for a newer
// Cascade's.
bool is_header(const std::string& bytes) {
  using namespace std::string_literals;
  constexpr std::uint32_t most_versions = 10'000;  // of a store, for ever
  const std::uint32_t page = number_at(bytes, 16, 2), writes = number_at(bytes, 18, 1), reads = number_at(bytes, 19, 1);
  return bytes.compare(0, 16, "SQLite format 3\0"s) == 0 && (page == 1 || (page >= 512 && (page & (page - 1)) == 0)) &&
         (writes == 1 || writes == 2) && (reads == 1 || reads == 2) && number_at(bytes, 21, 1) == 64 &&
         number_at(bytes, 22, 1) == 32 && number_at(bytes, 23, 1) == 32 && number_at(bytes, 44, 4) <= 4 &&
         number_at(bytes, 56, 4) <= 3 && number_at(bytes, 60, 4) <= most_versions &&
         bytes.find_first_not_of('\0', 72) >= 92;
}

Head read_head(const std::string& path) {
  constexpr std::size_t header_bytes = 100;
  Head head;
  const auto bytes = files::read_head(path, header_bytes);
  if (!bytes || bytes->empty()) return head;  // a new store
  head.is_damaged = bytes->size() < header_bytes || !is_header(*bytes);
  if (head.is_damaged) return head;
  head.version = number_at(*bytes, 60, 4);
  head.has_log = number_at(*bytes, 18, 1) == 2 && number_at(*bytes, 19, 1) == 2;
  return head;
}

// The log and its index are made only once the file has its header, and stay when the store is closed. Next to a file
// that is missing or empty they show that a store was there: making a new one would forget who holds what.
bool was_taken_away(const files::Tree& tree, const std::string& path) {
  if (!tree.stat(path + "-wal") && !tree.stat(path + "-shm")) return false;
  const auto now = tree.stat(path);  // another process may just have made it
  return !now || now->size == 0;
}

// The first process to open the store reads the whole log. Hooks fold it into the file only when it is long: without
// that, each hook would cost more than the one before.
bool is_long(const files::Tree& tree, const std::string& path) {
  constexpr std::uint64_t long_bytes = 256 * 1024;
  const auto log = tree.stat(path + "-wal");
  return log && log->size > long_bytes;
}

Error newer(std::int64_t found, const std::string& path) {
  return {ErrorCode::unsupported, "a newer cascade wrote the store (version " + std::to_string(found) + ")", path,
          "install that cascade; this one leaves the store as it is"};
}

// Processes on one machine share memory through a file next to a write-ahead log; that does not work over a network,
// so a rollback journal is used there. Only one process can switch between the two, and SQLite does not wait for it.
int choose_journal(sqlite3* connection, const Head& head, bool far, const std::string& folder, int patience_ms) {
  const char* wanted = far            ? "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL"
                       : head.has_log ? "PRAGMA synchronous=NORMAL"
                                      : "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL";
  constexpr int pause_ms = 5;
  sqlite3_busy_timeout(connection, 0);  // or each try would wait as long as all of them may
  int code = sqlite3_exec(connection, wanted, nullptr, nullptr, nullptr);
  for (int waited = 0; (code & 0xFF) == SQLITE_BUSY && waited < patience_ms; waited += pause_ms) {
    if (waited == 0 && !files::has_locks(folder)) return SQLITE_NOLFS;
    sqlite3_sleep(pause_ms);
    code = sqlite3_exec(connection, wanted, nullptr, nullptr, nullptr);
  }
  sqlite3_busy_timeout(connection, patience_ms);
  return code;
}

// Called before the first connection. A claim needs a dozen pages and some hundred small allocations. SQLite would
// reserve twenty pages per cache and forty pieces per connection and write to all of them, 50 page faults; without
// this it uses malloc on demand. Nobody reads its memory statistics.
bool prepare_sqlite() {
  sqlite3_config(SQLITE_CONFIG_PAGECACHE, nullptr, 0, 0);
  sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0);
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  return true;
}

struct End {
  void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};

struct Close {
  bool checkpoints = false;
  void operator()(sqlite3* connection) const noexcept {
    if (checkpoints) {
      sqlite3_busy_timeout(connection, 0);  // if another process is busy with it, leave it for another time
      sqlite3_wal_checkpoint_v2(connection, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    }
    sqlite3_close_v2(connection);
  }
};

class FileCursor final : public Cursor {
 public:
  FileCursor(sqlite3_stmt* made, const std::string& path) : statement_(made), path_(path) {}

  void bind(std::int64_t value) override { note(sqlite3_bind_int64(statement_.get(), ++bound_, value)); }
  void bind(std::string_view value) override {
    note(sqlite3_bind_text64(statement_.get(), ++bound_, value.data(), value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
  }
  void bind_nothing() override { note(sqlite3_bind_null(statement_.get(), ++bound_)); }
  Result<bool> step() override {
    if (failed_) return Error{ErrorCode::misuse, "a value fits no place of the statement", path_, ""};
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    return error_of(code, path_, sqlite3_errmsg(sqlite3_db_handle(statement_.get())));
  }
  void reset() override {
    sqlite3_reset(statement_.get());
    sqlite3_clear_bindings(statement_.get());
    bound_ = 0;
    failed_ = false;
  }
  std::int64_t number(int column) const override { return sqlite3_column_int64(statement_.get(), column); }
  std::string text(int column) const override {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
    if (bytes == nullptr) return {};
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
  }

 private:
  void note(int code) { failed_ = code != SQLITE_OK || failed_; }

  std::unique_ptr<sqlite3_stmt, End> statement_;
  const std::string& path_;
  int bound_ = 0;
  bool failed_ = false;  // binding a value failed
};

class File final : public Engine {
 public:
  File(sqlite3* connection, std::string path, bool checkpoints)
      : connection_(connection, Close{checkpoints}), path_(std::move(path)) {}

  Result<void> set_up(const Options& options, const Head& head, bool far) {
    sqlite3* connection = connection_.get();
    sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_wal_autocheckpoint(connection, options.checkpoints ? 1'000 : 0);
    const int set = choose_journal(connection, head, far, options.folder, options.patience_ms);
    if (set != SQLITE_OK) return fault(set);
    auto found = prepare("PRAGMA user_version");
    if (!found) return found.error();
    const auto row = (*found)->step();
    if (!row) return row.error();
    return (*found)->number(0) > version ? newer((*found)->number(0), path_) : Result<void>();
  }

  Result<std::unique_ptr<Cursor>> prepare(std::string_view sql) override {
    sqlite3_stmt* made = nullptr;
    const int code = sqlite3_prepare_v2(connection_.get(), sql.data(), static_cast<int>(sql.size()), &made, nullptr);
    // A missing table is the caller's mistake, not a fault of the file.
    if (code == SQLITE_ERROR) return Error{ErrorCode::misuse, sqlite3_errmsg(connection_.get()), path_, ""};
    if (code != SQLITE_OK) return fault(code);
    return std::unique_ptr<Cursor>(std::make_unique<FileCursor>(made, path_));
  }

  Result<void> run(std::string_view sql) override {
    const int code = sqlite3_exec(connection_.get(), std::string(sql).c_str(), nullptr, nullptr, nullptr);
    return code == SQLITE_OK ? Result<void>() : fault(code);
  }

  // Other writers wait from here on, each for its own patience.
  Result<void> begin() override { return run("BEGIN IMMEDIATE"); }
  bool may_try_again() const override { return false; }

  Error fault(int code) const { return error_of(code, path_, sqlite3_errmsg(connection_.get())); }

 private:
  std::unique_ptr<sqlite3, Close> connection_;
  std::string path_;
};

}  // namespace

Result<OpenedFile> open_file(const Options& options) {
  if (options.folder.empty())
    return Error{ErrorCode::unwritable, "there is no folder for the store", "", "set HOME or XDG_STATE_HOME"};
  const files::DiskTree tree;
  if (options.creates)
    if (auto made = files::make_directories(options.folder); !made) return made.error();
  auto folder = tree.real_path(options.folder);
  if (!folder) return folder.error();
  const std::string path = files::join(*folder, file_name);
  const auto found = tree.stat(path);
  if ((!found || found->size == 0) && was_taken_away(tree, path))
    return Error{ErrorCode::malformed,
                 found ? "the store is empty, and its log says that it was not"
                       : "the store is gone, and its log is still there",
                 path, repair_help};
  if (!found) {
    if (!options.creates) return Error{ErrorCode::not_found, "there is no store yet", path, ""};
    if (auto made = files::make_private_file(path); !made) return made.error();
  }
  const Head head = read_head(path);
  if (head.is_damaged) return error_of(SQLITE_NOTADB, path, {});
  if (head.version > version) return newer(head.version, path);
  [[maybe_unused]] static const bool is_prepared = prepare_sqlite();
  sqlite3* connection = nullptr;
  const int opened = sqlite3_open_v2(path.c_str(), &connection,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW, nullptr);
  auto file = std::make_unique<File>(connection, path, options.checkpoints || is_long(tree, path));
  if (opened != SQLITE_OK) return file->fault(opened);
  const bool is_far = files::is_on_network(*folder);
  if (auto ready = file->set_up(options, head, is_far); !ready) return ready.error();
  return OpenedFile{std::move(file), path, is_far};
}

}  // namespace cascade::store
