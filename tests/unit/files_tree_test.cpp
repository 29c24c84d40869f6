#include <catch2/catch.hpp>

#ifndef _WIN32
#include <sys/stat.h>
#endif

#include "files/atomic_write.h"
#include "files/file_lock.h"
#include "memory_tree.h"
#include "scratch_folder.h"
#include "unit/make_link.h"

using namespace cascade;
using namespace cascade::files;

namespace {

std::string names(const Tree& tree, const std::string& directory) {
  auto entries = tree.list(directory);
  if (!entries) return entries.error().message;
  std::string text;
  for (const Entry& entry : *entries) {
    text += entry.name;
    if (entry.type == EntryType::directory) text += '/';
    if (entry.type == EntryType::link) text += '@';
    text += ' ';
  }
  return text;
}

using Scratch = cascade::test::ScratchFolder;

}  // namespace

TEST_CASE("both trees list names in byte order and tell links from files") {
  Scratch scratch;
  const DiskTree disk;
  REQUIRE(make_directories(scratch.path + "/lib/b"));
  REQUIRE(write_atomically(scratch.path + "/lib/b/x.md", "x"));
  REQUIRE(write_atomically(scratch.path + "/lib/a.md", "a"));
  if (!test::is_wine()) REQUIRE(test::make_link("a.md", scratch.path + "/lib/z"));
  MemoryTree memory;
  memory.write("/lib/b/x.md", "x");
  memory.write("/lib/a.md", "a");
  memory.link("/lib/z", "a.md");
  if (!test::is_wine()) CHECK(names(disk, scratch.path + "/lib") == "a.md b/ z@ ");
  CHECK(names(memory, "/lib") == "a.md b/ z@ ");
  if (!test::is_wine()) CHECK(*disk.read(scratch.path + "/lib/z", 10) == "a");
  CHECK(*memory.read("/lib/z", 10) == "a");
  CHECK(*memory.real_path("/lib/z") == "/lib/a.md");
}

TEST_CASE("a file and a folder are given with the stamp that a look at them gives") {
  Scratch scratch;
  const DiskTree disk;
  REQUIRE(make_directories(scratch.path + "/lib"));
  REQUIRE(write_atomically(scratch.path + "/lib/a.md", "text"));
  MemoryTree memory;
  memory.write(scratch.path + "/lib/a.md", "text");
  for (const Tree* tree : {static_cast<const Tree*>(&disk), static_cast<const Tree*>(&memory)}) {
    const auto file = tree->read_stamped(scratch.path + "/lib/a.md", 10);
    REQUIRE(file);
    CHECK(file->text == "text");
    CHECK(file->stamp == *tree->stat(scratch.path + "/lib/a.md"));
    CHECK_FALSE(file->changed);
    CHECK(tree->list_stamped(scratch.path + "/lib")->stamp == *tree->stat(scratch.path + "/lib"));
  }
  CHECK(disk.read_stamped(scratch.path + "/lib", 10).error().code == ErrorCode::unreadable);
  CHECK(disk.list_stamped(scratch.path + "/lib/a.md").error().code == disk.list(scratch.path + "/a").error().code);
}

TEST_CASE("a folder of any size is listed whole") {
  Scratch scratch;
  std::string expected;
  for (int i = 1000; i < 2200; ++i) {  // more than the system gives at once
    const std::string name = std::string(60, 'n') + std::to_string(i);
    REQUIRE(write_atomically(scratch.path + "/" + name, ""));
    expected += name + ' ';
  }
  CHECK(names(DiskTree(), scratch.path) == expected);
}

TEST_CASE("a file below a folder is read through links that stay there, and through no other") {
  if (test::is_wine()) {
    WARN("skipped: below Wine the folder could not be removed, because its links look like folders");
    return;
  }
  Scratch scratch;
  const DiskTree disk;
  const std::string root = scratch.path + "/root";
  REQUIRE(make_directories(root + "/a/b"));
  REQUIRE(write_atomically(root + "/a/b/x.md", "inside"));
  REQUIRE(write_atomically(scratch.path + "/secret", "outside"));
  const auto link = [&](const std::string& target, const std::string& name) {
    REQUIRE(test::make_link(target, root + "/" + name));
  };
  link("a/b", "folder");
  link("../root/a", "around");
  link(root + "/a/b/x.md", "absolute");
  link("../secret", "out");
  link("..", "parent");
  link("nowhere", "dangling");
  const auto read = [&](const std::string& path) {
    const auto text = disk.read_below(root, path, 100);
    if (text) return *text;
    return std::string(text.error().code == ErrorCode::not_found     ? "not found"
                       : text.error().code == ErrorCode::unsupported ? "too large"
                                                                     : "unreadable");
  };
  CHECK(read("a/b/x.md") == "inside");
  CHECK(read("folder/x.md") == "inside");
  CHECK(read("around/b/x.md") == "inside");  // leaves the root on its way, and comes back
  CHECK(read("absolute") == "inside");
  for (const std::string path : {"out", "parent/secret", "../secret", "/etc/passwd", "a/b", "."})
    CHECK(read(path) == "unreadable");
  CHECK(read("dangling") == "not found");
  CHECK(read("none") == "not found");
  CHECK(disk.read_below(root, "a/b/x.md", 3).error().code == ErrorCode::unsupported);
  REQUIRE(test::make_link(root, scratch.path + "/called"));
  CHECK(*disk.read_below(scratch.path + "/called", "absolute", 100) == "inside");
  CHECK(disk.read_below(scratch.path + "/called", "out", 100).error().code == ErrorCode::unreadable);
}

TEST_CASE("what cannot be read is an error with a code, never a crash") {
  Scratch scratch;
  const DiskTree disk;
  CHECK(disk.read(scratch.path + "/none", 10).error().code == ErrorCode::not_found);
  CHECK(disk.read(scratch.path, 10).error().code == ErrorCode::unreadable);
  REQUIRE(write_atomically(scratch.path + "/big", std::string(11, 'x')));
  CHECK(disk.read(scratch.path + "/big", 10).error().code == ErrorCode::unsupported);
  if (!test::is_wine()) REQUIRE(test::make_link("loop", scratch.path + "/loop"));
  CHECK(disk.read(scratch.path + "/loop", 10).error().code == ErrorCode::not_found);
#ifndef _WIN32
  REQUIRE(::mkfifo((scratch.path + "/pipe").c_str(), 0600) == 0);
  CHECK(disk.read(scratch.path + "/pipe", 10).error().code == ErrorCode::unreadable);
#endif
}

TEST_CASE("removing a file that is gone is no failure") {
  const Scratch scratch;
  REQUIRE(write_atomically(scratch.path + "/f", "x"));
  CHECK(remove_file(scratch.path + "/f"));
  CHECK(remove_file(scratch.path + "/f"));
  CHECK(DiskTree().list(scratch.path)->empty());
  CHECK(remove_file(scratch.path).error().code == ErrorCode::unwritable);
}

TEST_CASE("a lock is held by one at a time and let go at the end") {
  const Scratch scratch;
  const std::string path = scratch.path + "/index.lock";
  {
    const FileLock first(path);
    CHECK(first.state() == FileLock::State::held);
    CHECK(FileLock(path).state() == FileLock::State::taken);
  }
  CHECK(FileLock(path).state() == FileLock::State::held);
  CHECK(FileLock(scratch.path + "/none/lock").state() == FileLock::State::failed);
}

TEST_CASE("the disk tells its own time and keeps one file for it") {
  const Scratch scratch;
  CHECK(file_system_time(scratch.path + "/clock").value_or(0) > 0);
  CHECK(file_system_time(scratch.path + "/clock").value_or(0) > 0);
  CHECK(DiskTree().list(scratch.path)->size() == 1);  // however often
  CHECK(file_system_time(scratch.path + "/none/clock").error().code == ErrorCode::unwritable);
}

TEST_CASE("an atomic write replaces a file and leaves nothing beside it") {
  Scratch scratch;
  const DiskTree disk;
  REQUIRE(write_atomically(scratch.path + "/f", "old"));
  REQUIRE(write_atomically(scratch.path + "/f", "new"));
  CHECK(*disk.read(scratch.path + "/f", 10) == "new");
  CHECK(names(disk, scratch.path) == "f ");
  CHECK(write_atomically(scratch.path + "/none/f", "x").error().code == ErrorCode::unwritable);
  CHECK(make_directories(scratch.path + "/f/below").error().code == ErrorCode::unwritable);
}

TEST_CASE("a large file of several pieces is written whole, and is no larger than they are") {
  Scratch scratch;
  const std::string path = scratch.path + "/large", piece(700'001, 'p');
  REQUIRE(write_sealed(path, {piece, "", "middle", piece}, {}, 0600));
  CHECK(*DiskTree().read(path, 1 << 22) == piece + "middle" + piece);
  REQUIRE(write_sealed(path, {piece, piece, piece}, {1'700'000'000'000'000'000, false}, 0600));
  CHECK(DiskTree().stat(path)->modified_ns == 1'700'000'000'000'000'000);
  CHECK(*DiskTree().read(path, 1 << 22) == piece + piece + piece);
  CHECK(names(DiskTree(), scratch.path) == "large ");
}
