// What cascade.yaml says of repositories.
#include <algorithm>
#include <catch2/catch.hpp>

#include "policy/allowed.h"
#include "policy/policy.h"
#include "policy_files.h"

using namespace cascade;
using namespace cascade::policy;
using test::Files;

TEST_CASE("a project adds branches, and takes none away") {
  CHECK(Files("systems: { repository: block }\nrepository: { protected: [main], git-hooks: on }\n",
              "systems: { repository: off }\nrepository: { protected: [\"release/*\", main], git-hooks: off }\n")
            .read() == "block off git main release/*");
  CHECK(Files("", "repository: { protect: [main] }\n").read() ==
        "/w/cascade.yaml:1:15: unknown key \"protect\" in repository");
}

TEST_CASE("branches of a project are added once each, however many there are") {
  std::string listed = "repository:\n  protected:\n    - main\n";
  for (int i = 0; i < 3'000; ++i) listed += "    - b" + std::to_string(i % 1'000) + "\n";
  const std::string read = Files("systems: { repository: warn }\nrepository: { protected: [main] }\n", listed).read();
  CHECK(std::count(read.begin(), read.end(), ' ') == 1 + 1 + 1'000);
}
