// One line of each way in which a program names the files that it writes.
#include <catch2/catch.hpp>

#include "evidence/written_files.h"
#include "shell/trace.h"

using namespace cascade;

namespace {

struct Everywhere final : shell::Surroundings {
  bool is_directory(const std::string&) const override { return true; }
  std::optional<std::string> top_level(const std::string&) const override { return std::nullopt; }
  std::optional<std::string> variable(std::string_view) const override { return std::nullopt; }
  bool follows_elsewhere() const override { return true; }
};

std::string written_by(const std::string& line) {
  std::string text;
  shell::trace(line, "/w", Everywhere(), [&](const shell::Call& call) {
    evidence::each_written_file(call, [&](const shell::Value& file) { text += (text.empty() ? "" : " ") + file.text; });
  });
  return text.empty() ? "-" : text;
}

}  // namespace

TEST_CASE("a written file is the operand, option or redirection that its program says") {
  CHECK(written_by("dd if=a of=b bs=4k") == "b");
  CHECK(written_by("dd if=a bs=4k") == "-");
  CHECK(written_by("dd --help of=b") == "-");
  CHECK(written_by("tee a b < c") == "a b");
  CHECK(written_by("sort -o b a") == "b");
  CHECK(written_by("sort a") == "-");
  CHECK(written_by("sed -i s/a/b/ c") == "c");
  CHECK(written_by("sed s/a/b/ c") == "-");
  CHECK(written_by("truncate -s 0 a") == "a");
  CHECK(written_by("cat a") == "-");
}
