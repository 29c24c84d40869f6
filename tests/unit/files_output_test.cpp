#ifndef _WIN32  // which has no pipes with a path

#include <catch2/catch.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "files/atomic_write.h"
#include "read_text.h"
#include "scratch_folder.h"

namespace cascade::files {

TEST_CASE("what a user writes to by name stays what it is: a pipe a pipe, a link a link", "[files]") {
  const test::ScratchFolder folder;
  const std::string pipe = folder.path + "/pipe", file = folder.path + "/file", link = folder.path + "/link";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  const int reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK);
  REQUIRE(reader >= 0);
  REQUIRE(write_output(pipe, "into the pipe"));
  std::string read(32, '\0');
  const ssize_t length = ::read(reader, read.data(), read.size());
  ::close(reader);
  CHECK(read.substr(0, static_cast<std::size_t>(std::max<ssize_t>(length, 0))) == "into the pipe");
  CHECK(std::filesystem::is_fifo(pipe));

  REQUIRE(write_output(file, "first"));
  std::filesystem::create_symlink("file", link);
  REQUIRE(write_output(link, "second"));
  CHECK(std::filesystem::is_symlink(link));
  CHECK(test::read_text(file) == "second");
  CHECK_FALSE(write_output(folder.path, "a folder"));
}

}  // namespace cascade::files

#endif
