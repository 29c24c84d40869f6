#include <catch2/catch.hpp>

#ifndef _WIN32
#include <fcntl.h>
#include <unistd.h>
#endif

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "files/file_lock.h"
#include "files/file_tail.h"
#include "files/run_program.h"
#include "scratch_folder.h"

using namespace cascade;
using namespace cascade::files;

namespace {

struct Scratch : cascade::test::ScratchFolder {
  std::string text(const std::string& name) const {
    std::ifstream file(path + "/" + name, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
  }
  // The text of a file that somebody else writes, once it ends with a line end; empty after ten seconds.
  std::string wait_for(const std::string& name) const {
    for (int i = 0; i < 1000; ++i) {
      const std::string now = text(name);
      if (!now.empty() && now.back() == '\n') return now;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return {};
  }
  Result<bool> start(const std::string& script, std::int64_t least_seconds = 0) const {
    return start_detached({"/bin/sh", "-c", script}, path, path + "/lock", least_seconds);
  }
};

}  // namespace

#ifndef _WIN32  // files_windows_programs_test.cpp does it with programs that are there
TEST_CASE("a detached program has a session of its own, no descriptor of ours but the lock's, and nobody to talk to") {
  const Scratch scratch;
  const int leaked = ::open((scratch.path + "/ours").c_str(), O_RDWR | O_CREAT, 0600);  // as the client may leave one
  REQUIRE(leaked > 2);
  auto started = scratch.start(
      "in=$(readlink /proc/$$/fd/0) out=$(readlink /proc/$$/fd/1) err=$(readlink /proc/$$/fd/2)\n"
      "all=$(readlink /proc/$$/fd/*); case $all in *ours*) kept=ours;; *lock*) kept=lock;; esac\n"
      "session=$(cut -d ' ' -f 6 /proc/$$/stat); test $session = $$ && leads=yes\n"
      "printf '%s, %s, %s, %s, %s, %s\\n' \"$(basename $PWD)\" \"$in\" \"$out\" \"$err\" \"$kept\" \"$leads\" > facts\n"
      "mv facts done");
  ::close(leaked);
  REQUIRE(started);
  CHECK(*started);
  const std::string folder = std::filesystem::path(scratch.path).filename().string();
  CHECK(scratch.wait_for("done") == folder + ", /dev/null, /dev/null, /dev/null, lock, yes\n");
}

TEST_CASE("there is never a second one, and not soon after the last") {
  const Scratch scratch;
  auto first = scratch.start("until [ -e go ]; do sleep 0.01; done; echo x > done");
  REQUIRE(first);
  CHECK(*first);
  CHECK(*scratch.start("echo y > second") == false);
  std::ofstream(scratch.path + "/go", std::ios::binary) << "";
  REQUIRE(scratch.wait_for("done") == "x\n");
  bool again = false;
  for (int i = 0; i < 500 && !again; ++i) {  // it ends a moment after it has written
    again = *scratch.start("echo z > third");
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  CHECK(again);
  CHECK(scratch.wait_for("third") == "z\n");
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  CHECK(*scratch.start("echo y > second", 3600) == false);
  CHECK(scratch.text("second").empty());
  allow_next_start(scratch.path + "/lock");
  CHECK(*scratch.start("echo y > second", 3600));
  CHECK(scratch.wait_for("second") == "y\n");
  allow_next_start(scratch.path + "/no-lock");
  CHECK_FALSE(std::filesystem::exists(scratch.path + "/no-lock"));
}

TEST_CASE("without a place for the lock nothing is started") {
  auto started = start_detached({"/bin/true"}, "/", "/proc/none/lock", 0);
  REQUIRE_FALSE(started);
  CHECK(started.error().code == ErrorCode::unwritable);
}
#endif

TEST_CASE("the end of a file, never of a pipe") {
  const Scratch scratch;
  std::ofstream(scratch.path + "/f", std::ios::binary) << "0123456789";
  CHECK(*read_tail(scratch.path + "/f", 4) == "6789");
  CHECK(*read_tail(scratch.path + "/f", 100) == "0123456789");
  CHECK(read_tail(scratch.path + "/none", 4).error().code == ErrorCode::not_found);
  CHECK_FALSE(read_tail(scratch.path, 4));
  CHECK_FALSE(read_tail("/dev/null", 4));
}

TEST_CASE("a log that grew too large is replaced by what is left of it, and the new line follows") {
  const Scratch scratch;
  const std::string path = scratch.path + "/log";
  std::ofstream(path, std::ios::binary) << std::string(50, 'a') << "\nkeep\n";
  const auto line = [](std::string_view) { return std::string("new"); };
  REQUIRE(extend_log(path, 40, line, [](std::string_view) { return std::string("keep\n"); }));
  CHECK(scratch.text("log") == "keep\nnew\n");
  std::ofstream(path, std::ios::binary) << std::string(200, 'a');
  REQUIRE(extend_log(path, 40, line, [](std::string_view content) { return std::string(content); }));
  CHECK(scratch.text("log") == "new\n");
}

TEST_CASE("who waits for a log that is replaced meanwhile writes into the new one") {
  const Scratch scratch;
  const std::string path = scratch.path + "/log";
  std::ofstream(path, std::ios::binary) << std::string(100, 'a') << "\n";
  std::vector<std::thread> writers;
  for (int i = 0; i < 24; ++i)
    writers.emplace_back([&] {
      static_cast<void>(extend_log(
          path, 99, [](std::string_view) { return std::string("1"); },
          [](std::string_view) { return std::string("x\n"); }));
    });
  for (std::thread& writer : writers) writer.join();
  const std::string text = scratch.text("log");
  CHECK(text.substr(0, 2) == "x\n");
  CHECK(std::count(text.begin(), text.end(), '1') == 24);
}
