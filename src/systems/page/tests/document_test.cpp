#include <catch2/catch.hpp>

#include "page/document.h"
#include "syntax/json.h"

namespace cascade::page {
namespace {

std::size_t count_of(const std::string& text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST_CASE("embedded JSON cannot end its script, and says the same") {
  const std::string json = R"({"name": "</script><!--<script>&amp;"})";
  const std::string text = embedded(json);
  CHECK(text == R"({"name": "\u003c/script\u003e\u003c!--\u003cscript\u003e\u0026amp;"})");
  const syntax::Parsed parsed = syntax::parse_json(text);
  REQUIRE(parsed.complete);
  CHECK(parsed.root.find("name")->text == "</script><!--<script>&amp;");
}

TEST_CASE("what hides or turns text around is written out in embedded JSON") {
  CHECK(embedded("\"a\xE2\x80\xAE"
                 "b\"") == R"("a\u003cU+202E\u003eb")");
  CHECK(embedded("\"\xE2\x80\xA8\xEF\xBB\xBF\xE2\x80\x8B\"") ==
        R"("\u003cU+2028\u003e\u003cU+FEFF\u003e\u003cU+200B\u003e")");
  CHECK(embedded("\"\xF3\xA0\x81\x81\"") == R"("\u003cU+E0041\u003e")");  // a tag character, which no screen shows
  CHECK(embedded("\"\xFF\"") == R"("\u003cU+FFFD\u003e")");               // no UTF-8
  CHECK(embedded("[\n\t1,\r\n 2]") == "[  1,   2]");
  CHECK(embedded("\"Gr\xC3\xBC\xC3\x9F"
                 "e\"") ==
        "\"Gr\xC3\xBC\xC3\x9F"
        "e\"");
}

TEST_CASE("a page has one script, one style and a policy that names them by their hashes") {
  const std::string page = document_of({PageKind::map, "Map", "{}", {}});
  CHECK(count_of(page, "<script>") == 1);
  CHECK(count_of(page, "</script>") == 2);  // of the data, of the script
  CHECK(count_of(page, "<style>") == 1);
  CHECK(count_of(page, "http-equiv=\"Content-Security-Policy\"") == 1);
  const std::string policy = policy_of({PageKind::map, "Map", "{}", {}});
  CHECK(policy.starts_with("default-src 'none'; script-src 'sha256-"));
  CHECK(policy.ends_with("='; connect-src 'none'; base-uri 'none'; form-action 'none'"));
  CHECK(policy.find("unsafe") == std::string::npos);
  CHECK(policy_of({PageKind::map, "Map", "{}", "1a2b"}).find("connect-src 'self'") != std::string::npos);
}

TEST_CASE("the policy follows the script") {
  CHECK(policy_of({PageKind::map, "", "", {}}) != policy_of({PageKind::bundle, "", "", {}}));
  CHECK(policy_of({PageKind::map, "one", "[1]", {}}) == policy_of({PageKind::map, "two", "[2]", {}}));
}

TEST_CASE("a title is text") {
  const std::string page = document_of({PageKind::map, "<b onload=\"x\">&\xE2\x80\xAE", "{}", {}});
  CHECK(page.find("<b onload") == std::string::npos);
  CHECK(page.find("&lt;b onload=&quot;x&quot;&gt;&amp;&lt;U+202E&gt;") != std::string::npos);
}

TEST_CASE("a page knows with what words it was asked for, and these are text") {
  CHECK(document_of({PageKind::map, "Map", "{}", {}}).find("data-asked") == std::string::npos);
  const std::string page = document_of({PageKind::map, "Map", "{}", {}, R"({"place":["--root","<b>\u202e"]})"});
  CHECK(page.find("data-asked=\"{&quot;place&quot;:[&quot;--root&quot;,&quot;&lt;b&gt;") != std::string::npos);
  CHECK(page.find("<b>") == std::string::npos);
}

TEST_CASE("the same contents give the same page") {
  const Contents contents{PageKind::bundle, "Bundle", R"({"a": 1})", {}};
  CHECK(document_of(contents) == document_of(contents));
}

TEST_CASE("the sources of pages write no markup and ask for nothing by themselves") {
  for (const std::string_view name : {"page.js", "map.js", "bundle.js", "metrics.js", "usage.js", "audit.js"}) {
    const std::string source(web_source(name));
    CAPTURE(name);
    REQUIRE(!source.empty());
    for (const std::string_view bad : {"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(",
                                       "new Function", "XMLHttpRequest", "WebSocket", "localStorage", "</", "<!--"})
      CHECK(source.find(bad) == std::string::npos);
  }
  CHECK(std::string(web_source("page.css")).find("url(") == std::string::npos);
}

TEST_CASE("kinds of pages are read as they are written") {
  for (const PageKind kind : {PageKind::map, PageKind::bundle, PageKind::metrics, PageKind::usage, PageKind::audit})
    CHECK(parse_kind(to_string(kind)) == kind);
  CHECK(!parse_kind("Map"));
  CHECK(!parse_kind(""));
}

}  // namespace
}  // namespace cascade::page
