// Saves the rows of a damaged SQLite file: reads the tables by rowid from both ends until the damage stops each pass,
// so that rows on either side of a bad page are saved; writes them out as lines of JSON; sets the damaged file aside;
// fills a new store. Indexes are not used for reading, since they may be damaged where the rows are not.
#include "store/store.h"

#include <sqlite3.h>

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "files/atomic_write.h"
#include "files/paths.h"
#include "files/tree.h"
#include "syntax/put.h"

namespace cascade::store {
namespace {

struct Closer {
  void operator()(sqlite3* connection) const noexcept { sqlite3_close_v2(connection); }
  void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};
using Connection = std::unique_ptr<sqlite3, Closer>;
using Rows = std::unique_ptr<sqlite3_stmt, Closer>;

// The readable part of one table.
struct Table {
  std::string name, sql;
  std::vector<std::string> columns;
  std::map<std::int64_t, std::vector<std::optional<std::string>>> rows;  // by rowid
};

Rows rows_of(sqlite3* connection, const std::string& sql) {
  sqlite3_stmt* made = nullptr;
  sqlite3_prepare_v2(connection, sql.c_str(), static_cast<int>(sql.size()), &made, nullptr);
  return Rows(made);
}

std::string quoted(const std::string& name) {
  std::string text = "\"";
  for (const char c : name) text += c == '"' ? std::string("\"\"") : std::string(1, c);
  return text + "\"";
}

// Reads from both ends towards the damage: rows beyond it are reached from the other side.
void read_rows(sqlite3* connection, Table& table) {
  for (const char* order : {"ASC", "DESC"}) {
    const Rows rows =
        rows_of(connection, "SELECT rowid, * FROM " + quoted(table.name) + " NOT INDEXED ORDER BY rowid " + order);
    if (!rows) continue;
    table.columns.clear();
    for (int i = 1; i < sqlite3_column_count(rows.get()); ++i)
      table.columns.emplace_back(sqlite3_column_name(rows.get(), i));
    while (sqlite3_step(rows.get()) == SQLITE_ROW) {
      std::vector<std::optional<std::string>> values;
      for (int i = 1; i < sqlite3_column_count(rows.get()); ++i) {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(rows.get(), i));
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(rows.get(), i));
        values.push_back(text == nullptr ? std::nullopt : std::optional<std::string>(std::string(text, size)));
      }
      if (!table.rows.emplace(sqlite3_column_int64(rows.get(), 0), std::move(values)).second) break;
    }
  }
}

std::vector<Table> read_tables(const std::string& path) {
  std::vector<Table> tables;
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  const Connection connection(opened);
  const Rows found = code == SQLITE_OK ? rows_of(connection.get(),
                                                 "SELECT name, sql FROM sqlite_master WHERE type = 'table' "
                                                 "AND name NOT LIKE 'sqlite_%' ORDER BY name")
                                       : Rows();
  while (found && sqlite3_step(found.get()) == SQLITE_ROW) {
    Table table;
    table.name = reinterpret_cast<const char*>(sqlite3_column_text(found.get(), 0));
    table.sql = reinterpret_cast<const char*>(sqlite3_column_text(found.get(), 1));
    read_rows(connection.get(), table);
    tables.push_back(std::move(table));
  }
  return tables;
}

std::string lines_of(const std::vector<Table>& tables) {
  std::string text;
  for (const Table& table : tables)
    for (const auto& [rowid, values] : table.rows) {
      syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
      put(json.begin_object(), "table", table.name).key("row").begin_object();
      for (std::size_t i = 0; i < values.size(); ++i) put(json, table.columns[i], values[i]);
      text += json.end_object().end_object().take() + "\n";
    }
  return text;
}

// Numbers come back as numbers because of the columns' types.
Result<std::uint64_t> write_tables(const std::string& folder, const std::vector<Table>& tables) {
  auto store = Store::open({folder, true, true});
  if (!store) return store.error();
  return store->transaction([&]() -> Result<std::uint64_t> {
    std::uint64_t rows = 0;
    if (auto set = store->run("PRAGMA user_version = " + std::to_string(version)); !set) return set.error();
    for (const Table& table : tables) {
      if (auto made = store->run(table.sql); !made) return made.error();
      std::string places;
      for (std::size_t i = 0; i < table.columns.size(); ++i) places += i == 0 ? "?" : ", ?";
      auto insert = store->prepare("INSERT OR IGNORE INTO " + quoted(table.name) + " VALUES (" + places + ")");
      if (!insert) return insert.error();
      for (const auto& [rowid, values] : table.rows) {
        for (const auto& value : values) value ? insert->bind(*value) : insert->bind_nothing();
        if (const auto done = insert->step(); !done) return done.error();
        insert->reset();
        ++rows;
      }
    }
    return rows;
  });
}

}  // namespace

Result<void> check(const std::string& folder) {
  auto store = Store::open({folder, false});
  if (!store) return store.error();
  const auto look = store->ask("PRAGMA quick_check(1)", {});
  if (!look) return look.error();
  if (look->has_row() && look->text(0) == "ok") return {};
  return Error{ErrorCode::malformed, "the store is damaged: " + look->text(0), store->path(),
               "cascade doctor --repair saves what is readable"};
}

Result<Repaired> repair(const std::string& folder) {
  const files::DiskTree tree;
  const std::string path = files::join(tree.real_path(folder).value_or(folder), file_name);
  const std::vector<Table> tables = read_tables(path);
  Repaired repaired;
  std::string number;
  for (int i = 2; tree.stat(path + ".damaged" + number) || tree.stat(path + ".readable" + number + ".jsonl"); ++i)
    number = "-" + std::to_string(i);
  repaired.damaged = path + ".damaged" + number;
  repaired.exported = path + ".readable" + number + ".jsonl";
  if (auto written = files::write_atomically(repaired.exported, lines_of(tables), 0600); !written)
    return written.error();
  if (tree.stat(path))  // it may be missing where its log is still there
    if (auto moved = files::move_file(path, repaired.damaged); !moved) return moved.error();
  for (const char* part : {"-wal", "-shm", "-journal"})  // those of the damaged file only
    if (tree.stat(path + part)) static_cast<void>(files::move_file(path + part, repaired.damaged + part));
  const auto rows = write_tables(folder, tables);
  if (!rows) return rows.error();
  repaired.rows = *rows;
  return repaired;
}

}  // namespace cascade::store
