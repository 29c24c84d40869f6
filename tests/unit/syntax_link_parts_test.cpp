#include "syntax/link_parts.h"

#include <catch2/catch.hpp>
#include <string>

namespace cascade::syntax {
namespace {

// The destinations of all links, each with its label if it has one.
std::string links_in(const std::string& text) {
  std::string out;
  for (auto link = next_link(text, 0); link; link = next_link(text, link->close)) {
    const std::size_t open = link_label_begin(text, link->bracket);
    const std::string label = open == std::string::npos ? "-" : text.substr(open + 1, link->bracket - open - 1);
    out += (out.empty() ? "" : " | ") + label + "=" + std::string(link->destination(text));
  }
  return out;
}

std::string cells_of(const std::string& row, TableCells::BarsInCode bars = TableCells::BarsInCode::end_cells) {
  std::string out;
  for (TableCells cells(row, bars); cells.next();) out += "<" + std::string(cells.cell()) + ">";
  return out;
}

}  // namespace

TEST_CASE("a link is read to its bracket, through brackets, angles and titles") {
  CHECK(links_in("See [a](a.md), ![b](b.png).") == "a=a.md | b=b.png");
  CHECK(links_in("[a](<my file.md>) [b](f(1).md) [c](c.md \"a ) title\") [d](d.md 'x') [e](e.md (x))") ==
        "a=my file.md | b=f(1).md | c=c.md | d=d.md | e=e.md");
  CHECK(links_in("[a]( a.md ) [b](\n  b.md\n)") == "a=a.md | b=b.md");
  CHECK(links_in("[![alt](i.png)](t.md)") == "alt=i.png | ![alt](i.png)=t.md");
}

TEST_CASE("what only looks like a link is none") {
  CHECK(links_in("[a](a.md [b](my file.md) [c]() [d](<d.md) (e)(e.md)") == "");
  CHECK(links_in("x](x.md)") == "-=x.md");
  CHECK(links_in("[a \\](b.md)") == "-=b.md");
}

TEST_CASE("brackets that nothing closes cost linear time") {
  for (const std::string& part :
       {std::string("]("), std::string("](a \""), std::string("](<a"), std::string("[](a (")}) {
    std::string text;
    while (text.size() < 200'000) text += part;
    CHECK(links_in(text).size() < text.size());
  }
}

TEST_CASE("a row is cut at bars that nothing escapes") {
  CHECK(cells_of("| a | b |") == "< a >< b >");
  CHECK(cells_of("a|b") == "<a><b>");
  CHECK(cells_of("| a || c") == "< a ><>< c>");
  CHECK(cells_of("| a \\| b | |") == "< a \\| b >< >");
  CHECK(cells_of("") == "");
  CHECK(cells_of("|") == "");
}

TEST_CASE("a bar in code ends a cell in a table, and is text for whoever asks so") {
  CHECK(cells_of("| `a | sh` | b |") == "< `a >< sh` >< b >");
  CHECK(cells_of("| `a | sh` | b |", TableCells::BarsInCode::text) == "< `a | sh` >< b >");
}

}  // namespace cascade::syntax
