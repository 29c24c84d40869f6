// The lines of cascade-git, whole, torn and hostile.
#include "history/history.h"

#include <catch2/catch.hpp>

#include <string>

namespace cascade::metrics {
namespace {

const std::vector<std::string> lines = {
    R"({"repository":["/r/.git/","main","bb","sha1"],"commits":2,"cut":0,"grafts":1,"replaced":0,"partial":true})",
    R"({"tags":["v1","bb","7"]})",
    R"({"paths":["a.c"]})",
    R"({"commit":["aa","","10 9 0 0 0","00000000000000ab 00000000000000cd","First"]})",
    R"({"files":["0 A 0 1 3 0 0 - 0,0,1,3;"]})",
    R"({"commit":["bb","0 ","20 19 0 0 1","0 0","Second","Reviewed-by: B <b@x>"]})",
    R"({"files":["0 M 1 2 2 1 1 nG 1,1,1,2;9,0,10,0;"]})",
    R"({"lost":["blob","cc","b.c"]})",
    R"({"people":["Ann","ann@x"]})",
    R"({"tip":["0 2"]})",
    R"({"patches":["1 00000000000000ff"]})",
    R"({"renamed":["1 1 0"]})",
    R"({"end":12})",
};

std::string fault(const std::vector<std::string>& given) {
  HistoryReader reader;
  for (const std::string& line : given)
    if (const auto taken = reader.take(line); !taken) return taken.error().message;
  return reader.at_end() ? "" : "no end";
}

TEST_CASE("a history is read from its lines") {
  HistoryReader reader;
  for (const std::string& line : lines) REQUIRE(reader.take(line));
  REQUIRE(reader.at_end());
  const History history = reader.finish();
  CHECK(history.branch == "main");
  CHECK(history.grafts == 1);
  CHECK(history.is_partial);
  REQUIRE(history.commits.size() == 2);
  const Commit& second = history.commits[1];
  CHECK(second.parents == std::vector<std::uint32_t>{0});
  CHECK(second.author_time == 19);
  CHECK(second.whole_patch == 0xff);
  CHECK(second.notes.size() == 1);
  CHECK(history.commits[0].plain_added == 3);
  CHECK(second.plain_added == 1);
  CHECK(second.plain_deleted == 0);
  CHECK(second.misses_content);
  CHECK_FALSE(second.misses_parent);
  REQUIRE(second.files == 1);
  const FileChange& file = history.files[second.first_file];
  CHECK(file.flags == (says_generated | attribute_generated));
  CHECK(file.hunks == 2);
  CHECK(history.hunks[file.first_hunk + 1].old_at == 9);
  CHECK(history.tip.size() == 1);
  CHECK(history.tags[0].time == 7);
}

TEST_CASE("a stream that lacks a line, or its end, is no history") {
  for (std::size_t left_out = 0; left_out < lines.size(); ++left_out) {
    std::vector<std::string> torn = lines;
    torn.erase(torn.begin() + static_cast<std::ptrdiff_t>(left_out));
    CHECK(fault(torn) != "");
  }
  CHECK(fault(lines) == "");
}

TEST_CASE("a line with numbers that point nowhere is refused") {
  for (const char* line : {R"({"files":["0 A 0 1 3 0 0 - "]})", R"({"commit":["aa","5 ","1 1 0 0 1","0 0","x"]})",
                           R"({"commit":["aa"]})", R"({"tip":["9 9"]})", R"({"patches":["3 0"]})",
                           R"({"lost":["blob","a","b"]})", R"({"unknown":[]})", R"({"repository":["a"]})", "{}", "[]",
                           "", "no JSON", R"({"paths":"x"})", R"({"commit":["aa","0","1 1 0","0 0","x"]})"})
    CHECK(fault({line}) != "no end");
}

TEST_CASE("why there is no history is told with a next step") {
  for (const char* error : {"none", "empty", "revision", "sha256", "owner", "broken"}) {
    HistoryReader reader;
    const auto taken = reader.take(std::string(R"({"error":")") + error + R"(","message":"m"})");
    REQUIRE_FALSE(taken);
    CHECK_FALSE(taken.error().message.empty());
  }
}

TEST_CASE("clocks at both ends of what a number can say are read, and the time between them is no rework") {
  std::vector<std::string> odd = lines;
  odd[3] = R"({"commit":["aa","","9223372036854775807 9223372036854775807 0 0 0","ab cd","First"]})";
  odd[5] = R"({"commit":["bb","0 ","-9223372036854775808 -9223372036854775808 0 0 1","0 0","Second"]})";
  HistoryReader reader;
  for (const std::string& line : odd) REQUIRE(reader.take(line));
  const History history = reader.finish();
  CHECK_FALSE(day_of(history.commits[0].time));
  CHECK_FALSE(day_of(history.commits[1].time));
  CHECK(history.commits[0].time - history.commits[1].time > 0);
  CHECK(measure(history).commits[0].reworked == 0);
  odd[3] = R"({"commit":["aa","","9223372036854775808 0 0 0 0","ab cd","First"]})";  // one second more
  CHECK_FALSE(fault(odd).empty());
}

}  // namespace
}  // namespace cascade::metrics
