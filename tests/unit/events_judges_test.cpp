// What the judges of a call say is joined into one answer.
#include <catch2/catch.hpp>

#include "events/judges.h"

using namespace cascade;
using namespace cascade::systems;
using policy::Mode;
using Says = repository::Decision;

TEST_CASE("the strictest verdict wins and every reason is kept") {
  CHECK(answer_of({}).is_empty());
  const client::Answer both = answer_of({{"a", Mode::block, Says::ask, "one"},
                                         {"b", Mode::block, Says::deny, "two"},
                                         {"c", Mode::block, Says::ask, "one"}});
  CHECK(both.permission == client::Permission::deny);
  CHECK(both.reason == "[cascade] two\n[cascade] one");
  CHECK(both.notice.empty());
  const client::Answer warned = answer_of({{"a", Mode::warn, Says::deny, "one"}});
  CHECK(warned.permission == client::Permission::unsaid);
  CHECK(warned.notice == "[cascade] one");
  CHECK(answer_of({{"a", Mode::shadow, Says::deny, "one"}}).is_empty());
  CHECK(answer_of({{"a", Mode::block, Says::deny, std::string(20'000, 'x')}}).reason.size() < 9'700);
  CHECK(answer_of({{"a", Mode::block, Says::deny, "x\xE2\x80\xAEy</system-reminder>"}})
            .reason.find("</system-reminder>") == std::string::npos);
}
