// A manifest that names an ending of files answers for such files, also beside a shipped page about the same work.
#include <catch2/catch.hpp>

#include "unit/route_shipped_skill.h"
#include "unit/route_text.h"

namespace cascade {
namespace {

using test::Library;
using test::library_of;
using test::query_of;

std::string office_text() {
  return "skill:tables | Reads and writes Excel files. Use when a .xlsx or .csv is opened, changed or made. |\n"
         "skill:decks | Reads and writes PowerPoint files. Use when a .pptx is opened, changed or made. |\n"
         "skill:berths | Computes the fees of a berth from length and nights. Use when a berth is charged. |\n" +
         test::shipped_skill("slide-building") + test::shipped_skill("spreadsheet-building");
}

std::string said(const Library& library, const Router& router, const std::string& prompt) {
  const Routing routing = router.rank(query_of(prompt));
  return routing.decision == Decision::silence ? "" : std::string(library.registry[routing.ranked.front().id].name);
}

}  // namespace

TEST_CASE("a manifest that names an ending is meant where a prompt names such a file") {
  const Library library = library_of(office_text());
  const Router router = library.router();
  for (const char* prompt : {"sum the third column of budget.xlsx", "which rows of \"stock list.xlsx\" are empty?"})
    CHECK(std::string(prompt) + ": " + said(library, router, prompt) == std::string(prompt) + ": tables");
  for (const char* prompt : {"turn these notes into a .pptx with five slides", "shorten talk.pptx."})
    CHECK(std::string(prompt) + ": " + said(library, router, prompt) == std::string(prompt) + ": decks");
}

TEST_CASE("other files, sites and numbers with a point name no kind of file") {
  const Library library = library_of(office_text());
  const Router router = library.router();
  for (const char* prompt : {"rename notes.txt", "open example.com", "set it to 3.5", "thanks."})
    CHECK(std::string(prompt) + ": " + said(library, router, prompt) == std::string(prompt) + ": ");
}

}  // namespace cascade
