#include <catch2/catch.hpp>

#include "files/paths.h"

using cascade::files::matches_glob;

TEST_CASE("a star stays within one segment, two stars span segments") {
  CHECK(matches_glob("*.md", "a.md"));
  CHECK_FALSE(matches_glob("*.md", "x/a.md"));
  CHECK(matches_glob("**/*.md", "a.md"));
  CHECK(matches_glob("**/*.md", "x/y/a.md"));
  CHECK(matches_glob("skills/**/SKILL.md", "skills/SKILL.md"));
  CHECK(matches_glob("skills/**/SKILL.md", "skills/a/b/SKILL.md"));
  CHECK_FALSE(matches_glob("**/x", "ax"));
  CHECK(matches_glob("a/**", "a/b/c"));
}

TEST_CASE("a pattern that names a folder matches everything below it") {
  CHECK(matches_glob("vendor", "vendor/x/y.md"));
  CHECK(matches_glob("vendor/", "vendor/x.md"));
  CHECK(matches_glob("./vendor", "vendor/x.md"));
  CHECK_FALSE(matches_glob("vendor", "my-vendor/x.md"));
}

TEST_CASE("classes, question marks and unclosed brackets") {
  CHECK(matches_glob("file[0-9].md", "file7.md"));
  CHECK_FALSE(matches_glob("file[!0-9].md", "file7.md"));
  CHECK(matches_glob("file?.md", "filex.md"));
  CHECK_FALSE(matches_glob("file?.md", "file/.md"));
  CHECK(matches_glob("a[b", "a[b"));
  CHECK_FALSE(matches_glob("", "a"));
}

TEST_CASE("many stars do not explode") {
  CHECK_FALSE(matches_glob(std::string(60, '*') + "b", std::string(5000, 'a')));
  std::string pattern;
  for (int i = 0; i < 60; ++i) pattern += "*a";
  CHECK_FALSE(matches_glob(pattern + "b", std::string(5000, 'a')));
}
