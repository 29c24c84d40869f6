// `guard check` and the event ask the same judges, and join what they say.
#include <catch2/catch.hpp>

#include "events/judges.h"
#include "guarded_session.h"

using namespace cascade;
using namespace cascade::systems;
using policy::Mode;
using Says = repository::Decision;

namespace {

std::string permission(const std::string& answer) {
  if (answer.find("error: ") == 0) return answer;
  if (answer.find("\"permissionDecision\":\"deny\"") != std::string::npos) return "deny";
  return answer.find("\"permissionDecision\":\"ask\"") != std::string::npos ? "ask" : "silent";
}

}  // namespace

TEST_CASE("what the event says to a line is what guard check says to it") {
  for (const char* configuration : {"systems: { repository: block }\n", "systems: { tools: block }\n",
                                    "systems: { playbooks: on, trust: on }\nrepository: { git-hooks: on }\n"}) {
    Session session(configuration);
    for (const char* line :
         {"ls", "cascade hook --off", "cascade guard allow ../lib", "cascade guard check ls", "echo x > cascade.yaml",
          "sed -i s/block/off/ cascade.yaml", "cat cascade.yaml", "ssh host cascade hook --off", "$X hook --off",
          "rm -rf ../home/.claude/settings.json", "CASCADE_DISABLE=1 claude -p x", "python3 -c 'print(1)'",
          "tmux send-keys 'allow' Enter", "env -i git status", "unset GIT_CONFIG_COUNT", "ssh host rm -rf /srv"}) {
      INFO(configuration << line);
      std::string json;
      for (const char* c = line; *c != 0; ++c) json += (*c == '"' || *c == '\\' ? "\\" : "") + std::string(1, *c);
      const auto checked = check(line, session.path("project"), session.path("project"), session.surroundings);
      REQUIRE(checked);
      CHECK(checked->verdict == permission(session.answer("Bash", "{\"command\":\"" + json + "\"}")));
    }
  }
}

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
