// Where a store lies, and how it is opened.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cascade::store {

constexpr std::string_view file_name = "store.db";
constexpr std::int64_t version = 1;  // of the file: PRAGMA user_version

struct Options {
  std::string folder;        // the state folder; made when it is not there
  bool creates = true;       // false: not_found where there is no store yet; a server is asked in any case
  bool checkpoints = false;  // verbs do when they close it, hooks only where the log has grown long
  int patience_ms = 10'000;  // how long another writer is waited for
  std::string server = {};   // "postgresql://...": there instead of in the folder, never in both
  std::string program = {};  // the path of cascade-postgres; empty: it is not there
};

}  // namespace cascade::store
