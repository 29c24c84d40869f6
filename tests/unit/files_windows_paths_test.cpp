// What only Windows has: drives, shares, back slashes, long names, names that differ in form.
#ifdef _WIN32
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "files/atomic_write.h"
#include "files/file_lock.h"
#include "files/folder.h"
#include "files/mapped_file.h"
#include "files/paths.h"
#include "files/process.h"
#include "files/windows/open.h"
#include "files/windows/wide.h"
#include "read_text.h"
#include "scratch_folder.h"
#include "unit/make_link.h"

using namespace cascade;
using namespace cascade::files;

TEST_CASE("a path from outside is written with slashes and a large drive letter") {
  CHECK(from_native("c:\\Users\\me") == "C:/Users/me");
  CHECK(from_native("\\\\?\\C:\\a") == "C:/a");
  CHECK(from_native("\\\\?\\UNC\\server\\share\\a") == "//server/share/a");
  CHECK(from_native("\\\\server\\share\\a") == "//server/share/a");
  CHECK(from_native("/c/Users/me") == "C:/Users/me");
  CHECK(from_native("/c") == "C:/");
  CHECK(in_shell_path("C:/Users/me") == "/c/Users/me");
  CHECK(in_shell_path("//server/share/a") == "//server/share/a");
  CHECK(from_native("/cc/x") == "/cc/x");
  CHECK(from_native("a\\b/c") == "a/b/c");
}

TEST_CASE("drives and shares are roots") {
  CHECK(normalise("C:/a/../../b//./c") == "C:/b/c");
  CHECK(normalise("C:/..") == "C:/");
  CHECK(normalise("//server/share/../a") == "//server/share/a");
  CHECK(normalise("//server/share/") == "//server/share");
  CHECK(std::string(parent("C:/a")) == "C:/");
  CHECK(std::string(parent("C:/a/b")) == "C:/a");
  CHECK(std::string(parent("//server/share/a")) == "//server/share");
  CHECK(is_absolute("C:/a"));
  CHECK(is_absolute("//server/share"));
  CHECK_FALSE(is_absolute("C:a"));
  CHECK(join("C:/a", "D:/b") == "D:/b");
  CHECK(join("C:/", "b") == "C:/b");
  CHECK(is_within("C:/", "C:/a"));
  CHECK(is_within("C:/a", "C:/a/b"));
  CHECK_FALSE(is_within("C:/a", "D:/a/b"));
  CHECK_FALSE(is_within("C:/a", "C:/ab"));
  CHECK(relative_to("C:/", "C:/a/b") == "a/b");
  CHECK(relative_to("//server/share", "//server/share/a") == "a");
}

TEST_CASE("paths reach the system whole and literally") {
  CHECK(system_path("C:/a/./b") == L"\\\\?\\C:\\a\\b");
  CHECK(system_path("c:\\a\\b") == L"\\\\?\\C:\\a\\b");
  CHECK(system_path("//server/share/a") == L"\\\\?\\UNC\\server\\share\\a");
  CHECK(plain_path("C:/a") == L"C:\\a");
  CHECK(system_path("C:/a:stream").empty());
  CHECK(system_path("C:a").empty());
  CHECK(system_path(std::string("C:/a\0b", 6)).empty());
  CHECK(system_path("x").rfind(L"\\\\?\\", 0) == 0);
  CHECK(system_path("/two/x").substr(5) == L":\\two\\x");
}

TEST_CASE("text becomes UTF-16 and comes back, halves of pairs too") {
  for (const std::string text : {"plain", "m\xC3\xA4nner", "\xE2\x82\xAC", "\xF0\x9F\x8C\xB5", "\xED\xA0\xBD", ""})
    CHECK(narrow(wide(text)) == text);
  CHECK(wide("\xF0\x9F\x8C\xB5").size() == 2);
  CHECK(wide("a\xFFz") == L"a\xFFFDz");
  CHECK(wide("\xC0\x80") == L"\xFFFD\xFFFD");
  CHECK(wide("\xE2\x82") == L"\xFFFD\xFFFD");
  CHECK(narrow(std::wstring(1, L'\xD83D')) == "\xED\xA0\xBD");
}

TEST_CASE("both kinds of slashes, names beyond ASCII and names like devices name files") {
  const test::ScratchFolder scratch;
  const DiskTree disk;
  std::string native = scratch.path + "/m\xC3\xA4nner \xF0\x9F\x8C\xB5.md";
  std::replace(native.begin(), native.end(), '/', '\\');
  REQUIRE(write_atomically(native, "line\r\nend\r\n"));
  CHECK(disk.list(scratch.path)->front().name == "m\xC3\xA4nner \xF0\x9F\x8C\xB5.md");
  CHECK(disk.read(from_native(native), 100).value_or("") == "line\r\nend\r\n");
  CHECK(disk.read(native, 100).value_or("") == "line\r\nend\r\n");
  CHECK(disk.read(scratch.path + "/nul", 100).error().code == ErrorCode::not_found);
  CHECK(disk.read(native + ":other", 100).error().code == ErrorCode::not_found);
  CHECK(*disk.real_path(native) == from_native(native));
}

TEST_CASE("paths may be longer than 260 characters") {
  const test::ScratchFolder scratch;
  std::string folder = scratch.path;
  for (int i = 0; i < 8; ++i) folder += "/" + std::string(60, static_cast<char>('a' + i));
  REQUIRE(make_directories(folder));
  REQUIRE(write_atomically(folder + "/x", "deep"));
  CHECK(DiskTree().read(folder + "/x", 10).value_or("") == "deep");
  if (!test::is_wine())  // which tells no such place of an open file
    CHECK(DiskTree().real_path(folder + "/x").value_or("") ==
          *DiskTree().real_path(scratch.path) + folder.substr(scratch.path.size()) + "/x");
  REQUIRE(remove_file(folder + "/x"));
  for (; folder != scratch.path; folder = std::string(parent(folder))) remove_empty_folder(folder);
  CHECK(DiskTree().list(scratch.path)->empty());
}

TEST_CASE("a file that others have open is replaced and removed") {
  const test::ScratchFolder scratch;
  const std::string path = scratch.path + "/a";
  REQUIRE(write_atomically(path, "one"));
  const auto mapped = MappedFile::open(path);
  REQUIRE(mapped);
  const Handle reader = open_there(path);
  REQUIRE(write_sealed(path, {"t", "wo"}, {1'700'000'000'000'000'100, true}, 0600));
  CHECK(DiskTree().stat(path)->modified_ns == 1'700'000'000'000'000'100);
  CHECK(mapped->bytes() == "one");
  CHECK(DiskTree().read(path, 10).value_or("") == "two");
  REQUIRE(remove_file(path));
  // Wine keeps the name of what was moved aside until nobody maps it.
  CHECK(DiskTree().list(scratch.path)->size() == (test::is_wine() ? 1 : 0));
  REQUIRE(write_atomically(path, "three"));
  REQUIRE(::SetFileAttributesW(system_path(path).c_str(), FILE_ATTRIBUTE_READONLY) != 0);
  const auto stamp = *DiskTree().stat(path);
  seal_again(path, stamp, 1'600'000'000'000'000'000);
  CHECK(DiskTree().stat(path)->modified_ns == 1'600'000'000'000'000'000);
  ::SetFileAttributesW(system_path(path).c_str(), FILE_ATTRIBUTE_NORMAL);
}

TEST_CASE("a user's file is exchanged only if it holds what was expected") {
  const test::ScratchFolder scratch;
  const std::string path = scratch.path + "/settings.json";
  std::ofstream(path, std::ios::binary) << "old\r\n";
  CHECK(replace_user_file(path, "other", "new").error().code == ErrorCode::stale);
  REQUIRE(replace_user_file(path, "old\r\n", "new\r\n"));
  CHECK(test::read_text(path) == "new\r\n");
  std::filesystem::create_hard_link(path, scratch.path + "/other");
  REQUIRE(replace_user_file(path, "new\r\n", "longer text\r\n"));
  CHECK(test::read_text(scratch.path + "/other") == "longer text\r\n");
  REQUIRE(replace_user_file(path, "longer text\r\n", "short"));
  CHECK(test::read_text(scratch.path + "/other") == "short");
  std::filesystem::remove(scratch.path + "/other");
  REQUIRE(::SetFileAttributesW(system_path(path).c_str(), FILE_ATTRIBUTE_READONLY) != 0);
  CHECK(replace_user_file(path, "short", "x").error().code == ErrorCode::unwritable);
  ::SetFileAttributesW(system_path(path).c_str(), FILE_ATTRIBUTE_NORMAL);
  REQUIRE(write_user_file(path, "whole", 0644));
  CHECK(test::read_text(path) == "whole");
  CHECK(DiskTree().list(scratch.path)->size() == 1);
}

TEST_CASE("many files below a folder are looked at by its handle") {
  const test::ScratchFolder scratch;
  REQUIRE(make_directories(scratch.path + "/a/b"));
  REQUIRE(write_atomically(scratch.path + "/a/b/x.md", "x"));
  const auto folder = StatFolder::open(scratch.path);
  REQUIRE(folder);
  CHECK(*folder->look("a/b/x.md") == *DiskTree().stat(scratch.path + "/a/b/x.md"));
  CHECK(*folder->look("a") == *DiskTree().stat(scratch.path + "/a"));
  CHECK(*folder->look(".") == *DiskTree().stat(scratch.path));
  CHECK_FALSE(folder->look("a/none"));
  const auto below = folder->below("a/b");
  REQUIRE(below);
  CHECK(below->look("x.md")->size == 1);
  CHECK_FALSE(folder->below("a/b/x.md"));
  CHECK_FALSE(StatFolder::open(scratch.path + "/a/b/x.md"));
}

TEST_CASE("a folder is read whole, within its limits") {
  const test::ScratchFolder scratch;
  REQUIRE(make_directories(scratch.path + "/f/in"));
  REQUIRE(write_atomically(scratch.path + "/f/b", "bb"));
  REQUIRE(write_atomically(scratch.path + "/f/in/a", "a"));
  const auto whole = read_whole_folder(scratch.path + "/f");
  REQUIRE(whole);
  REQUIRE(whole->size() == 3);
  CHECK((*whole)[0].path == "b");
  CHECK((*whole)[0].text == "bb");
  CHECK((*whole)[1].directory);
  CHECK((*whole)[2].path == "in/a");
  CHECK(read_whole_file(scratch.path + "/f/b")->text == "bb");
  CHECK(read_whole_file(scratch.path + "/f").error().code == ErrorCode::unsupported);
  FolderLimits limits;
  limits.bytes = 2;
  CHECK(read_whole_folder(scratch.path + "/f", limits).error().code == ErrorCode::unsupported);
  limits = {};
  limits.entries = 2;
  CHECK(read_whole_folder(scratch.path + "/f", limits).error().code == ErrorCode::unsupported);
}

TEST_CASE("a private file names its user, the system and administrators alone") {
  const Access all(0644), own(0600);
  CHECK(all.attributes() == nullptr);
  REQUIRE(own.attributes() != nullptr);
  auto* const list = static_cast<SECURITY_DESCRIPTOR*>(own.attributes()->lpSecurityDescriptor);
  BOOL there = FALSE, defaulted = FALSE;
  PACL entries = nullptr;
  REQUIRE(::GetSecurityDescriptorDacl(list, &there, &entries, &defaulted) != 0);
  REQUIRE(entries != nullptr);
  CHECK(entries->AceCount == 3);
  SECURITY_DESCRIPTOR_CONTROL control = 0;
  DWORD revision = 0;
  REQUIRE(::GetSecurityDescriptorControl(list, &control, &revision) != 0);
  CHECK((control & SE_DACL_PROTECTED) != 0);  // nothing is passed on from the folder
  const test::ScratchFolder scratch;
  REQUIRE(make_private_file(scratch.path + "/key"));
  REQUIRE(write_atomically(scratch.path + "/key", "secret", 0600));
  CHECK(read_head(scratch.path + "/key", 3).value_or("") == "sec");
  CHECK(DiskTree().is_own(scratch.path + "/key").value_or(false));
  REQUIRE(move_file(scratch.path + "/key", scratch.path + "/moved"));
  REQUIRE(make_private_file(scratch.path + "/key"));
  CHECK_FALSE(move_file(scratch.path + "/key", scratch.path + "/moved"));
}

TEST_CASE("the environment is read as UTF-8, and programs are found on a path of Windows") {
  ::SetEnvironmentVariableW(L"CASCADE_TEST_WORD", L"m\u00E4nner");
  CHECK(variable("CASCADE_TEST_WORD").value_or("") == "m\xC3\xA4nner");
  ::SetEnvironmentVariableW(L"CASCADE_TEST_WORD", nullptr);
  CHECK_FALSE(variable("CASCADE_TEST_WORD"));
  CHECK(is_absolute(user_folder()));
  const test::ScratchFolder scratch;
  REQUIRE(write_atomically(scratch.path + "/tool.exe", "MZ"));
  std::string native = scratch.path;
  std::replace(native.begin(), native.end(), '/', '\\');
  CHECK(program_on_path(DiskTree(), "relative;C:\\none;" + native, "tool") == scratch.path + "/tool.exe");
  CHECK(program_on_path(DiskTree(), native, "tool.exe") == scratch.path + "/tool.exe");
  CHECK(program_on_path(DiskTree(), native, "other").empty());
}
#endif
