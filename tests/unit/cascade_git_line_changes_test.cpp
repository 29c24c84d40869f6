// Which lines differ, counted as git counts them; which of them only moved.
#include "cascade_git/commit_changes.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

#include "cascade_git/repository_facts.h"
#include "seeded_random.h"

namespace cascade::git {
namespace {

Content content_of(std::string_view text) {
  Content content;
  content.bytes = text;
  return content;
}

LineChanges compared(std::string_view before, std::string_view after) {
  const Library library;
  const Content old_content = content_of(before), new_content = content_of(after);
  return compare_lines(&old_content, &new_content);
}

// "+added -deleted", each hunk as "old_at,lines>new_at,lines", and "=" if only white space differs.
std::string shown(const LineChanges& changes) {
  std::string text = "+" + std::to_string(changes.added) + " -" + std::to_string(changes.deleted);
  for (const Hunk& hunk : changes.hunks)
    text += " " + std::to_string(hunk.old_at) + "," + std::to_string(hunk.old_lines) + ">" +
            std::to_string(hunk.new_at) + "," + std::to_string(hunk.new_lines);
  return text + (changes.same_text ? " =" : "");
}

std::string difference(std::string_view before, std::string_view after) { return shown(compared(before, after)); }

TEST_CASE("lines: nothing differs between equal contents") {
  CHECK(difference("", "") == "+0 -0");
  CHECK(difference("a\nb\n", "a\nb\n") == "+0 -0");
  CHECK(shown(compare_lines(nullptr, nullptr)) == "+0 -0");
}

TEST_CASE("lines: a side without lines has the line before") {
  CHECK(difference("a\nb\n", "a\nx\nb\n") == "+1 -0 1,0>2,1");
  CHECK(difference("a\nx\nb\n", "a\nb\n") == "+0 -1 2,1>1,0");
  CHECK(difference("b\n", "a\nb\n") == "+1 -0 0,0>1,1");
  CHECK(difference("a\nb\nc\n", "a\nB\nc\n") == "+1 -1 2,1>2,1");
  CHECK(difference("1\n2\n3\n4\n5\n", "x\n2\n3\n4\ny\nz\n") == "+3 -2 1,1>1,1 5,1>5,2");
}

TEST_CASE("lines: a whole file comes or goes") {
  const Content text = content_of("a\nb");  // the last line needs no end
  CHECK(shown(compare_lines(nullptr, &text)) == "+2 -0 0,0>1,2");
  CHECK(shown(compare_lines(&text, nullptr)) == "+0 -2 1,2>0,0");
  CHECK(difference("", "a\n\n\n") == "+3 -0 0,0>1,3");
  CHECK(difference("a\n", "") == "+0 -1 1,1>0,0");
}

TEST_CASE("lines: white space and line ends alone are no other text") {
  CHECK(difference("a b\n", "a  b\n") == "+1 -1 1,1>1,1 =");
  CHECK(difference("a\nb\n", "a\r\nb\r\n") == "+2 -2 1,2>1,2 =");
  CHECK(difference("a", "a\n") == "+1 -1 1,1>1,1 =");
  CHECK(difference("one two\n", "one\n  two\n") == "+2 -1 1,1>1,2 =");
  CHECK(difference("x\n", "x\n\n\n") == "+2 -0 1,0>2,2 =");
  CHECK(difference("a\nb\n", "b\na\n").back() != '=');
  CHECK(difference("ab\n", "ba\n") == "+1 -1 1,1>1,1");
  CHECK(difference("a\n", "") == "+0 -1 1,1>0,0");  // a file that goes is no formatting
}

TEST_CASE("lines: counts of any two texts agree with the texts") {
  test::SeededRandom random{3};
  const auto text = [&] {
    std::string made;
    for (std::size_t lines = random.below(30); lines > 0; --lines)
      made += std::string(1, char('a' + random.below(4))) + "\n";
    return made;
  };
  for (int round = 0; round < 300; ++round) {
    const std::string before = text(), after = text();
    const LineChanges changes = compared(before, after);
    const auto lines = [](const std::string& of) { return std::count(of.begin(), of.end(), '\n'); };
    CHECK(std::int64_t{changes.added} - changes.deleted == lines(after) - lines(before));
    std::uint32_t added = 0, deleted = 0;
    for (const Hunk& hunk : changes.hunks) {
      added += hunk.new_lines;
      deleted += hunk.old_lines;
    }
    CHECK(added == changes.added);
    CHECK(deleted == changes.deleted);
    const auto marked = [](const std::vector<LineMark>& marks) {
      return std::count_if(marks.begin(), marks.end(), [](const LineMark& mark) { return mark.hash != 0; });
    };
    CHECK(marked(changes.added_lines) == changes.added);
    CHECK(marked(changes.deleted_lines) == changes.deleted);
  }
}

TEST_CASE("lines: a content is binary by a NUL among its first 8,000 bytes") {
  CHECK_FALSE(is_binary(""));
  CHECK_FALSE(is_binary("\xff\xfe\x01"));
  CHECK(is_binary(std::string_view("a\0b", 3)));
  CHECK(is_binary(std::string(7'999, 'a') + '\0'));
  CHECK_FALSE(is_binary(std::string(8'000, 'a') + '\0'));
}

// How many lines of `after` stood in `before`.
std::uint32_t moved(const std::string& before, const std::string& after) {
  const Content gone = content_of(before), come = content_of(after);
  const LineChanges deleted = compare_lines(&gone, nullptr), added = compare_lines(nullptr, &come);
  MovedLines lines(deleted.deleted_lines);
  return lines.count(added.added_lines);
}

const std::string block = "first of three lines\nsecond of three lines\nthird of three lines\n";

TEST_CASE("moved: three lines with twenty letters and digits") {
  CHECK(moved(block, block) == 3);
  CHECK(moved("before\n" + block + "behind\n", "x\n" + block + "y\n") == 3);
  CHECK(moved("one line of many letters\nanother line of many letters\n",
              "one line of many letters\nanother line of many letters\n") == 0);
  CHECK(moved("}\n}\n}\n}\n", "}\n}\n}\n}\n") == 0);
  CHECK(moved("1234567\n1234567\n12345\n", "1234567\n1234567\n12345\n") == 0);  // nineteen
  CHECK(moved("1234567\n1234567\n123456\n", "1234567\n1234567\n123456\n") == 3);
  CHECK(moved("", block) == 0);
  CHECK(moved(block, "") == 0);
}

TEST_CASE("moved: indentation and line ends may change on the way") {
  CHECK(moved(block, "  first of three lines\r\n\tsecond of  three lines\nthird of three lines") == 3);
}

TEST_CASE("moved: each deleted line is taken once") {
  CHECK(moved(block, block + block) == 3);
  CHECK(moved(block + block, block + block) == 6);
  CHECK(moved(block + block, block) == 3);
}

TEST_CASE("moved: a run in another order is none, and each of two runs is one") {
  CHECK(moved("a line of letters 1\na line of letters 2\na line of letters 3\n",
              "a line of letters 3\na line of letters 2\na line of letters 1\n") == 0);
  std::string other = block;
  std::replace(other.begin(), other.end(), 't', 'T');
  CHECK(moved(block + other, other + "between\n" + block) == 6);
}

TEST_CASE("moved: runs do not reach from one file into the next") {
  const Content first = content_of("first of three lines\nsecond of three lines\n"),
                second = content_of("third of three lines\n"), all = content_of(block);
  auto deleted = compare_lines(&first, nullptr).deleted_lines;
  deleted.push_back({});
  const auto more = compare_lines(&second, nullptr).deleted_lines;
  deleted.insert(deleted.end(), more.begin(), more.end());
  MovedLines lines(deleted);
  CHECK(lines.count(compare_lines(nullptr, &all).added_lines) == 0);
}

TEST_CASE("moved: never more than was added or deleted, and nothing of a huge file of one line takes long") {
  test::SeededRandom random{5};
  for (int round = 0; round < 100; ++round) {
    std::string before, after;
    for (std::size_t i = random.below(40); i > 0; --i)
      before += "line number " + std::to_string(random.below(5)) + "\n";
    for (std::size_t i = random.below(40); i > 0; --i) after += "line number " + std::to_string(random.below(5)) + "\n";
    const auto least =
        std::min(std::count(before.begin(), before.end(), '\n'), std::count(after.begin(), after.end(), '\n'));
    CHECK(moved(before, after) <= least);
    CHECK(moved(before, before) <= std::count(before.begin(), before.end(), '\n'));
  }
  std::string brackets;
  for (int i = 0; i < 100'000; ++i) brackets += "}\n";
  CHECK(moved(brackets, brackets) <= 100'000);
}

std::string patch(std::string_view before, std::string_view after) {
  const Library library;
  const Content old_content = content_of(before), new_content = content_of(after);
  std::string text;
  write_patch(&old_content, &new_content, text);
  return text;
}

TEST_CASE("patch: three lines around the change, without white space and places") {
  CHECK(patch("1\n2\n3\n4\n5\n", "1\n2\n3\n4\nx y\n5\n") == " 2 3 4+xy 5");
  CHECK(patch("0\n0\n0\n1\n2\n3\n4\n5\n", "0\n0\n0\n1\n2\n3\n4\n\tx y\n5\n") == " 2 3 4+xy 5");
  CHECK(patch("a\n", "b\n") == "-a+b");
  CHECK(patch("a\n", "a\n").empty());
  CHECK(patch("1\n2\n3\n4\n6\n", "1\n2\n3\n4\nx y\n6\n") != patch("1\n2\n3\n4\n5\n", "1\n2\n3\n4\nx y\n5\n"));
}

}  // namespace
}  // namespace cascade::git
