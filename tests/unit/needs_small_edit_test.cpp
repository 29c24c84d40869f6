// Which orders are small edits: those whose whole effect is a line or a file, for which nobody needs a page.
#include <catch2/catch.hpp>

#include "needs/message.h"
#include "prompt/parts.h"

using namespace cascade;

namespace {

bool is_small_edit(std::string_view text, std::string_view language = "en") {
  const needs::Message message(text, prompt::read_parts(text), language);
  return needs::is_small_edit(message, needs::marks_of(message), language);
}

}  // namespace

TEST_CASE("an edit of a line or a file is small") {
  for (const char* const prompt :
       {"rename getUser to fetchUser in src/api.ts", "rename the variable tmp_x to total in parser.py",
        "rename getUser to fetchUser", "comment out the call to send_mail() in worker.py",
        "bump the version in package.json to 2.1.0", "fix the typo in README.md", "add a check in parse.py line 8",
        "rename the class OrderService to BillingService in order_service.py"}) {
    CAPTURE(prompt);
    CHECK(is_small_edit(prompt));
  }
}

TEST_CASE("an edit that is felt beyond a file is not small") {
  for (const char* const prompt :
       {"Rename the class OrderService to BillingService across the whole repository",
        "rename the class OrderService to BillingService",
        "rename the function getUser to fetchUser everywhere in the codebase",
        "rename UserDto to UserView in all 40 services", "rename userId to accountId in every file",
        "bump react_router to 7 across all packages",
        "rename the endpoint /api/v1/users to /api/v1/accounts without breaking clients",
        "rename the table order_items to line_items on the live database without downtime",
        "Rename the users.name column to full_name in production with zero downtime",
        "rename the column users.name to full_name in schema.sql"}) {
    CAPTURE(prompt);
    CHECK_FALSE(is_small_edit(prompt));
  }
}

TEST_CASE("so it is not in the other languages that have rows of edits") {
  CHECK_FALSE(is_small_edit("Benenne die Klasse OrderService im ganzen Repository in BillingService um", "de"));
  CHECK_FALSE(is_small_edit("renomme la colonne users.name en full_name en production sans interruption", "fr"));
  CHECK_FALSE(is_small_edit("renombra la columna users.name a full_name en producción", "es"));
}
