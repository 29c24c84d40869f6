// Where a store is and how it is opened.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cascade::store {

constexpr std::string_view file_name = "store.db";
constexpr std::int64_t version = 1;  // of the file: PRAGMA user_version

struct Options {
  std::string folder;        // the state folder; created if missing
  bool creates = true;       // false: not_found if there is no store yet; a server is asked in any case
  bool checkpoints = false;  // verbs do so on closing, hooks only if the log has grown long
  int patience_ms = 10'000;  // how long to wait for another writer
  std::string server = {};   // "postgresql://...": used instead of the folder, never both
  std::string program = {};  // the path of cascade-postgres; empty: it is not installed
};

}  // namespace cascade::store
