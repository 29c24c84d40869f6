#include <catch2/catch.hpp>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "folder_kind.h"
#include "full_disk.h"
#include "read_text.h"
#include "scratch_folder.h"
#include "store/store.h"

using namespace cascade;
using namespace cascade::store;

namespace {

const Module numbers = {"numbers", {"CREATE TABLE number(value INTEGER, name TEXT)"}};

Store opened(const std::string& folder, bool checkpoints = false) {
  auto store = Store::open({folder, true, checkpoints});
  REQUIRE(store);
  REQUIRE(store->migrate(numbers));
  return *std::move(store);
}

Result<void> add(Store& store, std::int64_t value, const std::string& name = "n") {
  auto insert = store.prepare("INSERT INTO number VALUES (?, ?)");
  if (!insert) return insert.error();
  insert->bind(value);
  insert->bind(name);
  const auto done = insert->step();
  return done ? Result<void>() : done.error();
}

std::int64_t one(Store& store, const std::string& sql) {
  auto look = store.prepare(sql);
  REQUIRE(look);
  REQUIRE(look->step());
  return look->number(0);
}

std::string mode(Store& store) {
  auto look = store.prepare("PRAGMA journal_mode");
  REQUIRE(look);
  REQUIRE(look->step());
  return look->text(0);
}

}  // namespace

TEST_CASE("what was written is there for the next, and only its user can read it") {
  const test::ScratchFolder folder;
  {
    Store store = opened(folder.path + "/state");
    REQUIRE(add(store, 7, "sev'en"));
    CHECK(mode(store) == "wal");
  }
  Store store = opened(folder.path + "/state");
  auto look = store.prepare("SELECT value, name FROM number WHERE name = ?");
  REQUIRE(look);
  look->bind("sev'en");
  CHECK(look->step().value_or(false));
  CHECK(look->number(0) == 7);
  CHECK_FALSE(look->step().value_or(true));
  struct stat found {};
  REQUIRE(::stat((folder.path + "/state/store.db").c_str(), &found) == 0);
  CHECK((found.st_mode & 0777) == 0600);
  CHECK(Store::open({folder.path + "/none", false}).error().code == ErrorCode::not_found);
}

TEST_CASE("a transaction is all or nothing") {
  const test::ScratchFolder folder;
  Store store = opened(folder.path);
  CHECK_FALSE(store.transaction([&]() -> Result<void> {
    REQUIRE(add(store, 1));
    return Error{ErrorCode::misuse, "no", "", ""};
  }));
  CHECK(one(store, "SELECT count(*) FROM number") == 0);
  CHECK(store.transaction([&] { return add(store, 1); }));
  CHECK(one(store, "SELECT count(*) FROM number") == 1);
}

TEST_CASE("after a fault that the body told, nothing is asked or written, and the transaction ends with it") {
  const test::ScratchFolder folder;
  Store store = opened(folder.path + "/state");
  const auto done = store.transaction([&]() -> Result<void> {
    store.apply("INSERT INTO number VALUES (1, 'n')", {});
    store.fail({ErrorCode::malformed, "a page is damaged", "", ""});
    store.apply("INSERT INTO number VALUES (2, 'n')", {});
    CHECK_FALSE(store.ask("SELECT 1", {}));
    store.fail({ErrorCode::unwritable, "later", "", ""});
    return {};
  });
  REQUIRE_FALSE(done);
  CHECK(done.error().message == "a page is damaged");
  CHECK(one(store, "SELECT count(*) FROM number") == 0);
  CHECK(store.transaction([&] { return add(store, 3); }));
}

TEST_CASE("a fault that the body did not look at undoes the transaction, and the next one is free of it") {
  const test::ScratchFolder folder;
  Store store = opened(folder.path);
  bool did_more = true;
  const auto done = store.transaction([&]() -> Result<void> {
    REQUIRE(add(store, 1));
    store.apply("INSERT INTO nowhere VALUES (?)", {"1"});
    did_more = store.run("DELETE FROM number").has_value();
    return {};
  });
  REQUIRE_FALSE(done);
  CHECK(done.error().message.find("nowhere") != std::string::npos);
  CHECK_FALSE(did_more);
  CHECK(one(store, "SELECT count(*) FROM number") == 0);
  CHECK(store.transaction([&] { return add(store, 2); }));
  CHECK(one(store, "SELECT count(*) FROM number") == 1);
}

TEST_CASE("modules bring their tables up to date, each on its own") {
  const test::ScratchFolder folder;
  Store store = opened(folder.path);
  REQUIRE(store.migrate({"other", {"CREATE TABLE other(a)"}}));
  Module more = numbers;
  more.steps.push_back("ALTER TABLE number ADD COLUMN unit TEXT");
  REQUIRE(store.migrate(more));
  REQUIRE(store.migrate(more));
  CHECK(one(store, "SELECT count(unit) FROM number") == 0);
  CHECK(store.migrate(numbers).error().code == ErrorCode::unsupported);  // a newer cascade was here
  CHECK(one(store, "PRAGMA user_version") == 1);
  Module broken = {"broken", {"CREATE TABLE half(a)", "no SQL"}};
  CHECK_FALSE(store.migrate(broken));
  CHECK_FALSE(store.prepare("SELECT * FROM half"));
}

TEST_CASE("a store of a newer version is left untouched") {
  const test::ScratchFolder folder;
  {
    Store store = opened(folder.path, true);
    REQUIRE(store.run("PRAGMA user_version = 2"));
  }
  std::filesystem::remove(folder.path + "/store.db-wal");
  const std::string before = test::read_text(folder.path + "/store.db");
  const auto refused = Store::open({folder.path});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::unsupported);
  CHECK(refused.error().message == "a newer cascade wrote the store (version 2)");
  CHECK(test::read_text(folder.path + "/store.db") == before);
}

TEST_CASE("a hook appends and a verb checkpoints") {
  const test::ScratchFolder folder;
  { opened(folder.path, true); }
  const auto before = std::filesystem::file_size(folder.path + "/store.db");
  {
    Store store = opened(folder.path);
    for (int i = 0; i < 500; ++i) REQUIRE(add(store, i, std::string(200, 'x')));
  }
  CHECK(std::filesystem::file_size(folder.path + "/store.db") == before);
  CHECK(std::filesystem::file_size(folder.path + "/store.db-wal") > 100'000);
  { opened(folder.path, true); }
  CHECK(std::filesystem::file_size(folder.path + "/store.db") > before);
}

TEST_CASE("a hook that finds a long log folds it, so that none gets slower than the one before") {
  const test::ScratchFolder folder;
  std::uintmax_t longest = 0;
  for (int i = 0; i < 200; ++i) {
    Store store = opened(folder.path);
    REQUIRE(add(store, i, std::string(3'000, 'x')));
    longest = std::max(longest, std::filesystem::file_size(folder.path + "/store.db-wal"));
  }
  CHECK(longest < 400'000);
  Store store = opened(folder.path);
  CHECK(one(store, "SELECT count(*) FROM number") == 200);
}

TEST_CASE("on a network file system the store keeps a rollback journal") {
  const test::ScratchFolder folder;
  const test::FolderKind nfs(0x6969);
  Store store = opened(folder.path);
  REQUIRE(add(store, 1));
  CHECK(mode(store) == "delete");
  CHECK_FALSE(std::filesystem::exists(folder.path + "/store.db-shm"));
}

TEST_CASE("on a full disk nothing is half written, and the error says so") {
  const test::ScratchFolder folder;
  Store store = opened(folder.path);
  REQUIRE(add(store, 1));
  for (long writes = 0; writes < 6; ++writes) {
    Result<void> done;
    {
      const test::FullDisk full(writes);
      done = store.transaction([&]() -> Result<void> {
        for (int i = 0; i < 200; ++i)
          if (auto added = add(store, 2, std::string(300, 'x')); !added) return added;
        return {};
      });
    }
    REQUIRE_FALSE(done);
    CHECK(done.error().message == "the disk is full: the store was not changed");
    CHECK(one(store, "SELECT count(*) FROM number") == 1);
  }
  CHECK(add(store, 3));
  CHECK(check(folder.path));
}

TEST_CASE("a damaged store is found, and what is readable of it is saved") {
  const test::ScratchFolder folder;
  {
    Store store = opened(folder.path, true);
    for (int i = 0; i < 3'000; ++i) REQUIRE(add(store, i, "row " + std::to_string(i)));
    CHECK(check(folder.path));
  }
  {
    std::fstream file(folder.path + "/store.db", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(30'000);
    file << std::string(4'096, '\x5a');
  }
  CHECK(check(folder.path).error().code == ErrorCode::malformed);
  const auto repaired = repair(folder.path);
  REQUIRE(repaired);
  CHECK(repaired->rows > 2'500);
  CHECK(check(folder.path));
  Store store = opened(folder.path);
  CHECK(one(store, "SELECT count(*) FROM number") == static_cast<std::int64_t>(repaired->rows) - 1);  // one of module
  CHECK(one(store, "SELECT value FROM number WHERE name = 'row 2999'") == 2'999);
  const std::string exported = test::read_text(repaired->exported);
  CHECK(exported.find("{\"table\":\"number\",\"row\":{\"value\":\"0\",\"name\":\"row 0\"}}\n") != std::string::npos);
  CHECK(std::filesystem::exists(repaired->damaged));
}

TEST_CASE("a file that is no store at all becomes an empty one") {
  const test::ScratchFolder folder;
  std::ofstream(folder.path + "/store.db") << std::string(5'000, 'x');
  CHECK(Store::open({folder.path}).error().code != ErrorCode::not_found);
  std::ofstream(folder.path + "/store.db") << "SQLite format 3" << std::string(5'000, '\1');
  REQUIRE(repair(folder.path));
  CHECK(check(folder.path));
}

TEST_CASE("many processes write at once and nothing is lost") {
  const test::ScratchFolder folder;
  constexpr int processes = 16, writes = 25;
  for (int i = 0; i < processes; ++i)
    if (::fork() == 0) {
      auto store = Store::open({folder.path});
      bool good = store && store->migrate(numbers);
      for (int j = 0; good && j < writes; ++j)
        good = store->transaction([&] { return add(*store, i * writes + j); }).has_value();
      ::_exit(good ? 0 : 1);
    }
  int status = 0;
  while (::wait(&status) > 0) CHECK(status == 0);
  Store store = opened(folder.path);
  CHECK(one(store, "SELECT count(DISTINCT value) FROM number") == processes * writes);
}

TEST_CASE("a store that is gone or empty while its log is there is damage, and no new one") {
  const test::ScratchFolder folder;
  const std::string path = folder.path + "/store.db";
  { REQUIRE(add(*std::make_unique<Store>(opened(folder.path, true)), 1)); }
  std::filesystem::resize_file(path, 0);
  for (const bool creates : {true, false}) {
    const auto emptied = Store::open({folder.path, creates});
    REQUIRE_FALSE(emptied);
    CHECK(emptied.error().code == ErrorCode::malformed);
    CHECK(emptied.error().message == "the store is empty, and its log says that it was not");
  }
  std::filesystem::remove(path);
  for (const bool creates : {true, false}) {
    const auto gone = Store::open({folder.path, creates});
    REQUIRE_FALSE(gone);
    CHECK(gone.error().code == ErrorCode::malformed);
    CHECK_FALSE(std::filesystem::exists(path));
  }
  CHECK(check(folder.path).error().code == ErrorCode::malformed);
  REQUIRE(repair(folder.path));
  CHECK(Store::open({folder.path}));
}

TEST_CASE("a damaged header is damage, whatever it says by accident") {
  const test::ScratchFolder folder;
  const std::string path = folder.path + "/store.db";
  { REQUIRE(add(*std::make_unique<Store>(opened(folder.path, true)), 1)); }
  const std::string whole = test::read_text(path);
  const auto with = [&](std::size_t at, const std::string& bytes) {
    std::string damaged = whole;
    damaged.replace(at, bytes.size(), bytes);
    std::ofstream(path, std::ios::binary | std::ios::trunc) << damaged;
    const auto opened = Store::open({folder.path});
    return opened ? ErrorCode::misuse : opened.error().code;
  };
  const std::string zero(1, '\0');
  CHECK(with(0, "x") == ErrorCode::malformed);
  CHECK(with(16, "\x7f\x7f") == ErrorCode::malformed);
  CHECK(with(18, "\x09\x09") == ErrorCode::malformed);
  CHECK(with(21, zero) == ErrorCode::malformed);
  CHECK(with(44, "\xff\xff\xff\xff") == ErrorCode::malformed);
  CHECK(with(56, "\xff\xff\xff\xff") == ErrorCode::malformed);
  CHECK(with(60, "\xde\xad\xbe\xef") == ErrorCode::malformed);
  CHECK(with(75, "xyz") == ErrorCode::malformed);
  CHECK(with(0, std::string(100, '\0')) == ErrorCode::malformed);
  std::ofstream(path, std::ios::binary | std::ios::trunc) << whole.substr(0, 40);
  CHECK(Store::open({folder.path}).error().code == ErrorCode::malformed);
  std::ofstream(path, std::ios::binary | std::ios::trunc) << whole;
  CHECK(Store::open({folder.path}));
}
