// What the fixes of findings make of a text; the text alone tells, so the finding is written down here.
#include "validate/checkup/checkup.h"

#include "unit/validate_tree.h"

#include <catch2/catch.hpp>

namespace cascade {
namespace {

// Applies the fixes of all findings of the tree's file, once; safe ones unless `unsafe`.
std::string mended(const std::string& path, const std::string& text, bool unsafe = false, int rounds = 1) {
  std::string now = text;
  for (int round = 0; round < rounds; ++round) {
    test::ValidatedTree tree;
    tree.file(path, now);
    std::vector<Edit> edits;
    for (const Diagnostic& finding : tree.validate().found) {
      if (finding.at.path != path) continue;
      const auto fix = validation::fix_of(finding, now);
      if (fix && (fix->safe || unsafe)) edits.insert(edits.end(), fix->edits.begin(), fix->edits.end());
    }
    std::size_t applied = 0;
    now = validation::with_edits(now, edits, applied);
  }
  return now;
}

const std::string skill = "skills/minutes/SKILL.md";
std::string with_field(const std::string& field, const std::string& body = "Write it.\n") {
  return "---\nname: minutes\ndescription: Writes down decisions. Use when a meeting ended.\n" + field + "---\n\n" +
         body;
}

}  // namespace

TEST_CASE("safe fixes keep what the client reads") {
  CHECK(mended(skill, "\xEF\xBB\xBF" + with_field("")) == with_field(""));
  CHECK(mended(skill, "<!-- note -->\n" + with_field("")) ==
        "---\nname: minutes\ndescription: Writes down decisions. Use when a meeting ended.\n---\n<!-- note "
        "-->\n\nWrite it.\n");
  CHECK(mended(skill, with_field("user-invocable: \"true\"\n")) == with_field("user-invocable: true\n"));
  CHECK(mended(skill, with_field("license: 1.10\n")) == with_field("license: \"1.10\"\n"));
  CHECK(mended(skill,
               "---\nname: minutes\ndescription: Writes \"all\": decisions. Use when a meeting ended. # 1\n---\n\nx\n")
            .find("description: \"Writes \\\"all\\\": decisions.") != std::string::npos);
  CHECK(mended(skill, with_field("", "Read [it](references\\a.md).\n")) ==
        with_field("", "Read [it](references/a.md).\n"));
  CHECK(mended(skill, with_field("", "<!-- cascade-ignore CT001 -- gone -->\nText.\n")) == with_field("", "Text.\n"));
  CHECK(mended(skill, with_field("# cascade-ignore FM007 -- gone\n")) == with_field(""));
}

TEST_CASE("line ends, comments and all the rest stay as they are") {
  const std::string crlf =
      "---\r\nname: minutes\r\ndescription: Notes: of meetings. Use when one ended.  \r\n# kept\r\n---\r\n\r\nx\r\n";
  const std::string fixed = mended(skill, crlf);
  CHECK(fixed ==
        "---\r\nname: minutes\r\ndescription: \"Notes: of meetings. Use when one ended.\"  \r\n# "
        "kept\r\n---\r\n\r\nx\r\n");
  CHECK(mended(skill, fixed) == fixed);
}

TEST_CASE("unsafe fixes follow what the help proposes") {
  CHECK(mended(skill, with_field("modle: sonnet\n")) == with_field("modle: sonnet\n"));
  CHECK(mended(skill, with_field("modle: sonnet\n"), true) == with_field("model: sonnet\n"));
  CHECK(mended(skill, with_field("model: sonnett\n"), true) == with_field("model: sonnet\n"));
  CHECK(mended(skill, with_field("allowed-tools: Read, Gerp\n"), true) == with_field("allowed-tools: Read, Grep\n"));
  CHECK(mended(skill, with_field("tools: Read\n"), true) == with_field("allowed-tools: Read\n"));
  CHECK(mended(skill, with_field("tools: Read\nallowed-tools: Grep\n"), true) ==
        with_field("tools: Read\nallowed-tools: Grep\n"));
  CHECK(mended("skills/minutes/SKILL.md",
               "---\nname: Minutes_Two\ndescription: Writes down decisions. Use when one ended.\n---\n\nx\n", true)
            .find("name: minutes") != std::string::npos);
  CHECK(mended(skill,
               with_field("",
                          "su\xE2\x80\x8B"
                          "do\n"),
               true) == with_field("", "sudo\n"));
  CHECK(
      mended(skill, "---\nname: minutes\ndescription: Writes down decisions. Use when one ended.\n\n# Title\n", true) ==
      "---\nname: minutes\ndescription: Writes down decisions. Use when one ended.\n---\n\n# Title\n");
}

TEST_CASE("fixing twice changes nothing") {
  for (const std::string& text :
       {"\xEF\xBB\xBF\n\n" + with_field("user-invocable: \"TRUE\"\nversion: 2.0\n"),
        with_field("desciption: a: b\nmodle: x: y\n"), std::string("---\nname: \"A B\"\ndescription: x: y: z\n"),
        with_field("", "a\\b [c](d\\e.md)\n")}) {
    const std::string once = mended(skill, text, true, 8);
    INFO(once);
    CHECK(mended(skill, once, true, 8) == once);
  }
}

TEST_CASE("a name is not given to and taken from a skill in turn") {
  const std::string text = "---\nname: reflect_now\ndescription: Looks back at a day. Use when it ends.\n---\n\nx\n";
  const std::string once = mended("skills/reflect_now/SKILL.md", text, true);
  CHECK(once.find("name: reflect-now\n") != std::string::npos);
  CHECK(mended("skills/reflect_now/SKILL.md", once, true) == once);
}

TEST_CASE("an edit that overlaps another or leaves the text is left out") {
  std::size_t applied = 0;
  CHECK(validation::with_edits("abcdef", {{"x", 1, 3, "X"}, {"x", 2, 1, "Y"}, {"x", 6, 0, "Z"}, {"x", 9, 1, "W"}},
                               applied) == "aXefZ");
  CHECK(applied == 2);
}

}  // namespace cascade
