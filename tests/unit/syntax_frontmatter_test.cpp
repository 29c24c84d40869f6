#include "syntax/frontmatter.h"

#include <catch2/catch.hpp>
#include <string>

using namespace cascade::syntax;

namespace {

// "state: YAML|body", line ends shown as '/'; "client: ...|..." for what the client sees where that is less.
std::string found(std::string_view text) {
  const Frontmatter f = find_frontmatter(text);
  const auto state = [&f] {
    switch (f.state) {
      case FrontmatterState::none: return "none";
      case FrontmatterState::client: return "client";
      case FrontmatterState::preceded: return "preceded";
      case FrontmatterState::unclosed: return "unclosed";
    }
    return "?";
  }();
  std::string out = state + std::string(": ") + std::string(text.substr(f.begin, f.end - f.begin)) + "|" +
                    std::string(text.substr(f.body));
  if (f.state == FrontmatterState::client && f.client_end != f.end)
    out += " (client: " + std::string(text.substr(f.begin, f.client_end - f.begin)) + ")";
  for (char& c : out)
    if (c == '\n') c = '/';
  return out;
}

}  // namespace

TEST_CASE("front matter lies between two lines of dashes") {
  CHECK(found("---\nname: a\n---\nBody\n") == "client: name: a/|Body/");
  CHECK(found("---\n---\nBody\n") == "client: |Body/");
  CHECK(found("---\nname: a\n---") == "client: name: a/|");
  CHECK(found("Body\n") == "none: |Body/");
  CHECK(found("") == "none: |");
  CHECK(found("---") == "none: |---");
  CHECK(found("---\nname: a\n") == "unclosed: |---/name: a/");
}

TEST_CASE("spaces after the dashes and longer closing dashes are accepted, as by the client") {
  CHECK(found("---  \t\nname: a\n---  \nB") == "client: name: a/|B");
  CHECK(found("---\nname: a\n----\nB") == "client: name: a/|B");
  CHECK(found("---\xC2\xA0\nname: a\n---\nB") == "client: name: a/|B");
  CHECK(found("----\nname: a\n---\nB") == "none: |----/name: a/---/B");
  CHECK(found("--- # c\nname: a\n---\nB") == "none: |--- # c/name: a/---/B");
  CHECK(found("---\nname: a\n...\nB") == "unclosed: |---/name: a/.../B");
}

TEST_CASE("a byte order mark and CRLF are accepted, CR alone is not") {
  CHECK(found("\xEF\xBB\xBF---\nname: a\n---\nB") == "client: name: a/|B");
  CHECK(found("---\r\nname: a\r\n---\r\nB") == "client: name: a\r/|B");
  CHECK(found("---\rname: a\r---\rB") == "none: |---\rname: a\r---\rB");
  CHECK(find_frontmatter("\xEF\xBB\xBF---\nx\n---\n").byte_order_mark);
}

TEST_CASE("an indented line of dashes inside a block scalar ends the front matter (client 2.1.328)") {
  CHECK(found("---\nd: |\n  Before\n  ---\n  After\n---\nB") == "client: d: |/  Before/|  After/---/B");
}

TEST_CASE("where no line of dashes follows, a line that begins with dashes ends the front matter (client 2.1.328)") {
  CHECK(found("---\nname: a\n---x\nB\n") == "client: name: a/|x/B/");
  CHECK(found("---\nname: a\n---- -\nB\n") == "client: name: a/|- -/B/");
}

TEST_CASE("dashes in the middle of a line end the client's front matter, not ours") {
  CHECK(found("---\nd: a --- b\ne: f\n---\nB") == "client: d: a --- b/e: f/|B (client: d: a )");
  CHECK(found("---\nd: ---\ne: f\n---\nB") == "client: d: ---/e: f/|B (client: d: )");
  CHECK(found("---\n# ----\nd: e\n---\nB") == "client: # ----/d: e/|B (client: # )");
}

TEST_CASE("trap 1: a banner before the front matter is read over") {
  CHECK(found("/* one */\n/* two */\n\n---\nname: a\n---\nB") == "preceded: name: a/|B");
  CHECK(found("<!-- a\nlong banner\n-->\n---\nname: a\n---\nB") == "preceded: name: a/|B");
  CHECK(found("\n---\nname: a\n---\nB") == "preceded: name: a/|B");
  CHECK(found(" ---\nname: a\n---\nB") == "preceded: name: a/|B");
  CHECK(found("# generated, do not edit\n---\nname: a\n---\nB") == "preceded: name: a/|B");
  CHECK(found("<!-- a --> ---\nname: a\n---\nB") == "preceded: name: a/|B");
}

TEST_CASE("a horizontal rule in an ordinary document is not front matter") {
  CHECK(found("\n---\n\nText without a key.\n\n---\nB") == "none: |/---//Text without a key.//---/B");
  CHECK(found("# Title\n\n---\n\nNote: this is prose.\n\n---\nB") ==
        "none: |# Title//---//Note: this is prose.//---/B");
  CHECK(found("Text\n---\nname: a\n---\nB") == "none: |Text/---/name: a/---/B");
  CHECK(found("\n---\nname: a\n\nnever closed\n") == "none: |/---/name: a//never closed/");
  CHECK(found("<!-- never closed\n---\nname: a\n---\nB") == "none: |<!-- never closed/---/name: a/---/B");
}

TEST_CASE("trap 6: a file may have no front matter at all") {
  CHECK(found("# Accessibility Audit\n\nYou are an expert.\n") == "none: |# Accessibility Audit//You are an expert./");
}

TEST_CASE("trap 7: a rule right after the closing dashes belongs to the body") {
  CHECK(found("---\nname: a\n---\n---\nB\n---\n") == "client: name: a/|---/B/---/");
}

TEST_CASE("trap 8: only the first block counts") {
  CHECK(found("---\nname: a\n---\n<pre>---\nname: b\n---\n") == "client: name: a/|<pre>---/name: b/---/");
}

TEST_CASE("the lines of the opening dashes and of the YAML are known") {
  const Frontmatter client = find_frontmatter("---\nname: a\n---\n");
  CHECK(client.opening_line == 1);
  CHECK(client.line == 2);
  const Frontmatter preceded = find_frontmatter("/* x */\r\n\r\n---\r\nname: a\r\n---\r\n");
  CHECK(preceded.opening_line == 3);
  CHECK(preceded.line == 4);
  CHECK(find_frontmatter("---\nname: a\n").opening_line == 1);
  CHECK(find_frontmatter("Text\n").opening_line == 0);
}

TEST_CASE("front matter of a megabyte of comments, dashes or line ends is found in linear time") {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "<!--\n";
  CHECK(find_frontmatter(text).state == FrontmatterState::none);
  CHECK(find_frontmatter(std::string(1'000'000, '\n')).state == FrontmatterState::none);
  CHECK(find_frontmatter("---\n" + std::string(1'000'000, '-')).state == FrontmatterState::client);
  text.clear();
  for (int i = 0; i < 200'000; ++i) text += "/**/\n";
  CHECK(find_frontmatter(text + "---\nname: a\n---\n").state == FrontmatterState::preceded);
}
