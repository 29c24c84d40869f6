#include <catch2/catch.hpp>

#include "explanations/record.h"

using namespace cascade::comprehension;

namespace {

constexpr const char* good =
    "---\nexplanation: 1\nid: it\nby: Ann <ann@example.org>\nassisted: no\nseconds: 420\nhunks:\n"
    "  - 3f2a9c0d1e4b5a67 +41,12 -38,4 src/a b.cpp\nquestions:\n  - 3f2a9c0d1e4b5a67 removed error path\n---\n"
    "\n## What it does\n\nwords of mine <!-- not\nthese --> end\n> nor these\n\n## How it fails\n\n```\n## no "
    "heading\n```\n"
    "\n## Answers\n\n### 3f2a9c0d1e4b5a67 src/a b.cpp:41 removed error path\n\n> question\n\nanswer here\n"
    "\n## Reviews\n\n- Bob Example (37 s): it waits now\n";

Skeleton skeleton() {
  Skeleton made;
  made.id = "it";
  made.by = "Ann\nseconds: 1";
  made.assisted = "no";
  made.hunks = {{"00000000000000aa", "a.cpp", 4, 2, 3, 0, 0}, {"00000000000000bb", "b c.cpp", 9, 1, 9, 1, 0}};
  made.asked = {{made.hunks[0], "lock", "Which?", {"+mutex_.lock();"}}};
  return made;
}

}  // namespace

TEST_CASE("record: every part is read with its line") {
  const Record record = parse_record(good, ".cascade/explanations/it.md");
  CHECK(record.faults.empty());
  CHECK(record.by == "Ann <ann@example.org>");
  CHECK(record.seconds == 420U);
  REQUIRE(record.hunks.size() == 1);
  CHECK(record.hunks[0].path == "src/a b.cpp");
  CHECK(record.hunks[0].new_at == 41);
  CHECK(record.hunks[0].old_lines == 4);
  CHECK(record.hunks[0].line == 8);
  CHECK(count_words(record.part(Part::what).text) == 4);  // without comments and quotations
  CHECK(record.part(Part::fails).text.find("no heading") != std::string::npos);
  REQUIRE(!record.answers.empty());
  CHECK(record.answers.front().hunk == "3f2a9c0d1e4b5a67");
  CHECK(record.answers.front().passage.text.find("answer here") != std::string::npos);
  REQUIRE(record.reviews.size() == 1);
  CHECK(record.reviews[0].by == "Bob Example");
  CHECK(record.reviews[0].seconds == 37);
}

TEST_CASE("record: what cannot be read is a fault with its place") {
  const Record record =
      parse_record("---\nby: x\ncolour: red\nhunks:\n  - nonsense\nseconds: soon\n---\n## Why not\n", "r.md");
  REQUIRE(record.faults.size() == 5);
  CHECK(record.faults[0].line == 3);
  CHECK(record.faults[1].line == 5);
  CHECK(record.faults[1].column == 3);
  CHECK(record.faults[2].line == 6);
  CHECK(record.faults[3].line == 8);
  CHECK(record.faults[4].message == "the record has no hunks");
}

TEST_CASE("record: hostile texts end") {
  for (const std::string& text :
       {std::string(), std::string("---"), std::string("---\n- \n"), std::string("---\n---\n### \n## Answers\n### \n"),
        std::string(100'000, '<'), std::string("---\nhunks:\n") + std::string(50'000, '-'), std::string("\0---\n", 5)})
    CHECK(parse_record(text, "r.md").faults.size() <= 50);
}

TEST_CASE("record: a skeleton is read as it was made, and explains nothing") {
  const std::string text = write_skeleton(skeleton());
  const Record record = parse_record(text, record_path("it"));
  CHECK(record.faults.empty());
  CHECK(record.hunks.size() == 2);
  CHECK(record.hunks[1].path == "b c.cpp");
  CHECK(record.questions.size() == 1);
  CHECK(record.words() == 0);
  CHECK(!record.seconds);  // a line in a name is no key
}

TEST_CASE("record: an addition keeps every byte that people wrote") {
  Skeleton more = skeleton();
  more.hunks = {{"00000000000000cc", "c.cpp", 1, 1, 0, 0, 0}};
  more.asked = {{more.hunks[0], "sql", "How?", {}}};
  std::string before = write_skeleton(skeleton());
  before.insert(before.find("## How it fails"), "mine  \n\n");
  const std::string after = extended(before, more, {"00000000000000bb"});
  const Record record = parse_record(after, "it.md");
  CHECK(record.faults.empty());
  REQUIRE(record.hunks.size() == 2);
  CHECK(record.hunks[0].id == "00000000000000aa");
  CHECK(record.hunks[1].id == "00000000000000cc");
  CHECK(record.questions.size() == 2);
  CHECK(after.find("mine  \n\n## How it fails") != std::string::npos);
  CHECK(record.answers.size() == 2);
}

TEST_CASE("record: a review is a line of its own") {
  const std::string once = with_review(write_skeleton(skeleton()), {"Bob", "first\nline", 3, 0});
  const Record record = parse_record(with_review(once, {"Eve", "second", 4, 0}), "it.md");
  CHECK(record.faults.empty());
  REQUIRE(record.reviews.size() == 2);
  CHECK(record.reviews[0].sentence == "first line");
}

TEST_CASE("record: only files of the folder are records") {
  CHECK(is_record_path(".cascade/explanations/a.md"));
  CHECK(!is_record_path(".cascade/explanations/.md"));
  CHECK(!is_record_path(".cascade/explanations/a.txt"));
  CHECK(!is_record_path("x/.cascade/explanations/a.md"));
}

TEST_CASE("record: a gap is a waiver, a part that is left empty, or a mark that stands for words") {
  const auto filled = [](const std::string& fails, const std::string& front = "seconds: 3") {
    const std::string text = "---\nby: Ann\n" + front +
                             "\nhunks:\n  - 3f2a9c0d1e4b5a67 +1,2 -1,2 a.cpp\n---\n## What it does\nIt waits for the "
                             "lock.\n## How it fails\n" +
                             fails + "\n## Why not otherwise\nTwo locks would be two waits.\n## What was verified\n" +
                             "`ctest --test-dir build`\n";
    return parse_record(text, "it.md");
  };
  CHECK(!gap_in(filled("It waits for ever.")));
  CHECK(!gap_in(filled("The line with `// TODO` may be forgotten.")));  // a name in the code
  CHECK(gap_in(filled("TODO: say how it fails"))->message == "\"How it fails\" still says TODO");
  CHECK(gap_in(filled("")).value().line == 9);
  CHECK(gap_in(filled("It does.")).has_value());
  CHECK(gap_in(filled("<!-- three words here -->")).has_value());
  CHECK(gap_in(filled("It waits for ever.", "waived: the shop is down"))->message == "it is waived");
  CHECK(gap_in(parse_record(write_skeleton(skeleton()), "it.md")).has_value());
}

TEST_CASE("record: one person is told by the whole name or by the address") {
  CHECK(is_same_person("Ann Example <ann@example.org>", "ann example"));
  CHECK(is_same_person("Ann Example <ann@example.org>", "Annie <Ann@Example.org>"));
  CHECK(is_same_person("Ann Example <ann@example.org>", "ann@example.org"));
  CHECK(is_same_person("<ann@example.org>", "ann@example.org"));
  CHECK(is_same_person("Ann", " Ann "));
  CHECK(!is_same_person("Annabel <annabel@example.org>", "Ann"));
  CHECK(!is_same_person("Ann <ann@example.org>", "Annabel <annabel@example.org>"));
  CHECK(!is_same_person("Ann <>", "Bob <>"));
  CHECK(!is_same_person("", ""));
}

TEST_CASE("record: a path with a line break is kept") {
  Skeleton made;
  made.id = "it";
  made.by = "Ann";
  made.assisted = "no";
  for (const char* path : {"a\nb.py", "\"quoted\".py", " blank", "back\\slash", "tab\there\\n"})
    made.hunks.push_back({"0123456789abcdef", path, 1, 2, 3, 4, 0});
  const Record record = parse_record(write_skeleton(made), ".cascade/explanations/it.md");
  CHECK(record.faults.empty());
  REQUIRE(record.hunks.size() == 5);
  for (std::size_t i = 0; i < 5; ++i) CHECK(record.hunks[i].path == made.hunks[i].path);
}

TEST_CASE("record: a part that begins with > and has nothing else is no quotation") {
  const std::string text =
      "---\nby: A\nhunks:\n---\n## What it does\n\n> instead of >=. First of equals wins.\n\n## How it fails\n\n> "
      "quoted\nmine\n";
  const Record record = parse_record(text, "a.md");
  CHECK(count_words(record.part(Part::what).text) == 6);
  CHECK(count_words(record.part(Part::fails).text) == 1);
}
